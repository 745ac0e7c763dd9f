namespace Urial;

/// <summary>
/// Long prompts that were read lately, each by the model that read it: what the next question's prompt has in common with one of them, a
/// constant prompt with its examples above all, is not read again. The numbers are the same to the last bit.
/// </summary>
/// <param name="memory">Bytes of keys and values that are held at most; the prompts that waited longest go first.</param>
internal sealed class LivePrefixes(long memory = LivePrefixes.UsualMemory) : IDisposable
{
    /// <summary>A constant prompt of eight examples takes about 70 MB of a small real model.</summary>
    public const long UsualMemory = 512L << 20;

    // A prompt with no more tokens of its own than this is not worth being held beside the one that it shares the others with.
    private const int Worth = 64;

    private readonly List<(PrefixCache Prompt, long Bytes)> _held = []; // the one used last stands last

    /// <summary>How many prompts are held.</summary>
    public int Count => _held.Count;

    /// <summary>How many tokens were read to be held, in all.</summary>
    public int TokensRead { get; private set; }

    /// <summary>What two prompts begin with, to go on from; it is not the caller's to dispose of.</summary>
    /// <param name="pair">Who reads them.</param>
    /// <param name="query">The prompts.</param>
    /// <param name="cancellation">Ends reading.</param>
    public PairPrefix Of(ModelPair pair, PreparedQuery query, CancellationToken cancellation) => new(
        Of(pair.Base, query.Base.Tokens.Ids, cancellation), Of(pair.Aligned, query.Aligned.Tokens.Ids, cancellation));

    /// <summary>What a prompt begins with; null where nothing would be gained.</summary>
    public PrefixCache? Of(LanguageModel model, int[] prompt, CancellationToken cancellation)
    {
        if (model.Decoder.Packed is null)
            return null;
        var (place, shared) = Longest(model, prompt);
        var bytes = Bytes(model.Config, prompt.Length);
        if (prompt.Length - shared > Worth && bytes <= memory / 2) // both of a pair fit: neither makes the other go
        {
            var read = PrefixCache.After(model.Decoder, prompt, place < 0 ? null : _held[place].Prompt, cancellation);
            TokensRead += prompt.Length - shared;
            while (_held.Sum(held => held.Bytes) + bytes > memory)
            {
                _held[0].Prompt.Dispose();
                _held.RemoveAt(0);
            }
            _held.Add((read, bytes));
            return read;
        }
        if (place < 0)
            return null;
        var used = _held[place];
        _held.RemoveAt(place);
        _held.Add(used);
        return used.Prompt;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _held.ForEach(held => held.Prompt.Dispose());
        _held.Clear();
    }

    private (int Place, int Shared) Longest(LanguageModel model, int[] prompt)
    {
        var (best, most) = (-1, 0);
        foreach (var (place, (held, _)) in _held.Index())
            if (held.IsOf(model.Decoder) && held.SharedBy([prompt]) is var shared && shared > most)
                (best, most) = (place, shared);
        return (best, most);
    }

    // Keys and values of every layer, in f32.
    private static long Bytes(DecoderConfig config, int tokens) =>
        2L * sizeof(float) * config.Layers * config.KvHeads * config.HeadDim * tokens;
}
