namespace Urial;

/// <summary>Finds files of this repository from wherever a notebook, a test or the command line was started.</summary>
public static class Repository
{
    private const string Marker = "Urial.Notebooks.sln";

    /// <summary>The repository's root folder.</summary>
    /// <exception cref="UrialException">Neither the current folder nor the library's own lies in a checkout.</exception>
    public static string Root => Found ?? throw new UrialException(
            $"No {Marker} in {Directory.GetCurrentDirectory()} or a folder above it: run from inside a clone of the repository.");

    private static string? Found { get; } = Find(Directory.GetCurrentDirectory())
        ?? Find(AppContext.BaseDirectory)
        ?? Find(System.IO.Path.GetDirectoryName(typeof(Repository).Assembly.Location));

    /// <summary>A path inside the repository, from parts relative to its root.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string? Find(string? folder)
    {
        for (; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
            if (File.Exists(System.IO.Path.Combine(folder, Marker)))
                return folder;
        return null;
    }
}
