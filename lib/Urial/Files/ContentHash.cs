using System.Security.Cryptography;
using System.Text;

namespace Urial;

/// <summary>SHA-256 in lower-case hexadecimal digits, of whatever a manifest or a key names by its content.</summary>
public static class ContentHash
{
    /// <summary>The hash of a text's UTF-8 bytes.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>One hash of several texts; their lengths are part of it, so that no two lists run together into one text.</summary>
    public static string Of(params IEnumerable<string> texts) =>
        Of(string.Concat(texts.Select(text => FormattableString.Invariant($"{text.Length}:{text}"))));

    /// <summary>The hash of bytes.</summary>
    public static string Of(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The hash of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What errors call it.</param>
    /// <exception cref="UrialException">It cannot be read.</exception>
    public static string OfFile(string path, string what)
    {
        using var stream = InputFile.Open(path, what);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
