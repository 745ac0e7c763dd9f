using Plotly.NET;

namespace Urial;

/// <summary>Rows with one dot for each series and its interval. Series differ by colour and by the form of the dot.</summary>
internal static class DotsChart
{
    /// <summary>Height of one dot's line inside a row, in pixels.</summary>
    private const int Line = 15;

    private static readonly string[] Symbols = ["circle", "square", "diamond", "triangle-up", "x", "star", "cross"];

    public static Figure Of(IReadOnlyList<DotSeries> series, IReadOnlyList<string> rows, string xTitle, string title, int digits,
        double[]? range = null, double? line = null, string note = "")
    {
        if (rows.Count == 0)
            throw new ArgumentException("There are no rows to draw.", nameof(rows));
        if (series.FirstOrDefault(one => one.Values.Count != rows.Count) is { } wrong)
            throw new ArgumentException($"{wrong.Name} has {wrong.Values.Count} values for {rows.Count} rows.", nameof(series));
        var traces = series.Select((one, i) => Dots(one, i, series.Count, rows, digits));
        var labels = rows.Select(row => Plot.Label(row)).ToArray();
        var shapes = Enumerable.Range(1, rows.Count - 1).Select(row => Segment(0, 1, row - 0.5, row - 0.5, "paper", Theme.Grid, "solid"))
            .Concat(line is { } at ? [Segment(at, at, -0.5, rows.Count - 0.5, "x", Theme.Ink, "dash")] : []).ToArray();
        var layout = Plot.Layout(
            ("xaxis", Plot.Axis(xTitle, ("range", range))),
            ("yaxis", Plot.Rows(labels)),
            ("shapes", shapes));
        var words = rows.Select((row, r) => $"{row} — " + string.Join("; ", series.Select(one =>
            $"{one.Name}: {(one.Values[r] is { } value ? Written(value, digits) : "none")}")) + ".");
        var height = Math.Max(14 + Line * series.Count, Plot.HeightOf(labels) - 14);
        var legendRows = 1 + series.Sum(one => one.Name.Length + 6) / 100;
        return new Figure(Plot.Chart(layout, traces), title, $"{xTitle}\n{string.Join("\n", words)}{note}", 1000,
            130 + 24 * legendRows + height * rows.Count);
    }

    private static Trace Dots(DotSeries one, int place, int count, IReadOnlyList<string> rows, int digits)
    {
        var drawn = Enumerable.Range(0, rows.Count).Where(r => one.Values[r] is not null).ToArray();
        var values = drawn.Select(r => one.Values[r]!.Value).ToArray();
        var step = 0.78 / count; // of a row, whose neighbours lie 1 apart
        return Plot.Trace("scatter",
            ("mode", "markers"),
            ("name", Markup.Plotly(one.Name)),
            ("showlegend", true),
            ("x", values.Select(of => of.Value).ToArray()),
            ("y", drawn.Select(r => r + (place - (count - 1) / 2.0) * step).ToArray()),
            ("text", drawn.Zip(values, (r, of) => Markup.Plotly($"{rows[r]}, {one.Name}: {Written(of, digits)}")).ToArray()),
            ("hovertemplate", "%{text}<extra></extra>"),
            ("error_x", values.Any(of => of.Interval is not null)
                ? Plot.Whiskers([.. values.Select(of => (of.Value, of.Interval))], Theme.Series[place]) : null),
            ("marker", Plot.Object(("size", 11), ("symbol", Symbols[place]), ("color", Theme.Series[place]),
                ("line", Plot.Object(("color", Theme.Paper), ("width", 1))))));
    }

    private static string Written((double Value, Interval? Interval, int? N) of, int digits) =>
        Numbers.Fixed(of.Value, digits)
        + (of.Interval is { } ends ? $" [{Numbers.Fixed(ends.Low, digits)}, {Numbers.Fixed(ends.High, digits)}]" : "")
        + (of.N is { } n ? $" n={Numbers.Count(n)}" : "");

    private static DynamicObj.DynamicObj Segment(double x0, double x1, double y0, double y1, string xref, string color, string dash) =>
        Plot.Object(("type", "line"), ("xref", xref), ("x0", x0), ("x1", x1), ("y0", y0), ("y1", y1), ("layer", "below"),
            ("line", Plot.Object(("color", color), ("width", dash == "dash" ? 2 : 1), ("dash", dash))));
}
