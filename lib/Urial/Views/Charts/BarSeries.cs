namespace Urial;

/// <summary>One bar of each group in a chart of grouped bars.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Values">A value and its interval (null where none is known) for each group; null where the group has none.</param>
/// <param name="N">How many each value rests on, in words; empty, or null for all, where that is not known.</param>
public sealed record BarSeries(
    string Name, IReadOnlyList<(double Value, Interval? Interval)?> Values, IReadOnlyList<string>? N = null)
{
    /// <summary>An arm's scores, one group for each aspect.</summary>
    public static BarSeries Of(AspectScoreRow row, IReadOnlyList<Aspect> aspects) =>
        new(row.Name, [.. aspects.Select(aspect => row.Scores.TryGetValue(aspect, out var score) ? score : ((double, Interval?)?)null)],
            [.. aspects.Select(_ => row.N)]);

    /// <summary>A row of a published table, one group for each column.</summary>
    public static BarSeries Of(PublishedRow row, IReadOnlyList<string> columns) =>
        new(row.Name, [.. columns.Select(column => ((double, Interval?)?)(row[column], null))]);
}
