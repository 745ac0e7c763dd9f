namespace Urial;

/// <summary>Measured qualities as bars from 0 to 100 % with their intervals, and a line where the target is.</summary>
internal static class QualityChart
{
    private const int Width = 1000;
    private const int Beside = 230; // pixels for the numbers beside the bars

    public static Figure Of(IReadOnlyList<MeasuredQuality> bars, string title)
    {
        var labels = bars.Select(bar => Plot.Label(bar.Name)).ToArray();
        var traces = new[] { true, false }
            .Where(met => bars.Any(bar => bar.Met == met))
            .Select(met =>
            {
                var places = Enumerable.Range(0, bars.Count).Where(i => bars[i].Met == met).ToArray();
                return Plot.Trace("bar",
                    ("name", met ? "✓ target met" : "✗ target missed"),
                    ("showlegend", true),
                    ("orientation", "h"),
                    ("x", places.Select(i => 100 * bars[i].Value.Value).ToArray()),
                    ("y", places),
                    ("width", 0.55),
                    ("hovertext", places.Select(i => Plot.Hover(bars[i].Name,
                        $"{Numbers.Percent(bars[i].Value.Value)} {Ends(bars[i].Value.Interval)}; target {bars[i].Verdict}",
                        $"n = {Numbers.Count(bars[i].Value.N)}")).ToArray()),
                    ("hoverinfo", "text"),
                    ("error_x", Plot.Whiskers([.. places.Select(i => (100 * bars[i].Value.Value, Percent(bars[i].Value.Interval)))])),
                    ("marker", Plot.Object(("color", met ? Theme.Series[5] : Theme.Series[1]))));
            });
        var targets = bars.Select((bar, i) => Plot.Object(
            ("type", "line"), ("x0", 100 * bar.Target), ("x1", 100 * bar.Target), ("y0", i - 0.42), ("y1", i + 0.42),
            ("line", Plot.Object(("color", Theme.Ink), ("width", 3), ("dash", "dot"))))).ToArray();
        var notes = bars.Select((bar, i) => Plot.Note(1.01, i,
            $"{Numbers.Percent(bar.Value.Value)}  "
                + $" {bar.Verdict}<br>{Plot.Small($"{Ends(bar.Value.Interval)}, n = {Numbers.Count(bar.Value.N)}")}")).ToArray();
        var layout = Plot.Layout(
            ("barmode", "overlay"),
            ("xaxis", Plot.Axis("share of cases (%); the dotted line is the target", ("range", new[] { 0, 102 }),
                ("tickvals", new[] { 0, 20, 40, 60, 80, 100 }))),
            ("yaxis", Plot.Rows(labels)),
            ("margin", Plot.Object(("r", Beside))),
            ("shapes", targets),
            ("annotations", notes));
        var words = string.Join("\n", bars.Select(bar =>
            $"{bar.Name}: {Numbers.Percent(bar.Value.Value)} {Ends(bar.Value.Interval)}, n = {Numbers.Count(bar.Value.N)}; "
                + $"target {bar.Verdict}."));
        return new Figure(Plot.Chart(layout, traces), title, words, Width,
            Plot.Height(title, Width, Beside, labels, ["✓ target met", "✗ target missed"]));
    }

    private static Interval Percent(Interval interval) => new(100 * interval.Low, 100 * interval.High, interval.Level);

    private static string Ends(Interval interval) => $"[{Numbers.Fixed(100 * interval.Low, 1)}, {Numbers.Fixed(100 * interval.High, 1)}]";
}
