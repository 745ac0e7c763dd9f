using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>Decodes the answers to a batch of prompts, token by token, with a cache. Short prompts are padded at the left.</summary>
internal sealed class BatchDecoding
{
    private readonly Decoder decoder;
    private readonly GenerationOptions options;
    private readonly Func<int, IReadOnlyList<int>, bool>? stop;
    private readonly Row[] rows;

    /// <param name="decoder">The model.</param>
    /// <param name="prompts">Token ids, one array per row.</param>
    /// <param name="firstRow">Number of the first row among all rows asked for: draws depend on it.</param>
    /// <param name="options">How to decode.</param>
    /// <param name="stop">Whether a row's answer so far ends here.</param>
    public BatchDecoding(Decoder decoder, IEnumerable<int[]> prompts, int firstRow, GenerationOptions options, Func<int, IReadOnlyList<int>, bool>? stop)
    {
        (this.decoder, this.options, this.stop) = (decoder, options, stop);
        rows = [.. prompts.Select((prompt, index) => new Row(firstRow + index, prompt))];
    }

    /// <summary>The answers in the order of the prompts.</summary>
    public (int[] AnswerIds, bool Stopped)[] Run()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        int longest = rows.Max(row => row.Prompt.Length);
        using var cache = new KvCache(longest + Math.Min(options.MaxNewTokens, 128));
        int[] padding = [.. rows.Select(row => longest - row.Prompt.Length)];
        long pad = decoder.Config.PadTokenId ?? 0;
        long[] ids = [.. rows.SelectMany((row, index) => Enumerable.Repeat(pad, padding[index]).Concat(row.Prompt.Select(id => (long)id)))];

        Row[] active = rows;
        float[] logits = Scores(ids, active.Length, cache, padding);
        for (int position = 0; ; position++)
        {
            for (int index = 0; index < active.Length; index++)
                Extend(active[index], logits.AsSpan(index * decoder.Config.VocabularySize, decoder.Config.VocabularySize), position);
            if (position + 1 == options.MaxNewTokens)
                break;
            int[] going = [.. Enumerable.Range(0, active.Length).Where(index => !active[index].Stopped)];
            if (going.Length == 0)
                break;
            if (going.Length < active.Length)
            {
                cache.Keep(going);
                active = [.. going.Select(index => active[index])];
            }
            logits = Scores([.. active.Select(row => (long)row.Answer[^1])], active.Length, cache, null);
        }
        return [.. rows.Select(row => (row.Answer.ToArray(), row.Stopped))];
    }

    private float[] Scores(long[] ids, int batch, KvCache cache, int[]? padding)
    {
        using var scope = NewDisposeScope();
        Tensor input = tensor(ids).view(batch, -1); // [batch, positions]
        return decoder.Forward(input, cache, padding, lastOnly: true).to(ScalarType.Float32).data<float>().ToArray(); // [batch · vocabulary]
    }

    private void Extend(Row row, Span<float> logits, int position)
    {
        if (options.RepetitionPenalty != 1)
            Sampling.Penalise(logits, row.Seen, options.RepetitionPenalty);
        int id = Sampling.Choose(logits, options, row.Number, position);
        row.Answer.Add(id);
        row.Seen.Add(id);
        row.Stopped = (options.StopAtEos && decoder.Config.EosTokenIds.Contains(id)) || (stop is not null && stop(row.Number, row.Answer));
    }

    private sealed class Row(int number, int[] prompt)
    {
        public int Number { get; } = number;

        public int[] Prompt { get; } = prompt;

        public List<int> Answer { get; } = [];

        public HashSet<int> Seen { get; } = [.. prompt];

        public bool Stopped { get; set; }
    }
}
