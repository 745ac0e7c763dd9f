namespace Urial;

/// <summary>A number with the answers that did not end, and without them.</summary>
/// <param name="All">Over all answers.</param>
/// <param name="Ended">Over those that ended; null where all ended, or none.</param>
/// <param name="NotEnded">How many did not end.</param>
public sealed record BothWays(Estimate All, Estimate? Ended, int NotEnded)
{
    /// <summary>A number of answers.</summary>
    /// <param name="answers">All answers.</param>
    /// <param name="measure">The number; it is asked once for all answers and once for those that ended.</param>
    public static BothWays Of(IReadOnlyList<ShiftedAnswer> answers, Func<IReadOnlyList<ShiftedAnswer>, Estimate> measure) =>
        new(measure(answers), Endings.Divide(answers) ? measure(answers.ThatEnded()) : null, answers.NotEnded());

    /// <summary>How much more is shifted in one group of positions than in another (<see cref="ShiftGroups.Difference"/>).</summary>
    /// <param name="answers">All answers.</param>
    /// <param name="first">Whether a position (answer, 0-based index) is in the first group.</param>
    /// <param name="second">Whether it is in the second.</param>
    public static BothWays MoreShifted(
        IReadOnlyList<ShiftedAnswer> answers, Func<ShiftedAnswer, int, bool> first, Func<ShiftedAnswer, int, bool> second) =>
        Of(answers, some => ShiftGroups.Difference(some, ShiftClass.Shifted, first, second));

    /// <summary>A number in the first positions less the same later (<see cref="PositionCurve.EarlyLessLate"/>).</summary>
    /// <param name="answers">All answers.</param>
    /// <param name="value">The number.</param>
    /// <param name="segment">Only inside this part of the answers; null: everywhere.</param>
    public static BothWays EarlyLessLate(IReadOnlyList<ShiftedAnswer> answers, Func<PositionShift, double> value, string? segment = null) =>
        Of(answers, some => PositionCurve.EarlyLessLate(some, value, segment: segment));

    /// <summary>The mean of a number over a window of positions (<see cref="PositionCurve.Window"/>).</summary>
    /// <param name="answers">All answers.</param>
    /// <param name="value">The number.</param>
    /// <param name="from">First position, 0-based.</param>
    /// <param name="to">Last position.</param>
    public static BothWays Window(IReadOnlyList<ShiftedAnswer> answers, Func<PositionShift, double> value, int from, int to) =>
        Of(answers, some => PositionCurve.Window(some, value, from, to));

    /// <summary>The share of positions in a window of which something holds, as a mean over answers.</summary>
    /// <param name="answers">All answers.</param>
    /// <param name="holds">What may hold of a position: <c>p => p.IsUnshifted</c>.</param>
    /// <param name="from">First position, 0-based.</param>
    /// <param name="to">Last position.</param>
    public static BothWays Window(IReadOnlyList<ShiftedAnswer> answers, Func<PositionShift, bool> holds, int from, int to) =>
        Window(answers, p => holds(p) ? 1.0 : 0, from, to);

    /// <summary>A number of <see cref="ShiftComparison"/>; without a query where either answer did not end.</summary>
    /// <param name="first">One condition's answers.</param>
    /// <param name="second">The other's, to the same queries.</param>
    /// <param name="number">The number: <c>d => d.Micro.Shifted</c>.</param>
    public static BothWays Difference(
        IReadOnlyList<ShiftedAnswer> first, IReadOnlyList<ShiftedAnswer> second, Func<ShiftDifference, Estimate> number) =>
        Of(first, second, (one, other) => number(ShiftComparison.Of(one, other)));

    /// <summary>A number of two conditions paired by query; without a query where either answer did not end.</summary>
    /// <param name="first">One condition's answers.</param>
    /// <param name="second">The other's, to the same queries.</param>
    /// <param name="measure">The number: <c>(a, b) => ShiftComparison.Of(a, b).Micro.Shifted</c>.</param>
    public static BothWays Of(
        IReadOnlyList<ShiftedAnswer> first, IReadOnlyList<ShiftedAnswer> second,
        Func<IReadOnlyList<ShiftedAnswer>, IReadOnlyList<ShiftedAnswer>, Estimate> measure)
    {
        var (one, other) = Endings.InBoth(first, second);
        var cut = first.Count - one.Count;
        return new(measure(first, second), cut > 0 && one.Count > 0 ? measure(one, other) : null, cut);
    }

    /// <summary>The mean of a number over all positions, pooled.</summary>
    /// <param name="answers">All answers.</param>
    /// <param name="value">The number: <c>p => p.KlAlignedBase</c>.</param>
    /// <param name="withEos">Whether end-of-sequence tokens count.</param>
    public static BothWays Mean(IReadOnlyList<ShiftedAnswer> answers, Func<PositionShift, double> value, bool withEos = true) =>
        Of(answers, some => ShiftGroups.Mean(some, (_, _) => "", value, withEos)[0].Value);

    /// <summary>The share of all positions of which something holds, pooled.</summary>
    /// <param name="answers">All answers.</param>
    /// <param name="holds">What may hold of a position: <c>p => p.IsShifted</c>.</param>
    /// <param name="withEos">Whether end-of-sequence tokens count.</param>
    public static BothWays Share(IReadOnlyList<ShiftedAnswer> answers, Func<PositionShift, bool> holds, bool withEos = true) =>
        Mean(answers, p => holds(p) ? 1 : 0, withEos);

    /// <summary>Two numbers that were measured apart: over all answers, and over those that ended (the same where all did).</summary>
    public static BothWays Of(Estimate all, Estimate ended) => new(all, ended.N < all.N ? ended : null, all.N - ended.N);

    /// <summary>A number that knows nothing of endings.</summary>
    public static implicit operator BothWays(Estimate measured) => new(measured, null, 0);

    /// <summary>
    /// Both numbers as a reader sees them: <c>0.540 [0.513, 0.565] n=360; without the 11 that did not end 0.500 [0.484, 0.516] n=349</c>.
    /// </summary>
    public override string ToString() => Written(estimate => estimate.ToString());

    /// <summary>Both numbers, each in the words given.</summary>
    internal string Written(Func<Estimate, string> show) => (NotEnded, Ended) switch
    {
        (0, _) => show(All),
        (_, null) => $"{show(All)}; none of the answers ended",
        (_, { } ended) => $"{show(All)}; without the {NotEnded} that did not end {show(ended)}",
    };
}
