namespace Urial;

/// <summary>One number against another.</summary>
internal static class AgainstChart
{
    public static Figure Of(IReadOnlyList<(double X, double Y)> points, string xTitle, string yTitle, string title)
    {
        double low = Math.Min(points.Min(p => p.X), points.Min(p => p.Y)), high = Math.Max(points.Max(p => p.X), points.Max(p => p.Y));
        var dots = Plot.Trace("scatter",
            ("mode", "markers"),
            ("name", $"positions (n = {Numbers.Count(points.Count)})"),
            ("x", points.Select(p => p.X).ToArray()),
            ("y", points.Select(p => p.Y).ToArray()),
            ("hovertemplate", $"{Markup.Plotly(xTitle)}: %{{x:.3f}}<br>{Markup.Plotly(yTitle)}: %{{y:.3f}}<extra></extra>"),
            ("marker", Plot.Object(("size", 6), ("color", Theme.Series[0]), ("opacity", 0.45))));
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
            + $"{Numbers.Count(points.Count(p => p.Y < 0))} lie below zero.";
        return new Figure(Plot.Chart(layout, [dots, line]), title, words, 940, 520);
    }
}
