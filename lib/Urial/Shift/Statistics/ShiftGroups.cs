namespace Urial;

/// <summary>
/// Statistics of the positions that belong together: by label, by kind of question, by part of the answer, by token. Intervals
/// resample whole answers among those that have a position in the group, since positions of one answer depend on each other.
/// </summary>
public static class ShiftGroups
{
    /// <summary>By what the token is: name, fact, glue, style. Answers without labels belong to no group.</summary>
    public static string? Label(ShiftedAnswer answer, int index) => answer.Labels?[index];

    /// <summary>By the kind of question that the answer answers.</summary>
    public static string? Kind(ShiftedAnswer answer, int index) => answer.Kind;

    /// <summary>By the part of the answer: opener, body, closer, end of turn.</summary>
    public static string? Segment(ShiftedAnswer answer, int index) => answer.Segments?[index];

    /// <summary>The answer's first token apart from the rest.</summary>
    public static string? FirstToken(ShiftedAnswer answer, int index) => index == 0 ? "first token" : "later tokens";

    /// <summary>By the token itself, as a reader sees it.</summary>
    public static string? Token(ShiftedAnswer answer, int index) => answer.Tokens[index].Shown;

    /// <summary>The shares of the three classes in each group, largest group first.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="group">Names the group of a position (answer, 0-based index); null: none.</param>
    /// <param name="withEos">Whether end-of-sequence tokens count.</param>
    /// <param name="order">The groups in the order wanted, those that have positions; null: largest first.</param>
    /// <exception cref="ArgumentException">No position is in a group.</exception>
    public static IReadOnlyList<GroupedShares> Shares(
        IReadOnlyList<ShiftedAnswer> answers, Func<ShiftedAnswer, int, string?> group, bool withEos = true,
        IReadOnlyList<string>? order = null) =>
        [.. Collect(answers, group, withEos, order).Select(g => new GroupedShares(
            g.Name, g.Count, g.Answers.Count, ShiftShares.Of(shift => Share(g.Answers, shift)), g.NotEnded))];

    /// <summary>The mean of a number in each group, largest group first.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="group">Names the group of a position (answer, 0-based index); null: none.</param>
    /// <param name="value">The number: <c>p => p.KlAlignedBase</c>.</param>
    /// <param name="withEos">Whether end-of-sequence tokens count.</param>
    /// <param name="order">The groups in the order wanted, those that have positions; null: largest first.</param>
    /// <exception cref="ArgumentException">No position is in a group.</exception>
    public static IReadOnlyList<GroupedMean> Mean(
        IReadOnlyList<ShiftedAnswer> answers, Func<ShiftedAnswer, int, string?> group, Func<PositionShift, double> value,
        bool withEos = true,
        IReadOnlyList<string>? order = null) =>
        [.. Collect(answers, group, withEos, order).Select(g => new GroupedMean(g.Name, g.Count, Pooled(g.Answers, value)))];

    /// <summary>The mean of a number in each group over all answers, and below, as <c>…, ended only</c>, over those that ended.</summary>
    /// <inheritdoc cref="Mean"/>
    public static IReadOnlyList<GroupedMean> MeanBothWays(
        IReadOnlyList<ShiftedAnswer> answers, Func<ShiftedAnswer, int, string?> group, Func<PositionShift, double> value,
        IReadOnlyList<string>? order = null) =>
        [.. Mean(answers, group, value, order: order), .. Mean(answers.ThatEnded(), group, value, order: order)
            .Select(ended => ended with { Group = $"{ended.Group}, {ShareRow.EndedOnly}" })];

    /// <summary>The share of all positions of which something holds, pooled; the interval resamples answers.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="holds">What may hold of a position.</param>
    /// <exception cref="ArgumentException">There are no answers.</exception>
    public static Estimate Share(IReadOnlyList<ShiftedAnswer> answers, Func<PositionShift, bool> holds) =>
        Pooled([.. answers.Select(answer => answer.Positions.ToArray())], p => holds(p) ? 1 : 0);

    /// <summary>
    /// How much larger a class's share is in one group than in another; the interval resamples answers, which may have positions in both.
    /// </summary>
    /// <param name="answers">The answers.</param>
    /// <param name="shift">The class.</param>
    /// <param name="first">Whether a position (answer, 0-based index) is in the first group.</param>
    /// <param name="second">Whether it is in the second.</param>
    /// <exception cref="ArgumentException">A group has no position.</exception>
    public static Estimate Difference(
        IReadOnlyList<ShiftedAnswer> answers, ShiftClass shift, Func<ShiftedAnswer, int, bool> first, Func<ShiftedAnswer, int, bool> second)
    {
        double[][] counts = [.. answers.Select(Counts)]; // [answers, 4]: of the class and all, in the first and in the second group
        return Bootstrap.Many(counts.Length, 1, (drawn, result) =>
        {
            Span<double> sums = [0, 0, 0, 0];
            for (var a = 0; a < drawn.Length; a++)
                for (var c = 0; c < 4; c++)
                    sums[c] += drawn[a] * counts[a][c];
            result[0] = sums[0] / sums[1] - sums[2] / sums[3]; // 0 / 0 is NaN: undefined
        })[0] ?? throw new ArgumentException($"The {answers.Count} answers have no position in one of the two groups.", nameof(answers));

        double[] Counts(ShiftedAnswer answer)
        {
            var positions = answer.Positions.Index().ToArray();
            return [Of(first, true), Of(first, false), Of(second, true), Of(second, false)];

            double Of(Func<ShiftedAnswer, int, bool> group, bool only) =>
                positions.Count(p => group(answer, p.Index) && (!only || p.Item.Class == shift));
        }
    }

    private static Estimate Share(List<PositionShift[]> answers, ShiftClass shift) => Pooled(answers, p => p.Class == shift ? 1 : 0);

    private static Estimate Pooled(List<PositionShift[]> answers, Func<PositionShift, double> value) =>
        Bootstrap.Ratio([.. answers.Select(positions => positions.Sum(value))], [.. answers.Select(positions => (double)positions.Length)]);

    private static List<(string Name, int Count, List<PositionShift[]> Answers, int NotEnded)> Collect(
        IReadOnlyList<ShiftedAnswer> answers, Func<ShiftedAnswer, int, string?> group, bool withEos, IReadOnlyList<string>? order)
    {
        var groups = new Dictionary<string, (List<PositionShift[]> Answers, int NotEnded)>(StringComparer.Ordinal);
        foreach (var answer in answers)
            foreach (var own in answer.Positions.Index()
                .Where(p => withEos || !p.Item.IsEos)
                .GroupBy(p => group(answer, p.Index), p => p.Item))
                if (own.Key is { } name)
                {
                    var (list, cut) = groups.TryGetValue(name, out var known) ? known : ([], 0);
                    list.Add([.. own]);
                    groups[name] = (list, cut + (answer.Ended ? 0 : 1));
                }
        return groups.Count > 0
            ? [.. groups.Where(g => order?.Contains(g.Key) != false)
                .Select(g => (g.Key, g.Value.Answers.Sum(positions => positions.Length), g.Value.Answers, g.Value.NotEnded))
                .OrderBy(g => order?.Index().First(o => o.Item == g.Key).Index ?? 0).ThenByDescending(g => g.Item2)
                .ThenBy(g => g.Key, StringComparer.Ordinal)]
            : throw new ArgumentException($"None of the {answers.Count} answers has a position in any group. Do they carry what the "
                + "groups are made by (labels, kind, segments)?");
    }
}
