using System.Diagnostics;

namespace Urial;

/// <summary>What it saves to answer over weights packed for the processor, both ways measured in one process.</summary>
/// <param name="Prompts">How many prompts.</param>
/// <param name="Tokens">Tokens of all answers together.</param>
/// <param name="IsPacked">Whether this processor has what packing needs, and the model is of the kind; else both ways are one.</param>
/// <param name="Packed">Fastest run over packed weights.</param>
/// <param name="Plain">Fastest run of the plain decoder.</param>
/// <param name="SameAnswers">Whether both gave the same answers, token for token; in bf16 the plain decoder rounds more.</param>
public sealed record PackedSpeed(int Prompts, int Tokens, bool IsPacked, TimeSpan Packed, TimeSpan Plain, bool SameAnswers)
{
    /// <summary>Time of the plain decoder ÷ time over packed weights.</summary>
    public double Ratio => Plain / Packed;

    /// <summary>Answers the prompts both ways, greedily, on one thread where the model is small.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">The prompts, side by side.</param>
    /// <param name="newTokens">Tokens of each answer; none ends before.</param>
    /// <param name="repeats">How often each way is run, in turn; the fastest of each counts. One run more warms up.</param>
    /// <exception cref="UrialException">A prompt cannot be answered.</exception>
    public static PackedSpeed Measure(LanguageModel model, IReadOnlyList<int[]> prompts, int newTokens = 24, int repeats = 3)
    {
        var options = new GenerationOptions { MaxNewTokens = newTokens, BatchSize = Math.Max(1, prompts.Count) };
        foreach (var prompt in prompts)
            model.CheckPrompt(prompt, "A prompt", options);
        var (fast, slow) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        var same = true;
        for (var run = 0; run <= repeats; run++)
        {
            var (one, ours) = Timed(rows => AnswerDecoding.Run(model.Decoder, rows, options, null));
            var (other, theirs) = Timed(rows => new BatchDecoding(model.Decoder, rows, options, null).Run());
            same &= one.Zip(other).All(pair => pair.First.Answer.SequenceEqual(pair.Second.Answer));
            if (run > 0)
                (fast, slow) = (ours < fast ? ours : fast, theirs < slow ? theirs : slow);
        }
        return new PackedSpeed(prompts.Count, prompts.Count * newTokens, model.Decoder.Packed is not null, fast, slow, same);

        (DecodedAnswer[] Answers, TimeSpan Time) Timed(Action<DecodedAnswer[]> way)
        {
            DecodedAnswer[] rows = [.. prompts.Select((prompt, row) =>
                new DecodedAnswer(prompt, (ulong)row, options.PenaltyScope, _ => null))];
            var started = Stopwatch.GetTimestamp();
            way(rows);
            return (rows, Stopwatch.GetElapsedTime(started));
        }
    }
}
