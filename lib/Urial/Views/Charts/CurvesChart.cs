using System.Globalization;
using Plotly.NET;

namespace Urial;

/// <summary>Lines with their intervals, over positions or over training.</summary>
internal static class CurvesChart
{
    public static Figure ByPosition(IReadOnlyList<Curve> curves, string yTitle, string title, bool logarithmic)
    {
        var traces = Lines(curves, "position", marks: true);
        var counted = Counts(curves);
        traces.AddRange(counted);
        var layout = Plot.Layout(
            ("xaxis", Plot.Axis("position in the answer (tokens)", ("anchor", counted.Count > 0 ? "y2" : "y"), ("rangemode", "tozero"))),
            ("yaxis", Plot.Axis(yTitle,
                ("domain", new[] { counted.Count > 0 ? 0.34 : 0, 1.0 }),
                ("type", logarithmic ? "log" : "linear"),
                ("tickvals", logarithmic ? LogTicks : null),
                ("rangemode", logarithmic ? "normal" : "tozero"))),
            ("yaxis2", counted.Count > 0
                ? Plot.Axis("answers", ("domain", new[] { 0, 0.22 }), ("rangemode", "tozero"), ("nticks", 3))
                : null));
        return new Figure(Plot.Chart(layout, traces), title, Described(curves, "position"), 940, counted.Count > 0 ? 560 : 460);
    }

    /// <summary>How many answers each point rests on: bars where all curves agree, else a line for each curve.</summary>
    private static List<Trace> Counts(IReadOnlyList<Curve> curves)
    {
        (double X, int N)[][] counts = [.. curves.Select(
            curve => curve.Points.Where(point => point.N is not null).Select(point => (point.X, point.N!.Value)).ToArray())];
        var longest = counts.MaxBy(points => points.Length)!;
        if (longest.Length == 0)
            return [];
        if (counts.All(points => points.SequenceEqual(longest.Take(points.Length))))
            return [Of(longest, "bar", ("marker", Plot.Object(("color", "#b5b5b5"))))];
        return [.. counts.Index().Where(points => points.Item.Length > 0).Select(points => Of(points.Item, "scatter",
            ("line", Plot.Object(("color", Theme.Series[points.Index % Theme.Series.Count]), ("width", 2),
                ("dash", Theme.Dashes[points.Index % Theme.Dashes.Count])))))];

        static Trace Of((double X, int N)[] points, string type, (string, object?) look) => Plot.Trace(type,
            ("name", "answers"),
            ("showlegend", false),
            ("mode", type == "scatter" ? "lines" : null),
            ("x", points.Select(point => point.X).ToArray()),
            ("y", points.Select(point => point.N).ToArray()),
            ("yaxis", "y2"),
            look,
            ("hovertemplate", "%{y} answers<extra></extra>"));
    }

    public static Figure Plain(
        IReadOnlyList<Curve> curves, string xTitle, string yTitle, string title,
        bool xLogarithmic = false, (double Low, double High)? yRange = null, string? place = null,
        bool marks = false)
    {
        var layout = Plot.Layout(
            ("xaxis", Plot.Axis(xTitle,
                ("rangemode", xLogarithmic ? "normal" : "tozero"),
                ("type", xLogarithmic ? "log" : "linear"),
                ("tickvals", xLogarithmic ? LogTicks : null))),
            ("yaxis", Plot.Axis(yTitle, ("range", yRange is { } range ? new[] { range.Low, range.High } : null))));
        return new Figure(Plot.Chart(layout, Lines(curves, place ?? xTitle, marks)), title, Described(curves, place ?? xTitle), 940, 460);
    }

    // Plotly's own minor ticks (3, 4, 6, 7, 8, 9) run into each other at this size.
    private static double[] LogTicks { get; } =
        [.. Enumerable.Range(-3, 9).SelectMany(e => new[] { 1, 2, 5 }.Select(m => m * Math.Pow(10, e)))];

    private static List<Trace> Lines(IReadOnlyList<Curve> curves, string place, bool marks)
    {
        var traces = new List<Trace>();
        for (var i = 0; i < curves.Count; i++)
        {
            var (curve, color) = (curves[i], Theme.Series[i % Theme.Series.Count]);
            var withInterval = curve.Points.Where(point => point.Interval is not null).ToArray();
            if (withInterval.Length > 1)
                traces.Add(Band(withInterval, color));
            traces.Add(Plot.Trace("scatter",
                ("name", Markup.Plotly(curve.Name)),
                ("showlegend", true),
                ("mode", marks && curve.Points.Count <= 60 || curve.Points.Count == 1 ? "lines+markers" : "lines"),
                ("x", curve.Points.Select(point => point.X).ToArray()),
                ("y", curve.Points.Select(point => point.Y).ToArray()),
                ("customdata", curve.Points.Any(point => point.Interval is not null || point.N is not null)
                    ? curve.Points.Select(point => new[] { Short(point.Interval?.Low), Short(point.Interval?.High), point.N }).ToArray()
                    : null),
                ("hovertemplate", Hover(curve, place)),
                ("line", Plot.Object(("color", color), ("width", 3), ("dash", Theme.Dashes[i % Theme.Dashes.Count]))),
                ("marker", Plot.Object(("size", 7), ("symbol", i % 5)))));
        }
        return traces;
    }

    // Four digits: a curve has hundreds of points, and a saved notebook holds them all.
    private static double? Short(double? end) => end is { } value and not 0
        ? double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : end;

    private static string Hover(Curve curve, string place) => $"{Markup.Plotly(curve.Name)}<br>{Markup.Plotly(place)} %{{x}}: %{{y:.4g}}"
        + (curve.Points.All(point => point.Interval is not null) ? " [%{customdata[0]:.4g}, %{customdata[1]:.4g}]" : "")
        + (curve.Points.All(point => point.N is not null) ? "<br>n = %{customdata[2]}" : "") + "<extra></extra>";

    private static Trace Band(CurvePoint[] points, string color) => Plot.Trace("scatter",
        ("mode", "lines"),
        ("x", points.Select(point => point.X).Concat(points.Reverse().Select(point => point.X)).ToArray()),
        ("y", points.Select(point => point.Interval!.High).Concat(points.Reverse().Select(point => point.Interval!.Low)).ToArray()),
        ("fill", "toself"),
        ("fillcolor", color + "26"),
        ("line", Plot.Object(("width", 0))),
        ("showlegend", false),
        ("hoverinfo", "skip"));

    private static string Described(IReadOnlyList<Curve> curves, string what) => string.Join("\n", curves.Select(curve =>
    {
        // A few places tell the shape; every tenth of the way, both ends included.
        var places = Enumerable.Range(0, 6).Select(i => i * (curve.Points.Count - 1) / 5).Distinct();
        return $"{curve.Name}: " + string.Join(", ", places.Select(i => Place(curve.Points[i], what))) + ".";
    }));

    private static string Place(CurvePoint point, string what)
    {
        var n = point.N is { } count ? $" (n = {Numbers.Count(count)})" : "";
        return $"{Numbers.General(point.Y)} at {what} {Numbers.General(point.X)}{n}";
    }
}
