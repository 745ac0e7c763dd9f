using Plotly.NET;

namespace Urial;

/// <summary>Arms by aspect on a radar. Lines differ by colour, dash and marker.</summary>
internal static class RadarChart
{
    private static readonly string[] Symbols = ["circle", "square", "diamond", "triangle-up", "cross", "x", "star"];

    public static Figure Of(IReadOnlyList<AspectScoreRow> rows, string title)
    {
        Aspect[] aspects = [.. Aspects.All.Where(aspect => rows.All(row => row.Scores.ContainsKey(aspect)))];
        if (aspects.Length < 3)
            throw new ArgumentException($"A radar needs three aspects that every row has, and there are {aspects.Length}: use bars.",
                nameof(rows));
        var traces = new List<Trace>();
        for (var i = 0; i < rows.Count; i++)
        {
            traces.Add(Line(rows[i], aspects, i));
            if (aspects.Any(aspect => rows[i].Scores[aspect].Interval is not null))
                traces.Add(Strokes(rows[i], aspects, i));
        }
        // Degrees instead of names: the strokes of several arms stand beside each other.
        var layout = Plot.Layout(("polar", Plot.Object(
            ("bgcolor", Theme.Paper),
            // Room above for the topmost name, which the legend would cover.
            ("domain", Plot.Object(("x", new[] { 0.16, 0.84 }), ("y", new[] { 0, 0.93 }))),
            ("radialaxis", Plot.Object(
                ("range", new[] { 1, 5 }), ("tickvals", new[] { 1, 2, 3, 4, 5 }), ("angle", 90), ("tickangle", 90),
                ("gridcolor", Theme.Grid), ("linecolor", Theme.Muted), ("tickfont", Plot.Object(("size", Theme.FontSize - 3))))),
            ("angularaxis", Plot.Object(
                ("tickvals", aspects.Select((_, place) => Angle(place, aspects.Length)).ToArray()),
                ("ticktext", aspects.Select(aspect => aspect.Name()).ToArray()),
                ("direction", "clockwise"), ("rotation", 90), ("gridcolor", Theme.Grid), ("linecolor", Theme.Muted))))));
        var words = rows.Select(row =>
            $"{row.Name}: {string.Join(", ", aspects.Select(aspect => $"{aspect.Name()} {ScoreText.Of(row.Scores[aspect])}"))}"
            + $"{(row.N.Length > 0 ? $"; n = {row.N}" : "")}{(row.Counting.Length > 0 ? $"; {row.Counting}" : "")}.");
        return new Figure(Plot.Chart(layout, traces), title, string.Join("\n", words), 940, 640 + 24 * (rows.Count / 3));
    }

    private static Trace Line(AspectScoreRow row, Aspect[] aspects, int series) => Plot.Trace("scatterpolar",
        ("name", Markup.Plotly(row.Name)),
        ("showlegend", true),
        ("mode", "lines+markers"),
        ("r", aspects.Append(aspects[0]).Select(aspect => row.Scores[aspect].Value).ToArray()),
        ("theta", aspects.Append(aspects[0]).Select((_, place) => Angle(place % aspects.Length, aspects.Length)).ToArray()),
        ("line", Plot.Object(("color", Theme.Series[series]), ("width", 3), ("dash", Theme.Dashes[series]))),
        ("marker", Plot.Object(("size", 9), ("symbol", Symbols[series]), ("color", Theme.Series[series]))),
        ("hovertext", aspects.Append(aspects[0]).Select(aspect =>
            Plot.Hover(row.Name, $"{aspect.Name()} {ScoreText.Of(row.Scores[aspect])}", row.N.Length > 0 ? $"n = {row.N}" : "")).ToArray()),
        ("hoverinfo", "text"));

    private static Trace Strokes(AspectScoreRow row, Aspect[] aspects, int series)
    {
        var (radii, angles) = (new List<double?>(), new List<double?>());
        for (var place = 0; place < aspects.Length; place++)
            if (row.Scores[aspects[place]].Interval is { } interval)
            {
                var angle = Angle(place, aspects.Length) + 2.2 * (series + 1); // beside the markers, which are larger than most intervals
                radii.AddRange([interval.Low, interval.High, null]); // null lifts the pen
                angles.AddRange([angle, angle, null]);
            }
        return Plot.Trace("scatterpolar",
            ("showlegend", false),
            ("hoverinfo", "skip"),
            ("mode", "lines"),
            ("r", radii.ToArray()),
            ("theta", angles.ToArray()),
            ("line", Plot.Object(("color", Theme.Series[series]), ("width", 3))));
    }

    private static double Angle(int place, int count) => 360.0 * place / count;
}
