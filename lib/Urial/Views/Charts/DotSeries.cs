namespace Urial;

/// <summary>One dot of each row in a chart of dots.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Values">A value, its interval and its n (null where not known) for each row; null where the row has none.</param>
internal sealed record DotSeries(string Name, IReadOnlyList<(double Value, Interval? Interval, int? N)?> Values)
{
    /// <summary>Estimates as dots.</summary>
    public static DotSeries Of(string name, IEnumerable<Estimate?> estimates) =>
        new(name, [.. estimates.Select(of => of is null ? ((double, Interval?, int?)?)null : (of.Value, of.Interval, of.N))]);

    /// <summary>An arm's scores, one row for each aspect.</summary>
    public static DotSeries Of(AspectScoreRow row, IReadOnlyList<Aspect> aspects) =>
        new(row.Name, [.. aspects.Select(aspect => row.Scores.TryGetValue(aspect, out var score)
            ? ((double, Interval?, int?)?)(score.Value, score.Interval, null) : null)]);
}
