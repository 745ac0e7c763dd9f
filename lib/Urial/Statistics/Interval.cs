namespace Urial;

/// <summary>A confidence interval.</summary>
public sealed record Interval
{
    /// <summary>An interval from <paramref name="low"/> to <paramref name="high"/>.</summary>
    /// <exception cref="ArgumentException">The ends are crossed or NaN, or the level is not between 0 and 1.</exception>
    public Interval(double low, double high, double level)
    {
        if (!(low <= high))
            throw new ArgumentException(FormattableString.Invariant($"An interval's low end {low} must not exceed its high end {high}."));
        if (!(level > 0 && level < 1))
            throw new ArgumentException(FormattableString.Invariant($"A confidence level lies between 0 and 1, not at {level}."));
        (Low, High, Level) = (low, high, level);
    }

    /// <summary>The low end.</summary>
    public double Low { get; }

    /// <summary>The high end.</summary>
    public double High { get; }

    /// <summary>The confidence level, 0 to 1: 0.95 for a 95 % interval.</summary>
    public double Level { get; }

    /// <summary>Whether <paramref name="value"/> lies inside, the ends included.</summary>
    public bool Contains(double value) => Low <= value && value <= High;

    /// <summary>The two ends as a reader sees them: <c>[0.123, 0.234]</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"[{Low:F3}, {High:F3}]");
}
