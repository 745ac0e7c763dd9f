namespace Urial;

/// <summary>
/// What two rows of Table 1 can say of each other while the scores behind them are not public. Scores lie between 1 and 5, so a mean
/// m allows a standard deviation of at most √((5 − m)(m − 1)): all answers a 1 or a 5. Two arms on the same queries differ with a standard
/// deviation of at most the sum of theirs. An interval that allows for both, and for rounding, is the widest there can be: what it
/// excludes, no hidden score could bring back. It is a normal approximation, fair at 200 and 800 queries away from the ends of the scale.
/// </summary>
public static class MeansAlone
{
    /// <summary>Queries behind a general aspect's mean (paper, section 4.1).</summary>
    public const int GeneralQueries = 800;

    /// <summary>Queries behind the safety mean.</summary>
    public const int SafetyQueries = 200;

    private const double Normal95 = 1.959963984540054;
    private const double Rounding = 0.005; // means are printed with two decimals

    /// <summary>The difference first − second of an aspect, with its widest 95 % interval.</summary>
    /// <param name="first">A row with the aspect's column.</param>
    /// <param name="second">Another.</param>
    /// <param name="aspect">The aspect.</param>
    /// <exception cref="UrialException">A row lacks the column, or its mean is not between 1 and 5.</exception>
    public static Estimate Difference(PublishedRow first, PublishedRow second, Aspect aspect)
    {
        var n = aspect == Aspect.Safety ? SafetyQueries : GeneralQueries;
        return Around(first[aspect] - second[aspect], HalfWidth(first, second, aspect), n);
    }

    /// <summary>
    /// The difference first − second of the mean over the six aspects, with its widest 95 % interval; n counts all queries.
    /// </summary>
    /// <remarks>A standard deviation of a mean is at most the mean of the standard deviations, whatever goes with what.</remarks>
    /// <inheritdoc cref="Difference"/>
    public static Estimate DifferenceOfAverages(PublishedRow first, PublishedRow second) => Around(
        Aspects.All.Average(aspect => first[aspect] - second[aspect]),
        Aspects.All.Average(aspect => HalfWidth(first, second, aspect)), GeneralQueries + SafetyQueries);

    private static double HalfWidth(PublishedRow first, PublishedRow second, Aspect aspect)
    {
        var n = aspect == Aspect.Safety ? SafetyQueries : GeneralQueries;
        return Normal95 * (WidestDeviation(first, aspect) + WidestDeviation(second, aspect)) / Math.Sqrt(n - 1) + 2 * Rounding;
    }

    private static double WidestDeviation(PublishedRow row, Aspect aspect)
    {
        var mean = row[aspect];
        if (mean is not (>= 1 and <= 5))
            throw new UrialException(FormattableString.Invariant(
                $"{row.Name} has {mean} for {aspect.Name()}: Just-Eval's means lie between 1 and 5. Another scale needs another bound."));
        var nearest = mean > 3 ? Math.Max(3, mean - Rounding) : Math.Min(3, mean + Rounding); // the unrounded mean that allows most
        return Math.Sqrt((5 - nearest) * (nearest - 1));
    }

    private static Estimate Around(double value, double half, int n) =>
        new(value, new Interval(value - half, value + half, Bootstrap.DefaultLevel), n);
}
