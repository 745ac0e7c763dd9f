namespace Urial;

/// <summary>
/// Confidence intervals by resampling whole units (queries, answers) with replacement: positions within one answer
/// depend on each other, answers to different queries do not. Percentile intervals; the same seed gives the same interval.
/// </summary>
public static class Bootstrap
{
    /// <summary>Resamples drawn unless told otherwise.</summary>
    public const int DefaultResamples = 2000;

    /// <summary>Confidence level unless told otherwise.</summary>
    public const double DefaultLevel = 0.95;

    /// <summary>The mean over units: of answers' shares, of scores.</summary>
    /// <param name="values">One number per unit.</param>
    /// <param name="resamples">How many samples of the same size are drawn.</param>
    /// <param name="level">Confidence level, 0 to 1.</param>
    /// <param name="seed">The draw's seed.</param>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    public static Estimate Mean(IReadOnlyList<double> values, int resamples = DefaultResamples, double level = DefaultLevel, int seed = 0)
    {
        var ones = new double[values.Count];
        Array.Fill(ones, 1);
        return Ratio(values, ones, resamples, level, seed);
    }

    /// <summary>
    /// The mean of a − b over units measured twice (one query under two models), with the pairs kept together.
    /// </summary>
    /// <param name="a">One number per unit.</param>
    /// <param name="b">The same unit's other number.</param>
    /// <param name="resamples">How many samples of the same size are drawn.</param>
    /// <param name="level">Confidence level, 0 to 1.</param>
    /// <param name="seed">The draw's seed.</param>
    /// <exception cref="ArgumentException">The lists are empty or differ in length, or a number is not finite.</exception>
    public static Estimate Difference(
        IReadOnlyList<double> a, IReadOnlyList<double> b, int resamples = DefaultResamples, double level = DefaultLevel, int seed = 0)
    {
        CheckPaired(a, b);
        return Mean([.. a.Zip(b, (x, y) => x - y)], resamples, level, seed);
    }

    /// <summary>
    /// A ratio of sums over units: a pooled share is (shifted positions) / (positions), each summed over answers.
    /// A resample whose denominators sum to 0 says nothing and is drawn again.
    /// </summary>
    /// <param name="numerators">One number per unit.</param>
    /// <param name="denominators">One number per unit, 0 or more.</param>
    /// <param name="resamples">How many samples of the same size are drawn.</param>
    /// <param name="level">Confidence level, 0 to 1.</param>
    /// <param name="seed">The draw's seed.</param>
    /// <exception cref="ArgumentException">
    /// The lists are empty or differ in length, a number is not finite, a denominator is negative, or all are 0.
    /// </exception>
    public static Estimate Ratio(
        IReadOnlyList<double> numerators, IReadOnlyList<double> denominators,
        int resamples = DefaultResamples, double level = DefaultLevel, int seed = 0)
    {
        CheckPaired(numerators, denominators);
        CheckSettings(resamples, level);
        if (denominators.Any(d => d < 0) || denominators.Sum() <= 0)
            throw new ArgumentException("A ratio of sums needs denominators of 0 or more, and one above 0.", nameof(denominators));
        double[] top = [.. numerators], bottom = [.. denominators]; // arrays: the inner loop runs millions of times
        var units = UnitDraws.Of(top.Length, resamples, seed);
        var draws = new double[resamples];
        for (var r = 0; r < resamples; r++)
        {
            double above, below;
            do
            {
                (above, below) = (0, 0);
                for (var i = 0; i < top.Length; i++)
                {
                    var unit = units.Next();
                    above += top[unit];
                    below += bottom[unit];
                }
            }
            while (below <= 0);
            draws[r] = above / below;
        }
        return new Estimate(top.Sum() / bottom.Sum(), Percentile(draws, level), top.Length);
    }

    /// <summary>Any statistic of a sample of units.</summary>
    /// <param name="n">How many units there are.</param>
    /// <param name="statistic">The statistic of the units whose 0-based indices it is given; an index may come repeatedly.</param>
    /// <param name="resamples">How many samples of the same size are drawn.</param>
    /// <param name="level">Confidence level, 0 to 1.</param>
    /// <param name="seed">The draw's seed.</param>
    /// <exception cref="ArgumentException">There are no units, or the statistic is not finite.</exception>
    public static Estimate Of(
        int n, Func<IReadOnlyList<int>, double> statistic, int resamples = DefaultResamples, double level = DefaultLevel, int seed = 0)
    {
        CheckSettings(resamples, level);
        if (n < 1)
            throw new ArgumentException("A bootstrap needs at least one unit.", nameof(n));
        var units = UnitDraws.Of(n, resamples, seed);
        var draws = new double[resamples];
        var sample = new int[n];
        for (var r = 0; r < resamples; r++)
        {
            for (var i = 0; i < n; i++)
                sample[i] = units.Next();
            draws[r] = statistic(sample);
        }
        return new Estimate(statistic([.. Enumerable.Range(0, n)]), Percentile(draws, level), n);
    }

    /// <summary>
    /// Several statistics of the same resamples: the points of a curve, the difference of two ratios. A statistic may be undefined
    /// (NaN) for some resamples, such as a precision where nothing was flagged; those draws are left out of its interval.
    /// </summary>
    /// <param name="n">How many units there are.</param>
    /// <param name="count">How many statistics.</param>
    /// <param name="statistics">Given how often each unit was drawn // [n], fills in the statistics // [count].</param>
    /// <param name="resamples">How many samples of the same size are drawn.</param>
    /// <param name="level">Confidence level, 0 to 1.</param>
    /// <param name="seed">The draw's seed.</param>
    /// <returns>One estimate for each statistic; null where it is undefined for the units as they are.</returns>
    /// <exception cref="ArgumentException">There are no units, or a statistic is infinite.</exception>
    public static Estimate?[] Many(
        int n, int count, Action<int[], double[]> statistics, int resamples = DefaultResamples, double level = DefaultLevel, int seed = 0)
    {
        CheckSettings(resamples, level);
        if (n < 1)
            throw new ArgumentException("A bootstrap needs at least one unit.", nameof(n));
        var units = UnitDraws.Of(n, resamples, seed);
        var draws = new double[count][];
        for (var c = 0; c < count; c++)
            draws[c] = new double[resamples];
        var (drawn, values) = (new int[n], new double[count]);
        for (var r = 0; r < resamples; r++)
        {
            Array.Clear(drawn);
            for (var i = 0; i < n; i++)
                drawn[units.Next()]++;
            statistics(drawn, values);
            for (var c = 0; c < count; c++)
                draws[c][r] = values[c];
        }
        Array.Fill(drawn, 1);
        statistics(drawn, values);
        return [.. values.Select((value, c) => double.IsNaN(value) ? null
            : new Estimate(value, Percentile([.. draws[c].Where(draw => !double.IsNaN(draw))], level), n))];
    }

    /// <summary>
    /// The middle part of the draws that holds <paramref name="level"/> of them, between order statistics by straight line.
    /// </summary>
    private static Interval Percentile(double[] draws, double level)
    {
        if (!draws.All(double.IsFinite))
            throw new ArgumentException("A statistic of a resample is not a finite number.");
        Array.Sort(draws);
        return new Interval(At((1 - level) / 2), At((1 + level) / 2), level);

        double At(double quantile)
        {
            var place = quantile * (draws.Length - 1);
            var below = (int)place;
            return below + 1 < draws.Length
                ? draws[below] + (place - below) * (draws[below + 1] - draws[below])
                : draws[below];
        }
    }

    private static void CheckPaired(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        if (a.Count != b.Count)
            throw new ArgumentException($"Paired lists must be of one length, not {a.Count} and {b.Count}.");
        if (a.Count == 0)
            throw new ArgumentException("A bootstrap needs at least one unit.");
        if (!a.Concat(b).All(double.IsFinite))
            throw new ArgumentException("A bootstrap needs finite numbers.");
    }

    private static void CheckSettings(int resamples, double level)
    {
        if (resamples < 1)
            throw new ArgumentOutOfRangeException(nameof(resamples), resamples, "At least one resample is needed.");
        if (!(level > 0 && level < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "A confidence level lies between 0 and 1.");
    }
}
