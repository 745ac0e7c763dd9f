namespace Urial;

/// <summary>A measured number with what it takes to believe it.</summary>
/// <param name="Value">The statistic of the whole sample.</param>
/// <param name="Interval">Its interval: the bootstrap's, or Wilson's (<see cref="Wilson.Share"/>).</param>
/// <param name="N">How many independent units (queries, answers) it rests on.</param>
public sealed record Estimate(double Value, Interval Interval, int N)
{
    /// <summary>The share of the units that something holds of; the interval resamples them.</summary>
    /// <param name="units">Queries or answers.</param>
    /// <param name="holds">What may hold of one.</param>
    /// <exception cref="ArgumentException">There are no units.</exception>
    public static Estimate Share<T>(IEnumerable<T> units, Func<T, bool> holds) => Mean(units, unit => holds(unit) ? 1 : 0);

    /// <summary>The mean of a number over the units; the interval resamples them.</summary>
    /// <param name="units">Queries or answers.</param>
    /// <param name="value">The number of one.</param>
    /// <exception cref="ArgumentException">There are no units, or a number is not finite.</exception>
    public static Estimate Mean<T>(IEnumerable<T> units, Func<T, double> value) => Bootstrap.Mean([.. units.Select(value)]);

    /// <summary>A ratio of two sums over the units: positions of one sort among those of another, answer by answer.</summary>
    /// <param name="units">Queries or answers.</param>
    /// <param name="part">What is summed above.</param>
    /// <param name="whole">What is summed below, 0 or more.</param>
    /// <exception cref="ArgumentException">There are no units, a number is not finite, or all below are 0.</exception>
    public static Estimate Ratio<T>(IEnumerable<T> units, Func<T, double> part, Func<T, double> whole)
    {
        T[] counted = [.. units];
        return Bootstrap.Ratio([.. counted.Select(part)], [.. counted.Select(whole)]);
    }

    /// <summary>The mean of a number over units measured twice, first less second, with the pairs kept together.</summary>
    /// <param name="first">The units under one condition.</param>
    /// <param name="second">The same units, in the same order, under another.</param>
    /// <param name="value">The number of one.</param>
    /// <exception cref="ArgumentException">The lists are empty or differ in length, or a number is not finite.</exception>
    public static Estimate Difference<T>(IEnumerable<T> first, IEnumerable<T> second, Func<T, double> value) =>
        Bootstrap.Difference([.. first.Select(value)], [.. second.Select(value)]);

    /// <summary>The number as a reader sees it: <c>0.778 [0.741, 0.812] n=300</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Value:F3} {Interval} n={N}");
}
