namespace Urial;

/// <summary>
/// How a number goes along the answer (paper, Figure 4). Fewer and fewer answers reach the later positions, and they are other
/// answers than those at the first: the mean can move because the answers change (survivor bias). So every point carries its n,
/// and a curve can be kept to the answers of at least some length, which are the same answers at every point.
/// </summary>
public static class PositionCurve
{
    /// <summary>The mean of a number at each position over the answers that reach it, with a bootstrap interval over answers.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="value">The number: <c>p => p.KlAlignedBase</c>.</param>
    /// <param name="atLeast">Positions that fewer answers reach are left out: a tail of three answers says little.</param>
    /// <param name="survivors">Only answers of at least this many tokens count, and the curve ends there; 0: all answers.</param>
    /// <param name="resamples">Bootstrap resamples at each position.</param>
    /// <exception cref="ArgumentException">No position is reached by enough answers.</exception>
    public static IReadOnlyList<PositionPoint> Of(
        IReadOnlyList<ShiftedAnswer> answers, Func<PositionShift, double> value, int atLeast = 10, int survivors = 0, int resamples = 500)
    {
        PositionShift[][] rows = [.. answers.Select(a => a.Positions.ToArray()).Where(positions => positions.Length >= survivors)];
        if (survivors > 0)
            rows = [.. rows.Select(positions => positions[..survivors])];
        return Points(rows, value, atLeast, resamples);
    }

    /// <summary>The same inside one part of the answers, its first token being position 0.</summary>
    /// <param name="answers">Answers with segments.</param>
    /// <param name="segment">The part: <c>body</c>.</param>
    /// <param name="value">The number.</param>
    /// <param name="atLeast">Positions that fewer answers reach are left out.</param>
    /// <param name="resamples">Bootstrap resamples at each position.</param>
    /// <exception cref="ArgumentException">An answer has no segments, or no position is reached by enough answers.</exception>
    public static IReadOnlyList<PositionPoint> Within(
        IReadOnlyList<ShiftedAnswer> answers, string segment, Func<PositionShift, double> value, int atLeast = 10, int resamples = 500)
    {
        if (answers.FirstOrDefault(a => a.Segments is null) is { } bare)
            throw new ArgumentException($"Answer {bare.Id} does not say which tokens are its {segment}.", nameof(answers));
        return Points([.. answers.Select(a => a.Positions.Where((_, i) => a.Segments![i] == segment).ToArray())], value, atLeast,
            resamples);
    }

    /// <summary>
    /// Whether a number is another in the first positions than later: for each answer its mean over the first few less its mean over all
    /// later ones, averaged over the answers that have later ones.
    /// </summary>
    /// <param name="answers">The answers.</param>
    /// <param name="value">The number.</param>
    /// <param name="first">How many positions are the first few.</param>
    /// <param name="segment">Only inside this part of the answers; null: everywhere.</param>
    /// <exception cref="ArgumentException">No answer is long enough.</exception>
    public static Estimate EarlyLessLate(IReadOnlyList<ShiftedAnswer> answers, Func<PositionShift, double> value, int first = 5,
        string? segment = null) =>
        Bootstrap.Mean([.. answers
            .Select(a => Inside(a, segment))
            .Where(positions => positions.Length > first)
            .Select(positions => positions.Take(first).Average(value) - positions.Skip(first).Average(value))]);

    /// <summary>The mean of a number over a window of positions, over the answers that reach the window's end.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="value">The number.</param>
    /// <param name="from">First position, 0-based.</param>
    /// <param name="to">Last position.</param>
    /// <param name="segment">Only inside this part of the answers, its first token being position 0; null: everywhere.</param>
    /// <exception cref="ArgumentException">No answer reaches the window's end.</exception>
    public static Estimate Window(
        IReadOnlyList<ShiftedAnswer> answers, Func<PositionShift, double> value, int from, int to, string? segment = null) =>
        Bootstrap.Mean([.. answers
            .Select(a => Inside(a, segment))
            .Where(positions => positions.Length > to)
            .Select(positions => positions[from..(to + 1)].Average(value))]);

    private static PositionShift[] Inside(ShiftedAnswer answer, string? segment) =>
        [.. answer.Positions.Where((_, i) => segment is null || answer.Segments?[i] == segment)];

    private static List<PositionPoint> Points(PositionShift[][] rows, Func<PositionShift, double> value, int atLeast, int resamples)
    {
        var points = new List<PositionPoint>();
        for (var t = 0; ; t++)
        {
            var values = rows.Where(positions => positions.Length > t).Select(positions => value(positions[t])).ToArray();
            if (values.Length == 0 || values.Length < atLeast)
                break;
            points.Add(new PositionPoint(t, Bootstrap.Mean(values, resamples)));
        }
        return points.Count > 0
            ? points
            : throw new ArgumentException($"A curve needs {Math.Max(1, atLeast)} answers at a position, and there "
                + $"are {rows.Count(positions => positions.Length > 0)}.");
    }
}
