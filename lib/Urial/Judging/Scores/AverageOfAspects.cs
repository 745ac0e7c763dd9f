namespace Urial;

/// <summary>
/// The mean of the aspects' means, as the last column of Table 1 has it: safety, with its few queries, weighs as much as depth, with
/// its many.
/// </summary>
internal static class AverageOfAspects
{
    /// <summary>The mean of means of some answers; an aspect that none of them has is left out.</summary>
    /// <param name="scores">For each answer its score of each aspect; null where it has none. // [answers][aspects]</param>
    /// <param name="sample">Which answers count; one may come repeatedly.</param>
    public static double Of(double?[][] scores, IReadOnlyList<int> sample)
    {
        ReadOnlySpan<int> answers = sample as int[] ?? [.. sample]; // an array: the loop runs millions of times
        var (sum, aspects) = (0.0, 0);
        for (var aspect = 0; aspect < Aspects.All.Count; aspect++)
        {
            var (total, count) = (0.0, 0);
            foreach (var i in answers)
                if (scores[i][aspect] is { } score)
                    (total, count) = (total + score, count + 1);
            if (count > 0)
                (sum, aspects) = (sum + total / count, aspects + 1);
        }
        return sum / aspects;
    }

    /// <summary>An answer's scores in the aspects' order.</summary>
    public static double?[] Row(Judgment judgment, NaPolicy policy) =>
        [.. Aspects.All.Select(aspect => ScoreStatistics.Score(judgment, aspect, policy))];
}
