using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Urial;

/// <summary>SHA-256 of text.</summary>
public static class TextHash
{
    /// <summary>The hash of UTF-8 bytes in lower-case hexadecimal digits.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The hash of several texts; their lengths are part of it, so that no two lists share it.</summary>
    public static string Of(params ReadOnlySpan<string> texts)
    {
        var all = new StringBuilder();
        foreach (var text in texts)
            all.Append(CultureInfo.InvariantCulture, $"{text.Length}:").Append(text);
        return Of(all.ToString());
    }
}
