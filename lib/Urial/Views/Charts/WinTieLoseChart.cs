using Plotly.NET;

namespace Urial;

/// <summary>Win, tie and lose as stacked bars, with the intervals of win and lose at the seams.</summary>
internal static class WinTieLoseChart
{
    private const int Width = 1020;
    private const int Beside = 190; // pixels for the numbers beside the bars

    public static Figure Of(IReadOnlyList<(string Name, WinTieLose Outcomes)> rows, string title)
    {
        var labels = rows.Select(row => Plot.Label(row.Name)).ToArray();
        (string Name, string Color, string Ink, string Pattern, Func<WinTieLose, Estimate> Share)[] parts =
        [
            ("the first wins", Theme.Series[0], "#ffffff", "", outcomes => outcomes.Win),
            ("tie", Theme.Grid, Theme.Ink, ".", outcomes => outcomes.Tie),
            ("the second wins", Theme.Series[1], "#ffffff", "/", outcomes => outcomes.Lose),
        ];
        var traces = parts.Select(part => Plot.Trace("bar",
            ("name", part.Name),
            ("showlegend", true),
            ("orientation", "h"),
            ("x", rows.Select(row => 100 * part.Share(row.Outcomes).Value).ToArray()),
            ("y", Enumerable.Range(0, rows.Count).ToArray()),
            ("width", 0.62),
            ("hovertext", rows.Select(row => Plot.Hover(row.Name, part.Name, Percents(part.Share(row.Outcomes)),
                $"n = {Numbers.Count(row.Outcomes.N)}")).ToArray()),
            ("hoverinfo", "text"),
            ("marker", Plot.Object(
                ("color", part.Color),
                ("line", Plot.Object(("color", Theme.Paper), ("width", 1))),
                ("pattern", Plot.Object(("shape", part.Pattern), ("fillmode", "overlay"), ("fgcolor", "#ffffff"), ("fgopacity", 0.35),
                    ("size", 6), ("solidity", 0.25))))))).ToList();
        // Each seam has its own height, so that the whiskers never lie on each other.
        traces.Add(Seam([.. rows.Select(row => Ends(row.Outcomes.Win, mirrored: false))], -0.14));
        traces.Add(Seam([.. rows.Select(row => Ends(row.Outcomes.Lose, mirrored: true))], 0.14));
        var bars = rows.Select(row => (parts.Select(part => 100 * part.Share(row.Outcomes).Value).ToArray(),
            (IReadOnlyList<Interval>)[Ends(row.Outcomes.Win, mirrored: false).Interval!,
                Ends(row.Outcomes.Lose, mirrored: true).Interval!])).ToArray();
        traces.AddRange(parts.Index().Select(part => StackLabels.Of(part.Index, bars, part.Item.Ink)));
        var notes = rows.Select((row, i) => Plot.Note(1.01, i,
            $"{string.Join(" · ", parts.Select(part => Numbers.Fixed(100 * part.Share(row.Outcomes).Value, 1)))}"
                + $"<br>{Plot.Small($"n = {Numbers.Count(row.Outcomes.N)}")}")).ToArray();
        var layout = Plot.Layout(
            ("barmode", "stack"),
            ("xaxis", Plot.Axis("share of queries (%)", ("range", new[] { 0, 100 }))),
            ("yaxis", Plot.Rows(labels)),
            ("margin", Plot.Object(("r", Beside))),
            ("annotations", notes));
        var words = rows.Select(row => $"{row.Name}: " + string.Join(", ",
            parts.Select(part => $"{part.Name} {Percents(part.Share(row.Outcomes))}")) + $"; n = {Numbers.Count(row.Outcomes.N)}.");
        return new Figure(Plot.Chart(layout, traces), title, string.Join("\n", words), Width,
            Plot.Height(title, Width, Beside, labels, [.. parts.Select(part => part.Name)]));
    }

    private static (double Value, Interval? Interval) Ends(Estimate share, bool mirrored) => mirrored
        ? (100 * (1 - share.Value), new Interval(100 * (1 - share.Interval.High), 100 * (1 - share.Interval.Low), share.Interval.Level))
        : (100 * share.Value, new Interval(100 * share.Interval.Low, 100 * share.Interval.High, share.Interval.Level));

    private static Trace Seam(IReadOnlyList<(double Value, Interval? Interval)> ends, double offset) => Plot.Trace("scatter",
        ("mode", "markers"),
        ("showlegend", false),
        ("hoverinfo", "skip"),
        ("x", ends.Select(end => end.Value).ToArray()),
        ("y", Enumerable.Range(0, ends.Count).Select(i => i + offset).ToArray()),
        ("marker", Plot.Object(("size", 1), ("color", Theme.Ink))),
        ("error_x", Plot.Whiskers(ends)));

    private static string Percents(Estimate share) =>
        $"{Numbers.Percent(share.Value)} [{Numbers.Fixed(100 * share.Interval.Low, 1)}, {Numbers.Fixed(100 * share.Interval.High, 1)}]";
}
