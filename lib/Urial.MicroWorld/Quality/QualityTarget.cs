namespace Urial.MicroWorld;

/// <summary>What a cell's rate should reach (issue 6), kept beside what it did reach.</summary>
/// <param name="Bound">The bound, 0 to 1.</param>
/// <param name="AtMost">True where the rate should stay at or below the bound, false where it should be at or above it.</param>
public sealed record QualityTarget(double Bound, bool AtMost)
{
    /// <summary>A rate of at least <paramref name="bound"/>.</summary>
    public static QualityTarget AtLeast(double bound) => new(bound, false);

    /// <summary>A rate of at most <paramref name="bound"/>.</summary>
    public static QualityTarget NoMore(double bound) => new(bound, true);

    /// <summary>Whether a rate meets the target. Rates are compared as they are, without rounding.</summary>
    public bool MetBy(double rate) => AtMost ? rate <= Bound : rate >= Bound;

    /// <summary>The target as a table shows it: <c>≥ 0.97</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{(AtMost ? "≤" : "≥")} {Bound:0.00}");
}
