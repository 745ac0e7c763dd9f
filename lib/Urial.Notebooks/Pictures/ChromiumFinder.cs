namespace Urial.Notebooks;

/// <summary>Finds the reader's own Chromium and the driver that talks to it; neither is downloaded.</summary>
internal static class ChromiumFinder
{
    /// <summary>The environment variable that names the browser where it is not on the PATH.</summary>
    public const string Variable = "URIAL_CHROMIUM";

    // First those without windows: the same pictures for a third less of the work.
    private static readonly string[] Names =
    [
        "chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
        "chrome.exe", "msedge.exe",
    ];

    /// <summary>The browser's path; null with the reason where there is none.</summary>
    public static string? Find(out string why) =>
        Find(Environment.GetEnvironmentVariable(Variable), Environment.GetEnvironmentVariable("PATH"), WellKnown(), out why);

    /// <summary>The browser's path, from the variable's value, else from the PATH, else from other places; null with the reason.</summary>
    public static string? Find(string? named, string? path, IEnumerable<string> elsewhere, out string why)
    {
        why = "";
        if (named is { Length: > 0 })
        {
            if (File.Exists(named))
                return named;
            why = $"{Variable} names {named}, which is not there: set it to the path of Chromium or Chrome, or unset it.";
            return null;
        }
        var folders = (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var found = Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).Concat(elsewhere)
            .FirstOrDefault(File.Exists);
        if (found is null)
            why = "There is no Chromium on the PATH, so charts keep the pictures they have. "
                + $"To make new ones: apt-get install chromium fonts-dejavu, or set {Variable} to the path of Chrome.";
        return found;
    }

    /// <summary>Whether Playwright's driver lies where Playwright looks for it: beside the library.</summary>
    public static bool DriverIsThere(out string why)
    {
        why = "";
        var folder = Environment.GetEnvironmentVariable("PLAYWRIGHT_DRIVER_SEARCH_PATH") ?? Folder();
        if (Directory.Exists(Path.Combine(folder, ".playwright", "node")))
            return true;
        why = $"Playwright's driver is missing beside {Path.Combine(folder, "Microsoft.Playwright.dll")}: run dotnet build again.";
        return false;
    }

    private static string Folder() =>
        File.Exists(Path.Combine(AppContext.BaseDirectory, "Microsoft.Playwright.dll"))
            ? AppContext.BaseDirectory
            : Path.GetDirectoryName(typeof(Microsoft.Playwright.Playwright).Assembly.Location) ?? AppContext.BaseDirectory;

    private static IEnumerable<string> WellKnown()
    {
        yield return "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
        yield return "/Applications/Chromium.app/Contents/MacOS/Chromium";
        foreach (var root in new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86 })
            if (Environment.GetFolderPath(root) is { Length: > 0 } programs)
            {
                yield return Path.Combine(programs, "Google", "Chrome", "Application", "chrome.exe");
                yield return Path.Combine(programs, "Microsoft", "Edge", "Application", "msedge.exe");
            }
    }
}
