using Plotly.NET;

namespace Urial;

/// <summary>Groups of bars side by side. Bars differ by colour and pattern.</summary>
internal static class GroupedBarsChart
{
    private static readonly string[] Patterns = ["", "/", ".", "\\", "x", "-", "+"];

    public static Figure Of(IReadOnlyList<BarSeries> series, IReadOnlyList<string> groups, string yTitle, string title, double low,
        double high)
    {
        if (groups.Count == 0)
            throw new ArgumentException("There are no groups to draw.", nameof(groups));
        if (series.FirstOrDefault(one => one.Values.Count != groups.Count) is { } wrong)
            throw new ArgumentException($"{wrong.Name} has {wrong.Values.Count} values for {groups.Count} groups.", nameof(series));
        var traces = series.Select((one, i) => Bar(one, i, low, groups)).ToArray();
        var layout = Plot.Layout(
            ("barmode", "group"),
            ("bargap", 0.22),
            ("xaxis", Plot.Axis("", ("tickvals", Enumerable.Range(0, groups.Count).ToArray()),
                ("ticktext", groups.Select(group => Plot.Label(group)).ToArray()), ("showgrid", false))),
            ("yaxis", Plot.Axis(yTitle, ("range", new[] { low, high }))));
        var words = groups.Select((group, g) => $"{group}: " + string.Join(", ", series.Select(one =>
            $"{one.Name} {(one.Values[g] is { } value ? ScoreText.Of(value) : "none")}")) + ".");
        var legendRows = 1 + series.Sum(one => one.Name.Length + 8) / 100;
        return new Figure(Plot.Chart(layout, traces), title, $"{yTitle}\n{string.Join("\n", words)}", 1020, 460 + 24 * legendRows);
    }

    // The lower half of a whisker lies on its bar: in the bar's own colour it could not be seen.
    private static string Whisker(int series) => Theme.Series[series] == Theme.Ink ? "#8f8f8f" : Theme.Ink;

    private static Trace Bar(BarSeries one, int series, double low, IReadOnlyList<string> groups)
    {
        var places = Enumerable.Range(0, one.Values.Count).Where(g => one.Values[g] is not null).ToArray();
        return Plot.Trace("bar",
            ("name", Markup.Plotly(one.Name)),
            ("showlegend", true),
            ("x", places),
            ("base", low),
            ("y", places.Select(g => one.Values[g]!.Value.Value - low).ToArray()),
            ("hovertext", places.Select(g => Plot.Hover(one.Name, $"{groups[g]} {ScoreText.Of(one.Values[g]!.Value)}",
                one.N is { } n && n[g].Length > 0 ? $"n = {n[g]}" : "")).ToArray()),
            ("hoverinfo", "text"),
            ("error_y", places.Any(g => one.Values[g]!.Value.Interval is not null)
                ? Plot.Whiskers([.. places.Select(g => one.Values[g]!.Value)], Whisker(series)) : null),
            ("marker", Plot.Object(
                ("color", Theme.Series[series]),
                ("line", Plot.Object(("color", Theme.Paper), ("width", 1))),
                ("pattern", Plot.Object(("shape", Patterns[series]), ("fillmode", "overlay"), ("fgcolor", "#ffffff"), ("fgopacity", 0.45),
                    ("size", 7), ("solidity", 0.3))))));
    }
}
