using System.Text.RegularExpressions;

namespace Urial;

/// <summary>A file as the hub describes it.</summary>
/// <param name="Name">Its path in the repository.</param>
/// <param name="ETag">What names its content: SHA-256 of large files, git's SHA-1 of small ones.</param>
/// <param name="Size">Its length in bytes, where the hub tells it.</param>
internal sealed partial record RemoteFile(string Name, string ETag, long? Size)
{
    /// <summary>An ETag without its quotes and its mark of weakness.</summary>
    /// <exception cref="UrialException">It cannot be a file's name.</exception>
    public static string CleanETag(string sent, string file)
    {
        var clean = sent.Trim();
        clean = (clean.StartsWith("W/", StringComparison.Ordinal) ? clean[2..] : clean).Trim('"');
        return Form().IsMatch(clean) && SafePath.IsSafeSegment(clean) ? clean : throw new UrialException(
            $"The server describes '{file}' by an ETag that cannot name a file in the cache. Is HF_ENDPOINT a hub?");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex Form();
}
