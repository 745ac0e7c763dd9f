using Plotly.NET;

namespace Urial;

/// <summary>Two dots a row, joined by a line, with intervals; the paired difference stands beside.</summary>
internal static class DumbbellChart
{
    private const double Apart = 0.11; // of a row: two whiskers of one row never lie on each other

    public static Figure Of(IReadOnlyList<DumbbellRow> rows, string first, string second, string xTitle, string title, int digits)
    {
        var labels = rows.Select(row => Plot.Label(row.Name)).ToArray();
        var joints = Plot.Trace("scatter",
            ("mode", "lines"),
            ("showlegend", false),
            ("hoverinfo", "skip"),
            ("x", rows.SelectMany(row => new double?[] { row.First.Value, row.Second.Value, null }).ToArray()), // null lifts the pen
            ("y", rows.SelectMany((_, i) => new double?[] { i - Apart, i + Apart, null }).ToArray()),
            ("line", Plot.Object(("color", Theme.Base), ("width", 3), ("dash", "dot"))));
        var notes = rows.Select((row, i) => row.Difference is { } less
            ? Plot.Note(1.01, i, $"{Numbers.Signed(less.Value, digits)}<br>{Plot.Small($"{Ends(less)}, n = {Numbers.Count(less.N)}")}")
            : null).OfType<DynamicObj.DynamicObj>().ToArray();
        if (notes.Length > 0)
            notes = [.. notes, Plot.Note(1.01, 1.04, "<b>difference</b>", yref: "paper")];
        var layout = Plot.Layout(
            ("xaxis", Plot.Axis(xTitle)),
            ("yaxis", Plot.Rows(labels)),
            ("margin", Plot.Object(("r", notes.Length > 0 ? 200 : 30))),
            ("annotations", notes));
        var words = rows.Select(row => $"{row.Name}: {first} {Written(row.First)}, {second} {Written(row.Second)}"
            + (row.Difference is { } less ? $", difference {Numbers.Signed(less.Value, digits)} {Ends(less)} n={Numbers.Count(less.N)}"
                : "") + ".");
        return new Figure(
            Plot.Chart(layout, [joints, Dots(first, row => row.First, "circle", Theme.Series[1], -Apart),
                Dots(second, row => row.Second, "diamond-open", Theme.Series[0], Apart)]),
            title, $"{xTitle}\n{string.Join("\n", words)}", 1000, 150 + Math.Max(56, Plot.HeightOf(labels)) * rows.Count);

        Trace Dots(string name, Func<DumbbellRow, Estimate> of, string symbol, string color, double offset) => Plot.Trace("scatter",
            ("mode", "markers"),
            ("name", Markup.Plotly(name)),
            ("showlegend", true),
            ("x", rows.Select(row => of(row).Value).ToArray()),
            ("y", Enumerable.Range(0, rows.Count).Select(i => i + offset).ToArray()),
            ("text", rows.Select(row => Markup.Plotly($"{row.Name}, {name}: {Written(of(row))}")).ToArray()),
            ("hovertemplate", "%{text}<extra></extra>"),
            ("error_x", Plot.Whiskers([.. rows.Select(row => (of(row).Value, (Interval?)of(row).Interval))])),
            ("marker", Plot.Object(("size", 10), ("symbol", symbol), ("color", color),
                ("line", Plot.Object(("width", 2), ("color", color))))));

        string Written(Estimate of) => $"{Numbers.Fixed(of.Value, digits)} [{Numbers.Fixed(of.Interval.Low, digits)}, "
            + $"{Numbers.Fixed(of.Interval.High, digits)}] n={Numbers.Count(of.N)}";

        string Ends(Estimate of) => $"[{Numbers.Signed(of.Interval.Low, digits)}, {Numbers.Signed(of.Interval.High, digits)}]";
    }
}
