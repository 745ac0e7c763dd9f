namespace Urial;

/// <summary>The tokens that were shifted most often.</summary>
internal static class MostShiftedChart
{
    public static Figure Of(IReadOnlyList<ShiftedToken> tokens, int count, string title)
    {
        var rows = tokens.Take(Math.Max(1, count)).ToArray();
        var labels = rows.Select(row => row.Label).Distinct().OrderBy(label => label, StringComparer.Ordinal).ToArray();
        var traces = labels.Select(label =>
        {
            var places = Enumerable.Range(0, rows.Length).Where(i => rows[i].Label == label).ToArray();
            return Plot.Trace("bar",
                ("name", Markup.Plotly(label ?? "no label")),
                ("showlegend", false),
                ("orientation", "h"),
                ("x", places.Select(i => rows[i].Shifted).ToArray()),
                ("y", places),
                ("width", 0.7),
                ("text", places.Select(i => Beside(rows[i])).ToArray()),
                ("textposition", "outside"),
                ("cliponaxis", false),
                ("hovertext", places.Select(i => Plot.Hover(rows[i].Token.Shown, rows[i].Label ?? "",
                    $"shifted {Numbers.Count(rows[i].Shifted)} of {Numbers.Count(rows[i].Total)} times")).ToArray()),
                ("hoverinfo", "text"),
                ("marker", Plot.Object(("color", label is null ? Theme.Color(ShiftClass.Shifted) : Theme.LabelColor(label)))));
        });
        var layout = Plot.Layout(
            ("barmode", "overlay"),
            ("xaxis", Plot.Axis("shifted positions (tokens)", ("range", new[] { 0, 1.5 * rows.Max(row => row.Shifted) }), ("nticks", 6))),
            ("yaxis", Plot.Rows(rows.Select(row => Markup.Plotly(ShortText.Of(row.Token.Shown, 24))))));
        var words = string.Join("; ", rows.Select(row =>
            $"{row.Token.Shown}{(row.Label is null ? "" : $" ({row.Label})")}: shifted {Numbers.Count(row.Shifted)} "
                + $"of {Numbers.Count(row.Total)} times")) + ".";
        return new Figure(Plot.Chart(layout, traces), title, words, 820, 150 + 32 * rows.Length);
    }

    private static string Beside(ShiftedToken row) =>
        $"{Numbers.Count(row.Shifted)} of {Numbers.Count(row.Total)}{(row.Label is null ? "" : " · " + Markup.Plotly(row.Label))}";
}
