using System.Diagnostics;

namespace Urial;

/// <summary>What it saves to read the common beginning of prompts once, both ways measured in one process.</summary>
/// <param name="Prompts">How many prompts.</param>
/// <param name="SharedTokens">Tokens that all of them begin with.</param>
/// <param name="OwnTokens">Tokens that they have beside those, all together.</param>
/// <param name="Shared">Fastest run that read the common beginning once.</param>
/// <param name="Whole">Fastest run that read every prompt whole.</param>
/// <param name="SameAnswers">Whether both gave the same answers, token for token.</param>
public sealed record PrefixSpeed(int Prompts, int SharedTokens, int OwnTokens, TimeSpan Shared, TimeSpan Whole, bool SameAnswers)
{
    /// <summary>Time of reading whole prompts ÷ time of sharing.</summary>
    public double Ratio => Whole / Shared;

    /// <summary>Prompt tokens read where the beginning is shared.</summary>
    public int ReadShared => SharedTokens + OwnTokens;

    /// <summary>Prompt tokens read where it is not.</summary>
    public int ReadWhole => Prompts * SharedTokens + OwnTokens;

    /// <summary>Answers the prompts both ways.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">The prompts; up to 32 side by side.</param>
    /// <param name="newTokens">Tokens of each answer: more of them hide what the prompts cost.</param>
    /// <param name="repeats">How often each way is run, in turn; the fastest of each counts. One run more warms up.</param>
    /// <exception cref="UrialException">There are fewer than two prompts, or one cannot be answered.</exception>
    public static PrefixSpeed Measure(LanguageModel model, IReadOnlyList<int[]> prompts, int newTokens = 1, int repeats = 3)
    {
        if (prompts.Count < 2)
            throw new UrialException("A common beginning needs two prompts or more.");
        var common = PrefixCache.Common(prompts).Length;
        var (shared, whole) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        var same = true;
        for (var run = 0; run <= repeats; run++)
        {
            var (one, ours) = Timed(true);
            var (other, theirs) = Timed(false);
            same &= one.Zip(other).All(pair => pair.First.AnswerIds.SequenceEqual(pair.Second.AnswerIds));
            if (run > 0)
                (shared, whole) = (ours < shared ? ours : shared, theirs < whole ? theirs : whole);
        }
        return new PrefixSpeed(prompts.Count, common, prompts.Sum(prompt => prompt.Length - common), shared, whole, same);

        (Generation[] Answers, TimeSpan Time) Timed(bool share)
        {
            var options = new GenerationOptions { MaxNewTokens = newTokens, BatchSize = Math.Min(prompts.Count, 32), SharePrefix = share };
            var started = Stopwatch.GetTimestamp();
            var answers = model.GenerateBatch(prompts, options);
            return (answers, Stopwatch.GetElapsedTime(started));
        }
    }
}
