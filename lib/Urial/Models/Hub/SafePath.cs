using System.Buffers;
using System.Text.RegularExpressions;

namespace Urial;

/// <summary>Which names that came from elsewhere may become paths below a folder of ours, on any system.</summary>
internal static partial class SafePath
{
    private const int LongestSegment = 255; // bytes, on most file systems
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\\:*?\"<>|");

    /// <summary>
    /// Whether it is a relative path with <c>/</c> between its parts that stays below the folder it is put behind, and that every file
    /// system takes: nothing empty, no <c>.</c> and <c>..</c>, no drives, no control characters, none of the names that Windows keeps.
    /// </summary>
    public static bool IsSafe(string path) => path.Split('/').All(IsSafeSegment);

    /// <summary>Whether it is one part of such a path.</summary>
    public static bool IsSafeSegment(string name) =>
        name is not ("" or "." or "..") && name[^1] is not ('.' or ' ') && name.AsSpan().IndexOfAny(Forbidden) < 0
            && !name.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter) || letter == '/')
            && System.Text.Encoding.UTF8.GetByteCount(name) <= LongestSegment && !KeptByWindows().IsMatch(name);

    /// <summary>Whether it would lead out of the folder that it is put behind, on some system.</summary>
    public static bool Escapes(string path) =>
        path.Length == 0 || path.Contains('\0') || path[0] is '/' or '\\' || path.Contains(":\\", StringComparison.Ordinal)
            || path is [_, ':', ..] || path.Split('/', '\\').Contains("..");

    [GeneratedRegex(@"^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|\z)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KeptByWindows();
}
