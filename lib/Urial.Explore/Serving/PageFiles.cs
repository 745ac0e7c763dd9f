using System.Reflection;

namespace Urial.Explore;

/// <summary>The page's files: its own, and the style that it shares with the page of a stored run.</summary>
internal static class PageFiles
{
    private static readonly Dictionary<string, (Assembly Assembly, string Name, string Type)> All = new(StringComparer.Ordinal)
    {
        [""] = (typeof(PageFiles).Assembly, "explore.html", "text/html; charset=utf-8"),
        ["explore.css"] = (typeof(PageFiles).Assembly, "explore.css", "text/css; charset=utf-8"),
        ["explore.js"] = (typeof(PageFiles).Assembly, "explore.js", "text/javascript; charset=utf-8"),
        ["run-page.css"] = (typeof(RunPage).Assembly, "run-page.css", "text/css; charset=utf-8"),
    };

    /// <summary>A file with its type; null where there is none of that name.</summary>
    public static (Stream Content, string Type)? Find(string name) => All.TryGetValue(name, out var file)
        ? (file.Assembly.GetManifestResourceStream(file.Name) ?? throw new InvalidOperationException($"There is no {file.Name}."),
            file.Type)
        : null;
}
