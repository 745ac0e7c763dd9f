using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// Decodes the answers to a batch of prompts, token by token, with a cache. Short prompts are padded at the left. In f32, a greedy choice
/// that rounding could have turned is made by a pass over that row alone, so that neither batch, padding nor cache changes an answer.
/// </summary>
/// <param name="decoder">The model.</param>
/// <param name="rows">One answer each, with its prompt.</param>
/// <param name="options">How to decode.</param>
/// <param name="prefix">Keys and values of what the prompts begin with, or null.</param>
internal sealed class BatchDecoding(Decoder decoder, DecodedAnswer[] rows, GenerationOptions options, PrefixCache? prefix)
{
    /// <summary>Fills in the answers.</summary>
    public void Run()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var longest = rows.Max(row => row.Prompt.Length);
        int[] padding = [.. rows.Select(row => longest - row.Prompt.Length)];
        var shared = prefix?.SharedBy(rows.Select(row => row.Prompt)) ?? 0;
        var capacity = longest + Math.Min(options.MaxNewTokens, 128);
        using var cache = shared > 0 ? KvCache.Repeat(prefix!.Cache, shared, padding, capacity) : new KvCache(capacity);

        // Columns of the padded batch that the cache holds are left out. A short row gives some of its prefix anew, in the place of
        // padding.
        long pad = decoder.Config.PadTokenId ?? 0;
        long[] ids = [.. rows.SelectMany(
            (row, index) => Enumerable.Repeat(pad, padding[index]).Concat(row.Prompt.Select(id => (long)id)).Skip(shared))];
        var logits = Scores(ids, rows.Length, cache, shared > 0 ? null : padding);
        var active = rows;
        Func<DecodedAnswer, float[]>? alone = options.Temperature == 0 && decoder.Precision == Precision.F32 ? Alone : null;
        while (true)
        {
            for (var index = 0; index < active.Length; index++)
                active[index].Extend(logits.AsSpan(index * decoder.Config.VocabularySize, decoder.Config.VocabularySize), options, alone);
            int[] going = [.. Enumerable.Range(0, active.Length).Where(index => active[index].StopReason is null)];
            if (going.Length == 0)
                return;
            if (going.Length < active.Length)
            {
                cache.Keep(going);
                active = [.. going.Select(index => active[index])];
            }
            logits = Scores([.. active.Select(row => (long)row.Answer[^1])], active.Length, cache, null);
        }
    }

    private float[] Alone(DecodedAnswer row) => Scores([.. row.Prompt.Concat(row.Answer).Select(id => (long)id)], 1, null, null);

    private float[] Scores(long[] ids, int batch, KvCache? cache, int[]? padding)
    {
        using var scope = NewDisposeScope();
        var input = tensor(ids).view(batch, -1); // [batch, positions]
        // [batch · vocabulary]
        return decoder.Forward(input, cache, padding, lastOnly: true).to(ScalarType.Float32).data<float>().ToArray();
    }
}
