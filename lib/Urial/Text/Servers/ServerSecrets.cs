namespace Urial;

/// <summary>What must appear in no message and no result, though a server may echo it.</summary>
internal static class ServerSecrets
{
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
        secrets.Where(secret => secret.Length > 0)
            .Aggregate(text, (rest, secret) => rest.Replace(secret, "[key]", StringComparison.Ordinal));
}
