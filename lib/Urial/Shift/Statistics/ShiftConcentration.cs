namespace Urial;

/// <summary>
/// Whether the shift is spread over all positions or sits in a few: what share of the summed KL(aligned‖base) belongs to the
/// positions with the largest KL. A Lorenz curve, read from the top.
/// </summary>
public static class ShiftConcentration
{
    /// <summary>The share of the sum that sits in the most shifted positions, for each share of positions.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="positions">Shares of positions, above 0 and at most 1.</param>
    /// <param name="value">The number, 0 or more; null: KL(aligned‖base). The positions where it is largest are the most shifted.</param>
    /// <param name="withEos">Whether end-of-sequence tokens count.</param>
    /// <param name="resamples">Bootstrap resamples over answers.</param>
    /// <exception cref="ArgumentException">A share is out of its range, a value negative, or all values are 0.</exception>
    public static IReadOnlyList<ConcentrationPoint> Of(
        IReadOnlyList<ShiftedAnswer> answers, IReadOnlyList<double> positions, Func<PositionShift, double>? value = null,
        bool withEos = true, int resamples = Bootstrap.DefaultResamples)
    {
        value ??= p => p.KlAlignedBase;
        if (positions.Count == 0 || positions.Any(share => !(share > 0 && share <= 1)))
            throw new ArgumentException("Shares of positions lie above 0 and at most at 1, and at least one is needed.", nameof(positions));
        var kept = answers.Select(a => a.Positions.Where(p => withEos || !p.IsEos).Select(value).ToArray())
            .Where(values => values.Length > 0).ToArray();
        var ordered = kept.SelectMany((values, answer) => values.Select(v => (Value: v, Answer: answer))).OrderByDescending(p => p.Value)
            .ToArray();
        if (ordered.Length == 0 || ordered[0].Value <= 0 || ordered[^1].Value < 0)
            throw new ArgumentException("A concentration needs values of 0 or more, and one above 0.", nameof(answers));
        var order = positions.Index().OrderBy(p => p.Item).Select(p => p.Index).ToArray();
        var estimates = Bootstrap.Many(kept.Length, positions.Count, Statistics, resamples);
        return [.. positions.Select((share, i) => new ConcentrationPoint(share, estimates[i]!))];

        void Statistics(int[] drawn, double[] shares)
        {
            long count = 0;
            var sum = 0.0;
            foreach (var (v, answer) in ordered)
                (count, sum) = (count + drawn[answer], sum + drawn[answer] * v);
            if (sum <= 0)
            {
                Array.Fill(shares, double.NaN); // nothing shifted in any answer drawn
                return;
            }
            var (seen, above, next) = (0.0, 0.0, 0);
            foreach (var (v, answer) in ordered)
            {
                // A cut inside the drawn copies of a position takes the part of them that fits.
                for (; next < order.Length && seen + drawn[answer] >= positions[order[next]] * count; next++)
                    shares[order[next]] = (above + (positions[order[next]] * count - seen) * v) / sum;
                (seen, above) = (seen + drawn[answer], above + drawn[answer] * v);
            }
            for (; next < order.Length; next++)
                shares[order[next]] = 1; // a share of 1 that rounding put beyond the last position
        }
    }
}
