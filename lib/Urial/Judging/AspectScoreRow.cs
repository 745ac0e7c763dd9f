namespace Urial;

/// <summary>An arm's scores by aspect, as a table, dots or bars show them: measured here with intervals, or published without.</summary>
public sealed record AspectScoreRow : IScored
{
    private AspectScoreRow(string name, IReadOnlyDictionary<Aspect, (double, Interval?)> scores, string n, double? words, string counting,
        string source) =>
        (Name, Scores, N, MeanWords, Counting, Source) = (name, scores, n, words, counting, source);

    /// <summary>The arm: a model, a prompt style.</summary>
    public string Name { get; }

    AspectScoreRow IScored.Row => this;

    /// <summary>Mean score, 1 to 5, and its interval (null where none is known) by aspect.</summary>
    public IReadOnlyDictionary<Aspect, (double Value, Interval? Interval)> Scores { get; }

    /// <summary>How many answers the means rest on, in words; empty where that is not known.</summary>
    public string N { get; }

    /// <summary>The answers' mean length in words; null where that is not known.</summary>
    public double? MeanWords { get; }

    /// <summary>How "N/A" and failures were counted; empty where there were none.</summary>
    public string Counting { get; }

    /// <summary>Where the numbers come from.</summary>
    public string Source { get; }

    /// <summary>An arm measured here.</summary>
    /// <param name="name">The arm.</param>
    /// <param name="judgments">Its judgments.</param>
    /// <param name="policy">How "N/A" counts.</param>
    /// <param name="answers">The answers, for their length; null: no length is shown.</param>
    /// <exception cref="UrialException">No answer has a score.</exception>
    public static AspectScoreRow Measured(string name, IReadOnlyList<Judgment> judgments, NaPolicy policy,
        IReadOnlyList<AnswerToJudge>? answers = null)
    {
        var present = Aspects.All.Where(aspect => judgments.Any(judgment => ScoreStatistics.Score(judgment, aspect, policy) is not null))
            .ToArray();
        if (present.Length == 0)
            throw new UrialException($"None of {judgments.Count} judgments of {name} has a score.");
        MeanScore[] means = [.. present.Select(aspect => ScoreStatistics.Mean(judgments, aspect, policy))];
        var (least, most) = (means.Min(mean => mean.N), means.Max(mean => mean.N));
        var na = means.Sum(mean => mean.NotApplicable);
        return new AspectScoreRow(
            name, means.ToDictionary(mean => mean.Aspect!.Value, mean => (mean.Value, (Interval?)mean.Interval)),
            least == most ? Numbers.Count(least) : $"{Numbers.Count(least)}–{Numbers.Count(most)}",
            answers is { Count: > 0 } ? answers.Average(answer => (double)WordCount.Of(answer.Output)) : null,
            (means[0] with { NotApplicable = na }).Counting, judgments[0].Judge);
    }

    /// <summary>A row of a published table.</summary>
    /// <param name="name">The model, as the table names it.</param>
    /// <param name="values">Its numbers by column; columns are found by the aspect's name as tables have it (helpful, clear, …).</param>
    /// <param name="source">Where it was published.</param>
    internal static AspectScoreRow Published(string name, IReadOnlyDictionary<string, double> values, string source)
    {
        var length = values.FirstOrDefault(pair => pair.Key.StartsWith("length", StringComparison.OrdinalIgnoreCase));
        return new AspectScoreRow(
            name,
            Aspects.All.Select(aspect => (aspect, column: Column(values, aspect))).Where(pair => pair.column is not null)
                .ToDictionary(pair => pair.aspect, pair => (values[pair.column!], (Interval?)null)),
            "", length.Key is null ? null : length.Value, "", source);
    }

    // The lite tables write Deep where the paper writes deep; columns are found whatever their case.
    private static string? Column(IReadOnlyDictionary<string, double> values, Aspect aspect) =>
        values.Keys.FirstOrDefault(key => key.Equals(aspect.Column(), StringComparison.OrdinalIgnoreCase));
}
