using System.Security.Cryptography;
using System.Text;

namespace Urial;

/// <summary>
/// Compares a downloaded file with what its ETag says: SHA-256 of files in large-file storage, and of all others the hash by which git
/// knows a blob, SHA-1 of <c>blob LENGTH\0</c> and the content.
/// </summary>
internal static class BlobHash
{
    private const int Sha256Digits = 64, Sha1Digits = 40;

    /// <summary>What is wrong with a file; null where nothing is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="file">What it should be.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<string?> FaultAsync(string path, RemoteFile file, CancellationToken cancellation)
    {
        await using var stream = HubCache.Writing(path, () =>
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17));
        if (file.Size is { } size && stream.Length != size)
            return FormattableString.Invariant($"has {stream.Length} bytes and should have {size}");
        using var hash = Algorithm(file.ETag);
        if (hash is null)
            return null;
        if (file.ETag.Length == Sha1Digits)
            hash.AppendData(Encoding.ASCII.GetBytes(FormattableString.Invariant($"blob {stream.Length}\0")));
        var buffer = new byte[1 << 17];
        while (await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false) is var count and > 0)
            hash.AppendData(buffer.AsSpan(0, count));
        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        return found == file.ETag.ToLowerInvariant() ? null : $"has the hash {found} and should have {file.ETag}";
    }

    private static IncrementalHash? Algorithm(string etag) => etag.All(char.IsAsciiHexDigit) ? etag.Length switch
    {
        Sha256Digits => IncrementalHash.CreateHash(HashAlgorithmName.SHA256),
        Sha1Digits => IncrementalHash.CreateHash(HashAlgorithmName.SHA1),
        _ => null,
    } : null;
}
