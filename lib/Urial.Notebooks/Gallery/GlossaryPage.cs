namespace Urial.Notebooks;

/// <summary>The words of the project, each with an example or a drawing and a way to the chapter that explains it.</summary>
internal static class GlossaryPage
{
    private const string Example = "<p>{tokens}</p>";

    public static string Of(PageFrame frame, GalleryFiles files)
    {
        var headings = new Headings();
        var html = MarkdownHtml.Of(GalleryAssets.Text("glossary.md"), headings, (url, _) => Link(files, url));
        var tokens = $"<div class=\"view glossary-example\">{SafeHtml.OfOutput(GlossaryExample.View().Html, "glossary-example")}</div>";
        return frame.Page($"Glossary · {PageFrame.Name}",
            ContentsColumn.Around(headings.All, html.Replace(Example, tokens, StringComparison.Ordinal), "glossary prose"));
    }

    /// <summary>A chapter's page; the index where the gallery has no such chapter.</summary>
    private static string Link(GalleryFiles files, string url)
    {
        var (path, fragment) = url.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? (url[..at], url[at..]) : (url, "");
        return path.EndsWith(".ipynb", StringComparison.Ordinal)
            ? files.Page(Path.GetFileNameWithoutExtension(path)) is { } page ? page + fragment : "index.html"
            : url;
    }
}
