namespace Urial;

/// <summary>The number that a chapter comes to, as its reader should remember it: in words, with interval and n.</summary>
public sealed record MainNumber
{
    private readonly double _scale;
    private readonly int _digits;

    private MainNumber(string what, BothWays measured, string unit, double scale, int digits)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(what);
        (What, Measured, Unit, _scale, _digits) = (what, measured, unit, scale, digits);
    }

    /// <summary>What was measured, in words.</summary>
    public string What { get; }

    /// <summary>The measurement, with and without answers that did not end where somebody told them apart.</summary>
    public BothWays Measured { get; }

    /// <summary>The unit, as it stands behind the number: <c>%</c>, <c>nats</c>; empty for none.</summary>
    public string Unit { get; }

    /// <summary>A share, shown in per cent.</summary>
    /// <param name="what">What was measured, in words.</param>
    /// <param name="measured">The share, 0 to 1.</param>
    /// <exception cref="ArgumentException">No words are given.</exception>
    public static MainNumber Share(string what, BothWays measured) => new(what, measured, "%", 100, 1);

    /// <summary>A difference of two shares, shown in percentage points.</summary>
    /// <param name="what">What was measured, in words.</param>
    /// <param name="measured">The difference, −1 to 1.</param>
    /// <exception cref="ArgumentException">No words are given.</exception>
    public static MainNumber Difference(string what, BothWays measured) => new(what, measured, "percentage points", 100, 1);

    /// <summary>A number in a unit of its own.</summary>
    /// <param name="what">What was measured, in words.</param>
    /// <param name="measured">The number.</param>
    /// <param name="unit">Its unit: <c>nats</c>, <c>points of 5</c>; empty for none.</param>
    /// <param name="digits">Decimals.</param>
    /// <exception cref="ArgumentException">No words are given.</exception>
    public static MainNumber Of(string what, BothWays measured, string unit = "", int digits = 2) => new(what, measured, unit, 1, digits);

    /// <summary>
    /// The number with interval and n: <c>41.0 % [38.6, 43.5], n = 360; without the 11 that did not end 44.7 % [42.9, 46.4], n = 349</c>.
    /// </summary>
    public string Written => Measured.Written(estimate =>
        $"{Digits(estimate.Value)}{(Unit.Length > 0 ? " " + Unit : "")} [{Digits(estimate.Interval.Low)}, "
            + $"{Digits(estimate.Interval.High)}], n = {Numbers.Count(estimate.N)}");

    /// <summary>What was measured, and the number.</summary>
    public override string ToString() => $"{What}: {Written}";

    private string Digits(double value) => Numbers.Fixed(_scale * value, _digits);
}
