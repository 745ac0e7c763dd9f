namespace Urial;

/// <summary>Many pairs together: how often the first arm wins, what the order does, and what length does.</summary>
/// <param name="Outcomes">Win, tie and lose after both orders; a disagreement of the orders is a tie.</param>
/// <param name="Flipped">Share of pairs whose verdict changes with the order.</param>
/// <param name="Reversed">Share of pairs where the order turns a win into a loss or back.</param>
/// <param name="TopPreferred">
/// Of the verdicts that are no ties, the share that prefer the answer shown first; 0.5 is no leaning. Null: all are ties.
/// </param>
/// <param name="WinRate">The first arm's win rate, a tie counting half.</param>
/// <param name="LengthControlled">The same at equal length: see <see cref="LengthControl"/>.</param>
/// <param name="Failed">Pairs that could not be judged; they are in no number above.</param>
public sealed record PairwiseComparison(
    WinTieLose Outcomes, Estimate Flipped, Estimate Reversed, Estimate? TopPreferred, Estimate WinRate, Estimate LengthControlled,
    int Failed)
{
    /// <summary>Sums up judged pairs.</summary>
    /// <exception cref="UrialException">No pair was judged.</exception>
    public static PairwiseComparison Of(IReadOnlyList<PairwiseJudgment> judgments)
    {
        PairwiseJudgment[] judged = [.. judgments.Where(judgment => judgment.Status == JudgmentStatus.Scored)];
        if (judged.Length == 0)
            throw new UrialException(
                $"None of {judgments.Count} pairs was judged{(judgments.Count > 0 ? $": {judgments[0].Error}" : "")}.");
        double[] points = [.. judged.Select(judgment => Points(judgment.Outcome!.Value))];
        double[] decided = [.. judged.Select(judgment => Decided(judgment, 1))];
        return new PairwiseComparison(
            WinTieLose.Of([.. points.Select(point => point - 0.5)]),
            Estimate.Share(judged, judgment => judgment.Flipped),
            Estimate.Share(judged, judgment => judgment.Reversed),
            decided.Sum() > 0 ? Bootstrap.Ratio([.. judged.Select(judgment => Decided(judgment, 0))], decided) : null,
            Bootstrap.Mean(points),
            LengthControl.WinRate(points, [.. judged.Select(judgment => (double)judgment.LengthDifference)]),
            judgments.Count - judged.Length);
    }

    /// <summary>
    /// Each judged pair's query with the first arm's outcome after both orders; pairs that could not be judged are left out.
    /// </summary>
    public static IReadOnlyList<(string Id, PairwiseOutcome Outcome)> ById(IReadOnlyList<PairwiseJudgment> judgments) =>
        [.. judgments.Where(judgment => judgment.Status == JudgmentStatus.Scored)
            .Select(judgment => (judgment.Id, judgment.Outcome!.Value))];

    /// <summary>A win is 1, a tie 0.5, a loss 0.</summary>
    public static double Points(PairwiseOutcome outcome) => outcome switch { PairwiseOutcome.Win => 1, PairwiseOutcome.Tie => 0.5, _ => 0 };

    /// <summary>The points of one judge's outcomes less another's on the same queries: a win is 1, a tie 0.5, a loss 0.</summary>
    /// <param name="first">One judge's outcomes.</param>
    /// <param name="second">The other's.</param>
    /// <exception cref="ArgumentException">The two are not of the same queries.</exception>
    public static Estimate Difference(IReadOnlyList<(string Id, PairwiseOutcome Outcome)> first,
        IReadOnlyList<(string Id, PairwiseOutcome Outcome)> second)
    {
        var (one, other) = (first.OrderBy(query => query.Id, StringComparer.Ordinal).ToArray(),
            second.OrderBy(query => query.Id, StringComparer.Ordinal).ToArray());
        return one.Select(query => query.Id).SequenceEqual(other.Select(query => query.Id))
            ? Estimate.Difference(one, other, query => Points(query.Outcome))
            : throw new ArgumentException("The two judges' outcomes are not of the same queries: they cannot be paired.", nameof(second));
    }

    // 0: verdicts of this pair that prefer the answer shown first; 1: verdicts that are no ties.
    private static double Decided(PairwiseJudgment judgment, int what) => what == 0
        ? (judgment.FirstShownFirst == PairwiseOutcome.Win ? 1 : 0) + (judgment.SecondShownFirst == PairwiseOutcome.Lose ? 1 : 0)
        : (judgment.FirstShownFirst == PairwiseOutcome.Tie ? 0 : 1) + (judgment.SecondShownFirst == PairwiseOutcome.Tie ? 0 : 1);
}
