namespace Urial;

/// <summary>One estimate for each condition as a dot with its interval.</summary>
internal static class EstimatesChart
{
    private const int Width = 940;
    private const int Beside = 220; // pixels for the numbers beside the dots

    public static Figure Of(IReadOnlyList<(string Name, Estimate Value)> rows, string xTitle, string title)
    {
        // Two decimals say it, unless all there is lies within a tenth.
        var digits = rows.Max(row => Math.Max(Math.Abs(row.Value.Interval.Low), Math.Abs(row.Value.Interval.High))) < 0.1 ? 3 : 2;
        var labels = rows.Select(row => Plot.Label(row.Name)).ToArray();
        var trace = Plot.Trace("scatter",
            ("mode", "markers"),
            ("showlegend", false),
            ("x", rows.Select(row => row.Value.Value).ToArray()),
            ("y", Enumerable.Range(0, rows.Count).ToArray()),
            ("hovertext", rows.Select(row => Plot.Hover(row.Name, $"{Numbers.Fixed(row.Value.Value, 3)} {row.Value.Interval}",
                $"n = {Numbers.Count(row.Value.N)}")).ToArray()),
            ("hoverinfo", "text"),
            ("error_x", Plot.Whiskers([.. rows.Select(row => (row.Value.Value, (Interval?)row.Value.Interval))])),
            ("marker", Plot.Object(("size", 12), ("color", Theme.Series[0]))));
        var notes = rows.Select((row, i) => Plot.Note(1.01, i,
            $"{Written(row.Value.Value)}<br>{Plot.Small($"[{Written(row.Value.Interval.Low)}, {Written(row.Value.Interval.High)}], "
                + $"n = {Numbers.Count(row.Value.N)}")}")).ToArray();
        var layout = Plot.Layout(
            ("xaxis", Plot.Axis(xTitle)),
            ("yaxis", Plot.Rows(labels)),
            ("margin", Plot.Object(("r", Beside))),
            ("annotations", notes));
        var words = string.Join("\n", rows.Select(row =>
            $"{row.Name}: {Numbers.Fixed(row.Value.Value, 3)} {row.Value.Interval}, n = {Numbers.Count(row.Value.N)}."));
        return new Figure(Plot.Chart(layout, [trace]), title, words, Width, Plot.Height(title, Width, Beside, labels, []));

        string Written(double value) => Numbers.Fixed(value, digits);
    }
}
