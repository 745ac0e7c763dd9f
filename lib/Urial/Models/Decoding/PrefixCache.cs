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

    internal PrefixCache(Decoder decoder, int[] ids)
    {
        (_decoder, Ids) = (decoder, ids);
        if (decoder.Packed is { } packed)
        {
            Text = packed.NewSequence();
            packed.Read([(Text, ids)], _ => ids.Length).Dispose();
            return;
        }
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Cache = new KvCache(ids.Length);
        decoder.Hidden(tensor(ids.Select(id => (long)id).ToArray()).unsqueeze(0), Cache); // [1, positions, hidden], not needed
    }

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

    internal void CheckModel(Decoder user)
    {
        if (!ReferenceEquals(user, _decoder))
            throw new UrialException(
                "The prefix was computed by another model: its keys and values mean nothing here. Make it with this model's Prefix.");
    }

    /// <summary>Frees the keys and values.</summary>
    public void Dispose()
    {
        Cache?.Dispose();
        Text?.Dispose();
    }
}
