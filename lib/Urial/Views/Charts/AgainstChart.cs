namespace Urial;

/// <summary>One number against another.</summary>
internal static class AgainstChart
{
    public static Figure Of(IReadOnlyList<(double X, double Y)> points, string xTitle, string yTitle, string title)
    {
        double low = Math.Min(points.Min(p => p.X), points.Min(p => p.Y)), high = Math.Max(points.Max(p => p.X), points.Max(p => p.Y));
        var below = points.Where(p => p.Y < 0).ToArray();
        var dots = Dots([.. points.Where(p => p.Y >= 0)], "positions",
            Plot.Object(("size", 6), ("color", Theme.Series[0]), ("opacity", 0.45)));
        // A little below zero is a pixel or two: only a mark of its own tells it from zero.
        var negative = Dots(below, "below zero", Plot.Object(("size", 9), ("color", Theme.Series[1]), ("symbol", "x-thin-open"),
            ("line", Plot.Object(("color", Theme.Series[1]), ("width", 2)))));
        var line = Plot.Trace("scatter",
            ("mode", "lines"),
            ("name", "where both would agree"),
            ("x", new[] { low, high }),
            ("y", new[] { low, high }),
            ("hoverinfo", "skip"),
            ("line", Plot.Object(("color", Theme.Muted), ("width", 2), ("dash", "dash"))));
        var layout = Plot.Layout(
            ("xaxis", Plot.Axis(xTitle)),
            ("yaxis", Plot.Axis(yTitle, ("zeroline", true), ("zerolinecolor", Theme.Muted))));
        var words = $"{Numbers.Count(points.Count)} points; {xTitle} from {Numbers.General(points.Min(p => p.X))} "
            + $"to {Numbers.General(points.Max(p => p.X))}, "
            + $"{yTitle} from {Numbers.General(points.Min(p => p.Y))} to {Numbers.General(points.Max(p => p.Y))}; "
            + $"{Numbers.Count(below.Length)} lie below zero.";
        return new Figure(Plot.Chart(layout, below.Length > 0 ? [dots, negative, line] : [dots, line]), title, words, 940, 520);

        Plotly.NET.Trace Dots((double X, double Y)[] drawn, string name, DynamicObj.DynamicObj marker) => Plot.Trace("scatter",
            ("mode", "markers"),
            ("name", $"{name} (n = {Numbers.Count(drawn.Length)})"),
            ("x", drawn.Select(p => p.X).ToArray()),
            ("y", drawn.Select(p => p.Y).ToArray()),
            ("hovertemplate", $"{Markup.Plotly(xTitle)}: %{{x:.3f}}<br>{Markup.Plotly(yTitle)}: %{{y:.3f}}<extra></extra>"),
            ("marker", marker));
    }
}
