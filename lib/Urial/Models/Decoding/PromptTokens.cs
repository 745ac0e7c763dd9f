using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Urial;

/// <summary>One prompt of a batch, with what is its own: where its answer stops, and which random numbers it draws.</summary>
/// <param name="Ids">The whole prompt's token ids.</param>
public sealed record PromptTokens(int[] Ids)
{
    /// <summary>Where this answer stops; null: where <see cref="GenerationOptions.Stop"/> says.</summary>
    public IReadOnlyList<string>? Stop { get; init; }

    /// <summary>
    /// What closes the answer in the prompt's frame (<see cref="PromptText.Closing"/>): the text ends before it, decoding does not. Null
    /// where nothing does.
    /// </summary>
    public string? Closing { get; init; }

    /// <summary>
    /// The stream that this answer's draws come from, together with the seed; null: the prompt's number among those asked for.
    /// </summary>
    public ulong? Stream { get; init; }

    /// <summary>
    /// A stream named by a query's id, so that an answer's draws depend neither on its row nor on what is answered beside it.
    /// </summary>
    /// <param name="id">The id.</param>
    /// <returns>The first 8 bytes of the id's SHA-256, big-endian.</returns>
    public static ulong StreamOf(string id) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
