namespace Urial;

/// <summary>Tells which file a path means, however it is spelt: relative, absolute, through symbolic links.</summary>
public static class FilePaths
{
    private const int MostLinks = 40; // as many as Linux follows

    /// <summary>The absolute path without symbolic links, in folders and at its end; of what is not there, as far as it is.</summary>
    /// <param name="path">The path.</param>
    public static string Real(string path) => Real(Path.GetFullPath(path), MostLinks);

    /// <summary>Whether two paths mean one file.</summary>
    /// <param name="one">A path.</param>
    /// <param name="other">Another.</param>
    public static bool Same(string one, string other) => Real(one) == Real(other);

    private static string Real(string path, int links)
    {
        var folder = Path.GetDirectoryName(path);
        if (folder is null)
            return path;
        var here = Path.Combine(Real(folder, links), Path.GetFileName(path));
        return links > 0 && new FileInfo(here).LinkTarget is { } target
            ? Real(Path.GetFullPath(target, Path.GetDirectoryName(here)!), links - 1) : here;
    }
}
