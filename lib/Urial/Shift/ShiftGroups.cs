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
        IReadOnlyList<ShiftedAnswer> answers, Func<ShiftedAnswer, int, string?> group, bool withEos = true, IReadOnlyList<string>? order = null) =>
        [.. Collect(answers, group, withEos, order).Select(g => new GroupedShares(
            g.Name, g.Count, g.Answers.Count, new ShiftShares(Share(g.Answers, ShiftClass.Unshifted), Share(g.Answers, ShiftClass.Marginal), Share(g.Answers, ShiftClass.Shifted))))];

    /// <summary>The mean of a number in each group, largest group first.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="group">Names the group of a position (answer, 0-based index); null: none.</param>
    /// <param name="value">The number: <c>p => p.KlAlignedBase</c>.</param>
    /// <param name="withEos">Whether end-of-sequence tokens count.</param>
    /// <param name="order">The groups in the order wanted, those that have positions; null: largest first.</param>
    /// <exception cref="ArgumentException">No position is in a group.</exception>
    public static IReadOnlyList<GroupedMean> Mean(
        IReadOnlyList<ShiftedAnswer> answers, Func<ShiftedAnswer, int, string?> group, Func<PositionShift, double> value, bool withEos = true,
        IReadOnlyList<string>? order = null) =>
        [.. Collect(answers, group, withEos, order).Select(g => new GroupedMean(g.Name, g.Count, Pooled(g.Answers, value)))];

    /// <summary>The share of all positions of which something holds, pooled; the interval resamples answers.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="holds">What may hold of a position.</param>
    /// <exception cref="ArgumentException">There are no answers.</exception>
    public static Estimate Share(IReadOnlyList<ShiftedAnswer> answers, Func<PositionShift, bool> holds) =>
        Pooled([.. answers.Select(answer => answer.Positions.ToArray())], p => holds(p) ? 1 : 0);

    private static Estimate Share(List<PositionShift[]> answers, ShiftClass shift) => Pooled(answers, p => p.Class == shift ? 1 : 0);

    private static Estimate Pooled(List<PositionShift[]> answers, Func<PositionShift, double> value) =>
        Bootstrap.Ratio([.. answers.Select(positions => positions.Sum(value))], [.. answers.Select(positions => (double)positions.Length)]);

    private static List<(string Name, int Count, List<PositionShift[]> Answers)> Collect(
        IReadOnlyList<ShiftedAnswer> answers, Func<ShiftedAnswer, int, string?> group, bool withEos, IReadOnlyList<string>? order)
    {
        var groups = new Dictionary<string, List<PositionShift[]>>(StringComparer.Ordinal);
        foreach (var answer in answers)
            foreach (var own in answer.Positions.Index()
                .Where(p => withEos || !p.Item.IsEos)
                .GroupBy(p => group(answer, p.Index), p => p.Item))
                if (own.Key is { } name)
                {
                    if (!groups.TryGetValue(name, out var list))
                        groups[name] = list = [];
                    list.Add([.. own]);
                }
        return groups.Count > 0
            ? [.. groups.Where(g => order?.Contains(g.Key) != false).Select(g => (g.Key, g.Value.Sum(positions => positions.Length), g.Value))
                .OrderBy(g => order?.Index().First(o => o.Item == g.Key).Index ?? 0).ThenByDescending(g => g.Item2).ThenBy(g => g.Key, StringComparer.Ordinal)]
            : throw new ArgumentException($"None of the {answers.Count} answers has a position in any group. Do they carry what the groups are made by (labels, kind, segments)?");
    }
}
