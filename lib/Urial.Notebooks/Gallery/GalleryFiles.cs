namespace Urial.Notebooks;

/// <summary>The gallery's folder: what pages are called, where pictures go, and what links between them look like.</summary>
internal sealed class GalleryFiles
{
    private const string Pictures = "pictures";

    private readonly string _folder;
    private readonly HashSet<string> _chapters;

    public GalleryFiles(string folder, IReadOnlyList<Chapter> chapters)
    {
        _folder = Path.GetFullPath(folder);
        _chapters = [.. chapters.Select(c => c.Name)];
    }

    /// <summary>Writes a text file of the gallery.</summary>
    public void Write(string name, string text) => AtomicFile.WriteText(Path.Combine(_folder, name), text);

    /// <summary>Writes a picture of the gallery's own and returns its link.</summary>
    public string Picture(string asset) => Picture(asset, GalleryAssets.Bytes(asset));

    /// <summary>Writes an output's picture and returns its link.</summary>
    public string Picture(Chapter chapter, int cell, int output, byte[] png) =>
        Picture(FormattableString.Invariant($"{chapter.Name}-{cell}-{output}.png"), png);

    /// <summary>The target of a Markdown link as it works from a page; null for a picture that would have to be fetched.</summary>
    public string? Link(Chapter chapter, NotebookCell cell, string url, bool image)
    {
        if (url.StartsWith("attachment:", StringComparison.Ordinal))
            return Attachment(cell, url["attachment:".Length..]);
        if (url.StartsWith('#') || (url.StartsWith("data:image/", StringComparison.Ordinal) && image))
            return url;
        if (url.Contains(':', StringComparison.Ordinal) || url.StartsWith("//", StringComparison.Ordinal))
            return image ? null : url;

        var (path, fragment) = url.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? (url[..at], url[at..]) : (url, "");
        path = Uri.UnescapeDataString(path);
        if (path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase) && Page(Path.GetFileNameWithoutExtension(path)) is { } page)
            return page + fragment;
        if (path.Contains('\0', StringComparison.Ordinal))
            return url;
        var file = Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(chapter.Path))!);
        if (image && File.Exists(file))
            return Picture($"{chapter.Name}-{Path.GetFileName(file)}", File.ReadAllBytes(file));
        return Path.Exists(file) ? Path.GetRelativePath(_folder, file).Replace('\\', '/') + fragment : url;
    }

    /// <summary>The link to a chapter's page; null where the gallery has none.</summary>
    public string? Page(string chapter) => _chapters.Contains(chapter) ? Uri.EscapeDataString(chapter) + ".html" : null;

    private string Picture(string name, byte[] content)
    {
        AtomicFile.Write(Path.Combine(_folder, Pictures, name), stream => stream.Write(content));
        return $"{Pictures}/{Uri.EscapeDataString(name)}";
    }

    private static string? Attachment(NotebookCell cell, string name) =>
        cell.Attachments?[Uri.UnescapeDataString(name)] is System.Text.Json.Nodes.JsonObject { Count: > 0 } forms
            ? $"data:{forms.First().Key};base64,{forms.First().Value?.ToString().ReplaceLineEndings("")}"
            : null;
}
