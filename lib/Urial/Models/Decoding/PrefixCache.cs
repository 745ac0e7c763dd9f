using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// The keys and values of what prompts begin with, computed once: a constant prompt is then paid for once, not once a query.
/// What is shared is token ids, never text, so a token across the seam between prompt and query stays what it is.
/// </summary>
public sealed class PrefixCache : IDisposable
{
    /// <summary>Shorter beginnings are not worth a pass of their own.</summary>
    public const int ShortestShared = 16;

    private readonly Decoder _decoder;

    // Tokens that are read before anybody is asked whether they are still wanted.
    private const int Piece = 256;

    internal PrefixCache(Decoder decoder, int[] ids)
    {
        (_decoder, Ids) = (decoder, ids);
        if (decoder.Packed is not null)
        {
            Text = Read(decoder, ids, null, CancellationToken.None);
            return;
        }
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Cache = new KvCache(ids.Length);
        decoder.Hidden(tensor(ids.Select(id => (long)id).ToArray()).unsqueeze(0), Cache); // [1, positions, hidden], not needed
    }

    private PrefixCache(Decoder decoder, int[] ids, PackedSequence text) => (_decoder, Ids, Text) = (decoder, ids, text);

    /// <summary>Reads on with a packed decoder where another cache of it ends, as far as that has the same ids.</summary>
    /// <param name="decoder">A packed one.</param>
    /// <param name="ids">What is to be held.</param>
    /// <param name="before">What was read before; null: nothing.</param>
    /// <param name="cancellation">Ends it between pieces.</param>
    internal static PrefixCache After(Decoder decoder, int[] ids, PrefixCache? before, CancellationToken cancellation) =>
        new(decoder, ids, Read(decoder, ids, before, cancellation));

    /// <summary>The token ids that are held.</summary>
    public IReadOnlyList<int> Ids { get; }

    /// <summary>What the plain decoder goes on from; null where the packed one does.</summary>
    internal KvCache? Cache { get; }

    /// <summary>What the packed decoder goes on from; null where the plain one does.</summary>
    internal PackedSequence? Text { get; }

    /// <summary>The longest run of ids that all prompts begin with and that leaves each at least one id of its own.</summary>
    /// <param name="prompts">Token ids, one array per prompt.</param>
    public static int[] Common(IEnumerable<int[]> prompts)
    {
        int[]? first = null;
        var length = 0;
        foreach (var prompt in prompts)
        {
            length = first is null ? prompt.Length : prompt.AsSpan().CommonPrefixLength(first.AsSpan(0, length));
            length = Math.Min(length, prompt.Length - 1);
            first ??= prompt;
        }
        return first is null ? [] : first[..Math.Max(0, length)];
    }

    /// <summary>How many of the held ids all of these prompts begin with; 0 where they are too few to be of use.</summary>
    internal int SharedBy(IEnumerable<int[]> prompts)
    {
        var shared = Common(prompts.Append([.. Ids, -1])).Length; // the -1 lets all held ids count
        return shared >= ShortestShared ? shared : 0;
    }

    /// <summary>Whether it is this decoder's.</summary>
    internal bool IsOf(Decoder decoder) => ReferenceEquals(decoder, _decoder);

    internal void CheckModel(Decoder user)
    {
        if (!IsOf(user))
            throw new UrialException(
                "The prefix was computed by another model: its keys and values mean nothing here. Make it with this model's Prefix.");
    }

    /// <summary>Frees the keys and values.</summary>
    public void Dispose()
    {
        Cache?.Dispose();
        Text?.Dispose();
    }

    // Where a text is divided changes nothing, to the last bit.
    private static PackedSequence Read(Decoder decoder, int[] ids, PrefixCache? before, CancellationToken cancellation)
    {
        var packed = decoder.Packed!;
        var shared = before?.SharedBy([ids]) ?? 0;
        var text = shared > 0 ? PackedSequence.Begin(before!.Text!, shared) : packed.NewSequence();
        try
        {
            for (var first = shared; first < ids.Length; first += Piece)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = Math.Min(Piece, ids.Length - first);
                packed.Read([(text, ids.AsMemory(first, count))], _ => count).Dispose();
            }
            return text;
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }
}
