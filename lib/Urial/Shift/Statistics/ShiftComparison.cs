namespace Urial;

/// <summary>
/// Compares two conditions that answered the same queries: two aligned models, a pair and its prompt control, two prompts.
/// </summary>
public static class ShiftComparison
{
    /// <summary>First less second, paired by query id.</summary>
    /// <param name="first">One condition's answers.</param>
    /// <param name="second">The other's, to the same queries in any order.</param>
    /// <param name="withEos">Whether end-of-sequence tokens count.</param>
    /// <param name="resamples">Bootstrap resamples.</param>
    /// <exception cref="UrialException">
    /// A query was answered in one condition only (counted positions considered), or there is none.
    /// </exception>
    public static ShiftDifference Of(
        IReadOnlyList<ShiftedAnswer> first, IReadOnlyList<ShiftedAnswer> second, bool withEos = true,
        int resamples = Bootstrap.DefaultResamples)
    {
        var (a, b) = (ById(first, withEos), ById(second, withEos));
        if (a.Keys.Except(b.Keys).Concat(b.Keys.Except(a.Keys)).FirstOrDefault() is { } lonely)
            throw new UrialException($"Query {lonely} has positions to count in one of the two conditions only. A paired comparison "
                + "needs the same queries in both.");
        if (a.Count == 0)
            throw new UrialException("There is nothing to compare: no answer has a position that counts.");
        // in the order of the first
        (PositionShift[] First, PositionShift[] Second)[] pairs = [.. a.Select(pair => (pair.Value, b[pair.Key]))];
        return new ShiftDifference(Pooled, Macro) { Queries = pairs.Length };

        Estimate Macro(ShiftClass shift) => Bootstrap.Difference(
            [.. pairs.Select(p => Share(p.First, shift))], [.. pairs.Select(p => Share(p.Second, shift))], resamples);

        // Each side is a ratio of sums over the queries drawn; answers to one query may differ in length.
        Estimate Pooled(Func<PositionShift, double> value)
        {
            double[][] sums = [[.. pairs.Select(p => p.First.Sum(value))], [.. pairs.Select(p => p.Second.Sum(value))]];
            return Bootstrap.Many(pairs.Length, 1, (drawn, result) =>
            {
                Span<double> above = [0, 0], below = [0, 0];
                for (var q = 0; q < drawn.Length; q++)
                {
                    above[0] += drawn[q] * sums[0][q];
                    above[1] += drawn[q] * sums[1][q];
                    below[0] += drawn[q] * pairs[q].First.Length;
                    below[1] += drawn[q] * pairs[q].Second.Length;
                }
                result[0] = above[0] / below[0] - above[1] / below[1];
            }, resamples)[0]!;
        }
    }

    private static Dictionary<string, PositionShift[]> ById(IReadOnlyList<ShiftedAnswer> answers, bool withEos) =>
        new ShiftTable(answers).Answers // refuses two answers of one id
            .Select(a => (a.Id, Positions: a.Positions.Where(p => withEos || !p.IsEos).ToArray()))
            .Where(a => a.Positions.Length > 0)
            .ToDictionary(a => a.Id, a => a.Positions, StringComparer.Ordinal);

    private static double Share(PositionShift[] positions, ShiftClass shift) =>
        positions.Count(p => p.Class == shift) / (double)positions.Length;
}
