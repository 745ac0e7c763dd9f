namespace Urial;

/// <summary>A named line of a chart.</summary>
public sealed record Curve
{
    /// <summary>A curve through <paramref name="points"/>.</summary>
    /// <exception cref="ArgumentException">There is no point, or the points do not go from left to right.</exception>
    public Curve(string name, IReadOnlyList<CurvePoint> points)
    {
        if (points.Count == 0)
            throw new ArgumentException($"The curve '{name}' has no points.");
        for (var i = 1; i < points.Count; i++)
            if (!(points[i - 1].X < points[i].X))
                throw new ArgumentException(FormattableString.Invariant(
                    $"The curve '{name}' must go from left to right, but {points[i - 1].X} comes before {points[i].X}."));
        (Name, Points) = (name, points);
    }

    /// <summary>What the line is called in the legend.</summary>
    public string Name { get; }

    /// <summary>The points from left to right.</summary>
    public IReadOnlyList<CurvePoint> Points { get; }

    /// <summary>
    /// The mean of a number at each position over the answers that reach it, with a bootstrap interval over answers.
    /// Positions that fewer than <paramref name="atLeast"/> answers reach are left out: a tail of three answers says little.
    /// </summary>
    /// <param name="name">What the line is called.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="value">The number: <c>p => p.KlAlignedBase</c>.</param>
    /// <param name="atLeast">How many answers a position needs.</param>
    /// <param name="survivors">Only answers of at least this many tokens count, and the line ends there; 0: all answers.</param>
    /// <param name="resamples">Bootstrap resamples at each position.</param>
    /// <exception cref="ArgumentException">No position is reached by enough answers.</exception>
    public static Curve ByPosition(
        string name, IReadOnlyList<ShiftedAnswer> answers, Func<PositionShift, double> value, int atLeast = 10, int survivors = 0,
        int resamples = 500) =>
        Of(name, PositionCurve.Of(answers, value, atLeast, survivors, resamples));

    /// <summary>
    /// A pair's line and, beside it, that of the prompt alone (<see cref="PromptControl"/>); where some answers did not end, also the line
    /// of those that did.
    /// </summary>
    /// <param name="name">What the pair's line is called.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="control">The same answers as <see cref="PromptControl"/> scores them.</param>
    /// <param name="value">The number.</param>
    /// <param name="atLeast">How many answers a position needs.</param>
    public static IReadOnlyList<Curve> WithControl(
        string name, IReadOnlyList<ShiftedAnswer> answers, IReadOnlyList<ShiftedAnswer> control, Func<PositionShift, double> value,
        int atLeast = 30) =>
    [
        ByPosition(name, answers, value, atLeast),
        ByPosition("prompt alone", control, value, atLeast),
        .. Endings.Divide(answers) ? [ByPosition($"{name}, {ShareRow.EndedOnly}", answers.ThatEnded(), value, atLeast)]
            : Array.Empty<Curve>(),
    ];

    /// <summary>A line for each part of the answers, its first token being position 0 (<see cref="PositionCurve.Within"/>).</summary>
    /// <param name="parts">The parts: <c>opener</c>, <c>body</c>.</param>
    /// <param name="answers">Answers with segments.</param>
    /// <param name="value">The number.</param>
    /// <param name="atLeast">How many answers a position needs.</param>
    public static IReadOnlyList<Curve> Within(
        IReadOnlyList<string> parts, IReadOnlyList<ShiftedAnswer> answers, Func<PositionShift, double> value, int atLeast = 10) =>
        [.. parts.Select(part => Of(part, PositionCurve.Within(answers, part, value, atLeast)))];

    /// <summary>A line through points that were worked out before.</summary>
    public static Curve Of(string name, IReadOnlyList<PositionPoint> points) =>
        new(name, [.. points.Select(point => new CurvePoint(point.Position, point.Value.Value, point.Value.Interval, point.Value.N))]);
}
