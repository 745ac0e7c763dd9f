namespace Urial;

/// <summary>One estimate for each condition as a dot with its interval.</summary>
internal static class EstimatesChart
{
    public static Figure Of(IReadOnlyList<(string Name, Estimate Value)> rows, string xTitle, string title)
    {
        var labels = rows.Select(row => Plot.Label(row.Name)).ToArray();
        var trace = Plot.Trace("scatter",
            ("mode", "markers"),
            ("showlegend", false),
            ("x", rows.Select(row => row.Value.Value).ToArray()),
            ("y", Enumerable.Range(0, rows.Count).ToArray()),
            ("hoverinfo", "skip"),
            ("error_x", Plot.Whiskers([.. rows.Select(row => (row.Value.Value, (Interval?)row.Value.Interval))])),
            ("marker", Plot.Object(("size", 12), ("color", Theme.Series[0]))));
        var notes = rows.Select((row, i) => Plot.Note(1.01, i,
            $"{Numbers.Fixed(row.Value.Value, 3)}<br>{Plot.Small($"{row.Value.Interval}, n = {Numbers.Count(row.Value.N)}")}")).ToArray();
        var layout = Plot.Layout(
            ("xaxis", Plot.Axis(xTitle)),
            ("yaxis", Plot.Rows(labels)),
            ("margin", Plot.Object(("r", 220))),
            ("annotations", notes));
        var words = string.Join("\n", rows.Select(row =>
            $"{row.Name}: {Numbers.Fixed(row.Value.Value, 3)} {row.Value.Interval}, n = {Numbers.Count(row.Value.N)}."));
        return new Figure(Plot.Chart(layout, [trace]), title, words, 940, 140 + Plot.HeightOf(labels) * rows.Count);
    }
}
