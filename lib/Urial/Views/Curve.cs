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
    /// <param name="resamples">Bootstrap resamples at each position.</param>
    /// <exception cref="ArgumentException">No position is reached by enough answers.</exception>
    public static Curve ByPosition(
        string name, IReadOnlyList<ShiftedAnswer> answers, Func<PositionShift, double> value, int atLeast = 10, int resamples = 500)
    {
        var points = new List<CurvePoint>();
        for (var t = 0; ; t++)
        {
            var values = answers.Where(answer => answer.Positions.Count > t).Select(answer => value(answer.Positions[t])).ToArray();
            if (values.Length == 0 || values.Length < atLeast)
                break;
            var mean = Bootstrap.Mean(values, resamples);
            points.Add(new CurvePoint(t, mean.Value, mean.Interval, values.Length));
        }
        return points.Count > 0
            ? new Curve(name, points)
            : throw new ArgumentException($"The curve '{name}' needs {atLeast} answers at a position, and there are {answers.Count}.");
    }
}
