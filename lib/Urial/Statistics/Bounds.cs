using System.Globalization;

namespace Urial;

/// <summary>What is certain of a number that is not known exactly: it is neither below one value nor above another.</summary>
/// <param name="Low">The least that it can be.</param>
/// <param name="High">The most that it can be; +∞ where nothing limits it.</param>
public readonly record struct Bounds(double Low, double High)
{
    /// <summary>Whether the number is known.</summary>
    public bool IsExact => Low == High;

    /// <summary>The number where it is known, else NaN.</summary>
    public double Value => IsExact ? Low : double.NaN;

    /// <summary>A number that is known.</summary>
    public static Bounds Exactly(double value) => new(value, value);

    /// <summary>Whether a value lies within, up to rounding.</summary>
    /// <param name="value">The value.</param>
    /// <param name="tolerance">How far outside it may lie, absolutely and as a share of the value.</param>
    internal bool Hold(double value, double tolerance) =>
        value >= Low - tolerance * (1 + Math.Abs(Low)) && (High == double.PositiveInfinity || value <= High + tolerance * (1 + High));

    /// <inheritdoc/>
    public override string ToString() => IsExact ? string.Create(CultureInfo.InvariantCulture, $"{Low:0.####}")
        : string.Create(CultureInfo.InvariantCulture, $"{Low:0.####} to {(double.IsPositiveInfinity(High) ? "∞" : $"{High:0.####}")}");
}
