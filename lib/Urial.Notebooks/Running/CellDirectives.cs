using System.Text.RegularExpressions;

namespace Urial.Notebooks;

/// <summary>Finds what would not work in every host, or not at all, before the kernel says it less clearly.</summary>
internal static partial class CellDirectives
{
    /// <summary>The first fault of a cell, or null.</summary>
    public static (int Line, string Message)? Fault(string source, string folder)
    {
        foreach (var (text, i) in source.Split('\n').Select((text, i) => (text.Trim(), i)))
        {
            if (text.StartsWith("#!", StringComparison.Ordinal))
                return (i + 1, $"'{text}' is a magic command, which only one kernel understands: write it in C#.");
            if (Reference().Match(text) is not { Success: true } match)
                continue;
            var file = match.Groups["file"].Value;
            if (file.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
                return (i + 1, $"#r \"{file}\" would fetch a package while the notebook runs: reference ../lib/bin/Urial.dll, which "
                    + "brings its packages along.");
            if (Path.GetExtension(file) == ".dll" && !File.Exists(Path.GetFullPath(file.Replace('\\', '/'), folder)))
                return (i + 1, $"#r \"{file}\": there is no such file beside this notebook. Build the library first: dotnet build, in "
                    + "the repository's folder.");
        }
        return null;
    }

    [GeneratedRegex("""^#r\s+"(?<file>[^"]+)"$""")]
    private static partial Regex Reference();
}
