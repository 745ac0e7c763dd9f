using Plotly.NET;

namespace Urial;

/// <summary>
/// Differences as a table of colours, with their signed numbers in the cells. A difference whose interval holds 0 is grey and in brackets.
/// </summary>
internal static class MatrixChart
{
    // Pale enough for dark text at their strongest (7:1 and more), and apart for colour-blind eyes.
    private const string Below = "#ee9b6a";
    private const string Above = "#6fb3df";
    private const string Unknown = "#ececec";

    public static Figure Of(IReadOnlyList<string> rows, IReadOnlyList<string> columns, Func<int, int, Estimate> value, string unit,
        string title, int digits)
    {
        var cells = rows.Select((_, r) => columns.Select((_, c) => value(r, c)).ToArray()).ToArray();
        var most = cells.SelectMany(row => row).Max(of => Math.Abs(of.Value));
        var (x, y) = (Enumerable.Range(0, columns.Count).ToArray(), Enumerable.Range(0, rows.Count).ToArray());
        var told = Heat(of => Told(of) ? of.Value : null,
            ("colorscale", new object[][] { [0, Below], [0.5, Theme.Paper], [1, Above] }),
            ("zmin", most > 0 ? -most : -1), ("zmax", most > 0 ? most : 1),
            ("colorbar", Plot.Object(("title", Plot.Object(("text", Markup.Plotly(unit)), ("side", "right"))), ("thickness", 16))));
        var untold = Heat(of => Told(of) ? null : 0,
            ("colorscale", new object[][] { [0, Unknown], [1, Unknown] }), ("showscale", false));
        var notes = y.SelectMany(r => x.Select(c => Plot.Note(c, r, Written(cells[r][c]), "x", anchor: "center"))).ToArray();
        var labels = rows.Select(row => Plot.Label(row)).ToArray();
        var layout = Plot.Layout(
            ("xaxis", Plot.Axis("grey and in brackets: the interval holds 0", ("tickvals", x),
                ("ticktext", columns.Select(column => Plot.Label(column)).ToArray()), ("showgrid", false), ("showline", false),
                ("ticks", ""))),
            ("yaxis", Plot.Rows(labels)),
            ("annotations", notes));
        var words = rows.Select((row, r) => $"{row}: " + string.Join(", ", columns.Select((column, c) =>
            $"{column} {Written(cells[r][c])} {Ends(cells[r][c])} n={Numbers.Count(cells[r][c].N)}")) + ".");
        return new Figure(Plot.Chart(layout, [untold, told]), title,
            $"In {unit}; in brackets what cannot be told from 0.\n{string.Join("\n", words)}", 1020,
            170 + Math.Max(54, Plot.HeightOf(labels)) * rows.Count);

        Trace Heat(Func<Estimate, double?> color, params ReadOnlySpan<(string Name, object? Value)> more) => Plot.Trace("heatmap",
            [("x", x), ("y", y), ("z", cells.Select(row => row.Select(color).ToArray()).ToArray()),
                ("xgap", 2), ("ygap", 2), ("hoverongaps", false),
                ("text", cells.Select((row, r) => row.Select((of, c) => Markup.Plotly(
                    $"{rows[r]}, {columns[c]}: {Numbers.Signed(of.Value, digits)} {Ends(of)}, n = {Numbers.Count(of.N)}")).ToArray())
                    .ToArray()),
                ("hovertemplate", "%{text}<extra></extra>"), .. more]);

        string Written(Estimate of) => Told(of) ? Numbers.Signed(of.Value, digits) : $"({Numbers.Signed(of.Value, digits)})";

        string Ends(Estimate of) => $"[{Numbers.Signed(of.Interval.Low, digits)}, {Numbers.Signed(of.Interval.High, digits)}]";
    }

    private static bool Told(Estimate difference) => !difference.Interval.Contains(0);
}
