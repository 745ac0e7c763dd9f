namespace Urial;

/// <summary>How far two judges agree on the same answers in one aspect. Intervals resample queries, each with all its answers.</summary>
/// <param name="Aspect">The aspect.</param>
/// <param name="Same">Share of answers with the same score.</param>
/// <param name="WithinOne">Share of answers whose scores differ by one point or less.</param>
/// <param name="Difference">First judge's score less the second's, in points.</param>
/// <param name="Correlation">
/// Spearman's rank correlation, ties sharing their mean rank; null where one judge gives all answers one score.
/// </param>
/// <param name="Answers">How many answers both have scored; the estimates' n counts queries.</param>
public sealed record JudgeAgreement(Aspect Aspect, Estimate Same, Estimate WithinOne, Estimate Difference, Estimate? Correlation,
    int Answers) : INamed
{
    /// <summary>The aspect's name.</summary>
    public string Name => Aspect.Name();

    /// <summary>Compares two judges.</summary>
    /// <param name="judgments">Both judges' judgments of each answer; an answer that one of them did not score is left out.</param>
    /// <param name="aspect">The aspect. "N/A" is no score.</param>
    /// <exception cref="UrialException">There is no answer that both have scored.</exception>
    /// <exception cref="ArgumentException">Two judgments are of different answers.</exception>
    public static JudgeAgreement Of(IReadOnlyList<(Judgment First, Judgment Second)> judgments, Aspect aspect)
    {
        if (judgments.FirstOrDefault(pair => pair.First.Id != pair.Second.Id) is { First: { } odd } mixed)
            throw new ArgumentException($"{odd.Id} and {mixed.Second.Id} are different answers: judgments must come in pairs.",
                nameof(judgments));
        (double First, double Second)[][] queries = // [queries][answers]
        [
            .. judgments.GroupBy(pair => pair.First.Id, StringComparer.Ordinal)
                .Select(query => query.Select(Scores).OfType<(double, double)>().ToArray())
                .Where(scores => scores.Length > 0),
        ];
        if (queries.Length == 0)
            throw new UrialException($"There is no answer that both judges have scored for {aspect.Name()}, among {judgments.Count}.");
        return new JudgeAgreement(
            aspect, Mean((first, second) => first == second ? 1 : 0), Mean((first, second) => Math.Abs(first - second) <= 1 ? 1 : 0),
            Mean((first, second) => first - second),
            Bootstrap.Many(queries.Length, 1, (drawn, values) => values[0] = Spearman(queries, drawn))[0],
            queries.Sum(query => query.Length));

        (double, double)? Scores((Judgment First, Judgment Second) pair) =>
            ScoreStatistics.Score(pair.First, aspect, NaPolicy.Exclude) is { } first
                && ScoreStatistics.Score(pair.Second, aspect, NaPolicy.Exclude) is { } second
                ? (first, second) : null;

        Estimate Mean(Func<double, double, double> value) => Bootstrap.Ratio(
            [.. queries.Select(query => query.Sum(pair => value(pair.First, pair.Second)))],
            [.. queries.Select(query => (double)query.Length)]);
    }

    /// <summary>Pearson's correlation of ranks; NaN where one side has a single value.</summary>
    private static double Spearman((double First, double Second)[][] queries, int[] drawn)
    {
        (double First, double Second)[] sample = [
            .. drawn.SelectMany((times, i) => Enumerable.Repeat(queries[i], times).SelectMany(query => query))];
        double[] x = Ranks([.. sample.Select(pair => pair.First)]), y = Ranks([.. sample.Select(pair => pair.Second)]);
        var mean = (sample.Length + 1) / 2.0;
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
            (xy, xx, yy) = (xy + (x[i] - mean) * (y[i] - mean), xx + (x[i] - mean) * (x[i] - mean), yy + (y[i] - mean) * (y[i] - mean));
        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : double.NaN;
    }

    private static double[] Ranks(double[] values)
    {
        var places = values.Order().Select((value, place) => (value, place)).GroupBy(p => p.value)
            .ToDictionary(g => g.Key, g => g.Average(p => p.place + 1.0));
        return [.. values.Select(value => places[value])];
    }
}
