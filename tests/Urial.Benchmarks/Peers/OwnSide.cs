using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Benchmarks;

/// <summary>The same things as <see cref="LlamaCpp"/> does, by this library, the way that scoring and answering do them.</summary>
/// <param name="decoder">The model.</param>
internal sealed class OwnSide(Decoder decoder)
{
    private readonly LanguageModel _model = LanguageModel.Of(decoder, "random weights");

    /// <summary>Logits of every position. // [positions · vocabulary]</summary>
    public float[] Logits(int[] ids)
    {
        using var scope = NewDisposeScope();
        using var reader = Reader(ids);
        return reader.Next(ids.Length).data<float>().ToArray();
    }

    /// <summary>Seconds of a pass with all logits, checked to be finite, some rows at a time.</summary>
    public double Score(int[] ids)
    {
        using var scope = NewDisposeScope();
        var begun = Stopwatch.GetTimestamp();
        using var reader = Reader(ids);
        var rows = AnswerScorer.Rows(decoder.Config.VocabularySize);
        for (var first = 0; first < ids.Length; first += rows)
        {
            using var chunk = NewDisposeScope();
            reader.Next(Math.Min(rows, ids.Length - first));
        }
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>Seconds of scoring with all metrics: a pass of either side over as many positions as the ids, and the metrics.</summary>
    public double Metrics(int[] ids)
    {
        var pair = ModelPair.Twice(_model);
        var begun = Stopwatch.GetTimestamp();
        AnswerScorer.Score(pair, ids[..1], ids[..1], ids, 10, new HashSet<int>());
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>Greedy answers side by side, as <see cref="LlamaCpp.Answer"/>.</summary>
    public (double Seconds, int[][] Answers) Answer(int[][] prompts, int first, int steps)
    {
        long begun = 0, ended = 0;
        var options = new GenerationOptions { MaxNewTokens = first + steps, BatchSize = prompts.Length };
        DecodedAnswer[] rows = [.. prompts.Select((prompt, row) => new DecodedAnswer(prompt, (ulong)row, options.PenaltyScope,
            answer => row == prompts.Length - 1 ? Note(answer.Count) : null))];
        AnswerDecoding.Run(decoder, rows, options, null);
        return (Stopwatch.GetElapsedTime(begun, ended).TotalSeconds, [.. rows.Select(row => row.Answer.ToArray())]);

        // Of the last row, which gets its token last.
        StopReason? Note(int tokens)
        {
            if (tokens == first)
                begun = Stopwatch.GetTimestamp();
            if (tokens == first + steps)
                ended = Stopwatch.GetTimestamp();
            return null;
        }
    }

    private AnswerLogits Reader(int[] ids) => new(_model, "base", ids[..1], [.. ids[1..], 0]);
}
