namespace Urial;

/// <summary>
/// How well a rank tells what a token is: precision and recall of "shifted ⇒ style" and its like, at every threshold. The intervals
/// resample whole answers; all thresholds see the same resamples.
/// </summary>
public static class ShiftDetection
{
    /// <summary>Precision and recall of "base rank above the threshold ⇒ sought".</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="sought">Whether a position (answer, 0-based index) is sought: its label is style, say.</param>
    /// <param name="thresholds">Thresholds, 0 or more; null: 0 and every base rank that occurs, which changes something.</param>
    /// <param name="withEos">Whether end-of-sequence tokens count.</param>
    /// <param name="resamples">Bootstrap resamples.</param>
    /// <exception cref="ArgumentException">There is no position to count, or a threshold is negative.</exception>
    public static IReadOnlyList<ThresholdPoint> Of(
        IReadOnlyList<ShiftedAnswer> answers, Func<ShiftedAnswer, int, bool> sought, IReadOnlyList<int>? thresholds = null,
        bool withEos = true, int resamples = Bootstrap.DefaultResamples)
    {
        var counted = answers.Select(answer => answer.Positions.Index()
            .Where(p => withEos || !p.Item.IsEos)
            .Select(p => (Rank: p.Item.BaseRank, Sought: sought(answer, p.Index))).ToArray()).Where(positions => positions.Length > 0)
            .ToArray();
        if (counted.Length == 0)
            throw new ArgumentException($"None of the {answers.Count} answers has a position that counts.", nameof(answers));
        int[] at = thresholds is null
            ? [0, .. counted.SelectMany(positions => positions.Select(p => p.Rank)).Distinct().Order().SkipLast(1)]
            : [.. thresholds.Distinct().Order()];
        if (at.Length == 0 || at[0] < 0)
            throw new ArgumentException("Thresholds are 0 or more, and at least one is needed.", nameof(thresholds));

        // Each position adds to the highest threshold that is below its rank; sums from the right then count all flagged ones.
        var places = counted.Select(positions => positions
            .Select(p => (Place: Below(at, p.Rank), p.Sought))
            .GroupBy(p => p.Place)
            .Select(g => (Place: g.Key, All: g.Count(), Hits: g.Count(p => p.Sought))).ToArray()).ToArray();
        var (flagged, right) = (new long[at.Length], new long[at.Length]);
        long all = 0;
        var estimates = Bootstrap.Many(counted.Length, 2 * at.Length, Statistics, resamples);
        Statistics([.. Enumerable.Repeat(1, counted.Length)], new double[2 * at.Length]); // the counts of the answers as they are
        return [.. at.Select((threshold, t) => new ThresholdPoint(
            threshold, (int)flagged[t], (int)right[t], (int)all, estimates[2 * t], estimates[2 * t + 1]))];

        void Statistics(int[] drawn, double[] values)
        {
            Array.Clear(flagged);
            Array.Clear(right);
            all = 0;
            for (var a = 0; a < drawn.Length; a++)
                if (drawn[a] > 0)
                    foreach (var (place, count, hits) in places[a])
                    {
                        all += drawn[a] * hits;
                        if (place < 0)
                            continue;
                        flagged[place] += drawn[a] * count;
                        right[place] += drawn[a] * hits;
                    }
            for (var t = at.Length - 2; t >= 0; t--)
                (flagged[t], right[t]) = (flagged[t] + flagged[t + 1], right[t] + right[t + 1]);
            for (var t = 0; t < at.Length; t++)
                (values[2 * t], values[2 * t + 1]) = ((double)right[t] / flagged[t], (double)right[t] / all); // 0 / 0 is NaN: undefined
        }
    }

    /// <summary>The index of the highest threshold below a rank; −1 where there is none.</summary>
    private static int Below(int[] thresholds, int rank)
    {
        var found = Array.BinarySearch(thresholds, rank);
        return (found >= 0 ? found : ~found) - 1;
    }
}
