namespace Urial;

/// <summary>Wilson's score interval for a proportion: unlike the normal one it does not collapse at 0 or 1.</summary>
public static class Wilson
{
    // 0.975 quantile of the standard normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>The share of successes with its 95 % interval.</summary>
    /// <exception cref="ArgumentException">There are no trials, or the hits are not between 0 and n.</exception>
    public static Estimate Share(int hits, int n) => new((double)hits / n, Of(hits, n), n);

    /// <summary>The 95 % interval of <paramref name="hits"/> successes in <paramref name="n"/> trials.</summary>
    /// <exception cref="ArgumentException">There are no trials, or the hits are not between 0 and n.</exception>
    public static Interval Of(int hits, int n)
    {
        if (n < 1 || hits < 0 || hits > n)
            throw new ArgumentException($"A proportion needs 0 <= hits <= n and n >= 1, not {hits} hits in {n} trials.");
        double p = (double)hits / n, spread = Z * Z / n;
        var centre = (p + spread / 2) / (1 + spread);
        var half = Z * Math.Sqrt(p * (1 - p) / n + spread / (4.0 * n)) / (1 + spread);
        // At 0 and n hits one end is exactly 0 or 1; rounding must not push it out.
        return new Interval(hits == 0 ? 0 : Math.Max(0, centre - half), hits == n ? 1 : Math.Min(1, centre + half), .95);
    }
}
