namespace Urial;

/// <summary>What one judge says against what another says: counts and shares of a row, the diagonal framed.</summary>
internal static class AgreementChart
{
    public static Figure Of(AgreementMatrix matrix, string title)
    {
        var places = Enumerable.Range(0, matrix.Labels.Count).ToArray();
        var heat = Plot.Trace("heatmap",
            ("x", places), ("y", places),
            ("z", places.Select(r => places.Select(c => 100 * matrix.ShareOfRow(r, c) ?? 0).ToArray()).ToArray()),
            ("zmin", 0), ("zmax", 100), ("xgap", 3), ("ygap", 3),
            ("colorscale", new object[][] { [0, Theme.Paper], [1, "#6fb3df"] }),
            ("colorbar", Plot.Object(("title", Plot.Object(("text", "share of the row (%)"), ("side", "right"))), ("thickness", 16))),
            ("text", places.Select(r => places.Select(c => Markup.Plotly(Written(r, c))).ToArray()).ToArray()),
            ("hovertemplate", "%{text}<extra></extra>"));
        var notes = places.SelectMany(r => places.Select(c => Plot.Note(c, r,
            $"{Numbers.Count(matrix.Counts[r][c])}<br>{Plot.Small(Share(r, c))}", "x", anchor: "center", align: "center"))).ToArray();
        var frames = places.Select(i => Plot.Object(
            ("type", "rect"), ("x0", i - 0.485), ("x1", i + 0.485), ("y0", i - 0.47), ("y1", i + 0.47),
            ("line", Plot.Object(("color", Theme.Ink), ("width", 3))))).ToArray();
        var rows = Plot.Rows(places.Select(i => Plot.Label(matrix.Labels[i], $"n = {Numbers.Count(matrix.OfRow(i))}")));
        rows.SetProperty("title", Plot.Object(("text", Markup.Plotly(matrix.Rows)), ("standoff", 14)));
        var layout = Plot.Layout(
            ("xaxis", Plot.Axis($"{matrix.Columns} (framed: both say the same)", ("tickvals", places), ("showgrid", false),
                ("showline", false), ("ticks", ""), ("ticktext", places.Select(i => Plot.Label(matrix.Labels[i])).ToArray()))),
            ("yaxis", rows),
            ("shapes", frames),
            ("annotations", notes));
        var words = places.Select(r => $"{matrix.Rows} {matrix.Labels[r]} (n={Numbers.Count(matrix.OfRow(r))}): {matrix.Columns} "
            + string.Join(", ", places.Select(c => $"{matrix.Labels[c]} {Numbers.Count(matrix.Counts[r][c])} = {Share(r, c)}")) + ".");
        return new Figure(Plot.Chart(layout, [heat]), title,
            $"{string.Join("\n", words)}\nThe same: {Numbers.Count(matrix.Same)} of {Numbers.Count(matrix.Total)}.", 860,
            180 + 64 * places.Length);

        string Share(int row, int column) => matrix.ShareOfRow(row, column) is { } share ? Numbers.Percent(share, 0) : "—";

        string Written(int row, int column) => $"{matrix.Rows}: {matrix.Labels[row]}, {matrix.Columns}: {matrix.Labels[column]}: "
            + $"{Numbers.Count(matrix.Counts[row][column])} of {Numbers.Count(matrix.OfRow(row))}"
            + (row == column ? ", both the same" : "");
    }
}
