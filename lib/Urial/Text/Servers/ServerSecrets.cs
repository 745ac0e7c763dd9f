namespace Urial;

/// <summary>What must appear in no message and no result, though a server may echo it.</summary>
internal static class ServerSecrets
{
    private const int ShortestPart = 8; // a shorter one may be a word

    /// <summary>
    /// The secrets of a request: the key, unless it is a plain word such as EMPTY, which local servers take for one; and what stands behind
    /// the address's question mark, where some servers take keys.
    /// </summary>
    /// <param name="address">The server's address.</param>
    /// <param name="key">The key; null: none.</param>
    public static IReadOnlyList<string> Of(Uri address, string? key) =>
    [
        .. key is null || key.Length < 12 && key.All(char.IsAsciiLetter) ? Array.Empty<string>() : [key],
        .. address.Query.TrimStart('?').Split('&').Select(pair => pair[(pair.IndexOf('=') + 1)..]).Where(value => value.Length >= 12),
    ];

    /// <summary>The text without any of the secrets.</summary>
    public static string StrikeOut(string text, IReadOnlyList<string> secrets) =>
        secrets.Where(secret => secret.Length > 0).SelectMany(Spellings).Distinct().OrderByDescending(secret => secret.Length)
            .Aggregate(text, (rest, secret) => rest.Replace(secret, "[key]", StringComparison.OrdinalIgnoreCase));

    // As an address and JSON may write it, and without what its kind begins with (sk-, hf_).
    private static IEnumerable<string> Spellings(string secret)
    {
        string[] parts = [secret, secret[(secret.IndexOfAny(['-', '_', '.']) + 1)..]];
        return parts.Where((part, i) => i == 0 || part.Length >= ShortestPart).SelectMany(part => new[]
        {
            part, Uri.EscapeDataString(part), part.Replace("/", "\\/", StringComparison.Ordinal),
            System.Text.Json.JsonEncodedText.Encode(part).ToString(),
            part.Replace("/", "%2F", StringComparison.Ordinal),
        });
    }
}
