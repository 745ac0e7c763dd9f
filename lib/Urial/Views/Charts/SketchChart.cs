namespace Urial;

/// <summary>
/// A drawing of how one token gets its class: the aligned model writes it, the base model reads the same beginning and ranks it.
/// </summary>
internal static class SketchChart
{
    private const int Tokens = 8; // of the answer so far that are drawn

    public static Figure Of(ShiftedAnswer answer, int position)
    {
        if (position < 1 || position >= answer.Positions.Count)
            throw new ArgumentOutOfRangeException(nameof(position), position,
                $"The sketch needs a position with something before it: 1 to {answer.Positions.Count - 1}.");
        var shift = answer.Positions[position];
        var token = answer.Tokens[position].Shown;
        var before = (position > Tokens ? "… " : "") + string.Join(" ",
            answer.Tokens.Take(position).TakeLast(Tokens).Select(one => one.Shown));
        var ranked = Ranked(answer, shift);
        var verdict = $"{Theme.Glyph(shift.Class)} {shift.Class.Name()}".Trim();
        (double X0, double X1, double Y0, double Y1, string Color, string[] Lines, string Hover)[] boxes =
        [
            (0, 31, 40, 58, Theme.Aligned, ["<b>The aligned model</b>", "reads the question in its chat", "template and the answer so far"],
                $"The question: {answer.Query}"),
            (0, 31, 27, 34, Theme.Muted, [Escaped(before)], $"The answer so far: {before}"),
            (0, 31, 3, 21, Theme.Ink, ["<b>The base model</b>", "reads the question in a plain", "prompt and the same answer so far"],
                $"The question: {answer.Query}"),
            (39, 64, 40, 58, Theme.Aligned, ["writes its first choice:", $"<b>{Escaped(token)}</b>"],
                $"{token}: aligned model {Numbers.Percent(shift.AlignedProbability)}"),
            (39, 64, 0, 28, Theme.Ink, ["expects, most probable first:", .. ranked.Select(Escaped)],
                $"The base model's list: {string.Join("; ", ranked)}"),
            (72, 100, 5, 23, Theme.Ink,
                [$"<b>{Escaped(token)}</b> has", $"base rank {Numbers.Count(shift.BaseRank)}:", $"<b>{Escaped(verdict)}</b>"],
                $"{shift.Class.Name()}: {Theme.Ranks(shift.Class)}"),
        ];
        var arrows = new[]
        {
            Arrow(15, 34, 15, 40), Arrow(15, 27, 15, 21), Arrow(31, 49, 39, 49), Arrow(31, 12, 39, 12), Arrow(51, 40, 51, 28),
            Arrow(64, 14, 72, 14),
        };
        var texts = boxes.Select(box => Plot.Note((box.X0 + box.X1) / 2, (box.Y0 + box.Y1) / 2, string.Join("<br>", box.Lines), "x",
            anchor: "center", align: "center")).Append(Plot.Note(52, 34, "where does it stand?", "x")).Concat(arrows).ToArray();
        var layout = Plot.Layout(
            ("xaxis", Hidden(-1, 101)), ("yaxis", Hidden(-2, 60)), ("margin", Plot.Object(("l", 10), ("r", 10), ("b", 10))),
            ("shapes", boxes.Select(box => Plot.Object(("type", "rect"), ("x0", box.X0), ("x1", box.X1), ("y0", box.Y0), ("y1", box.Y1),
                ("line", Plot.Object(("color", box.Color), ("width", 2))))).ToArray()),
            ("annotations", texts));
        var points = Plot.Trace("scatter", ("mode", "markers"), ("showlegend", false),
            ("x", boxes.Select(box => (box.X0 + box.X1) / 2).ToArray()), ("y", boxes.Select(box => (box.Y0 + box.Y1) / 2).ToArray()),
            ("text", boxes.Select(box => Markup.Plotly(box.Hover)).ToArray()), ("hovertemplate", "%{text}<extra></extra>"),
            ("marker", Plot.Object(("size", 40), ("opacity", 0))));
        var words = $"The aligned model reads the question in its chat template and the answer so far ({before}) and writes its first "
            + $"choice, {token}. The base model reads the question in a plain prompt and the same answer so far, and expects: "
            + $"{string.Join("; ", ranked)}. So {token} has base rank {Numbers.Count(shift.BaseRank)}: {shift.Class.Name()} "
            + $"({Theme.Ranks(shift.Class)}).";
        return new Figure(Plot.Chart(layout, [points]), "How a token gets its mark", words, 1000, 430);
    }

    /// <summary>The base model's first three, and the token itself where it stands behind them.</summary>
    private static string[] Ranked(ShiftedAnswer answer, PositionShift shift)
    {
        var listed = shift.BaseTop.Take(3).Select((top, i) => Line(i + 1, TokenNames.Of(answer, top), top.Probability));
        return shift.BaseRank <= 3 ? [.. listed]
            : [.. listed, "…", Line(shift.BaseRank, answer.Tokens[shift.Position].Shown, shift.BaseProbability)];

        static string Line(int rank, string token, double probability) =>
            $"{Numbers.Count(rank)}. “{ShortText.Of(token, 14)}”  {Numbers.Percent(probability)}";
    }

    private static string Escaped(string text) => Markup.Plotly(ShortText.Of(text, 40));

    private static DynamicObj.DynamicObj Hidden(double low, double high) =>
        Plot.Object(("range", new[] { low, high }), ("visible", false), ("fixedrange", true));

    private static DynamicObj.DynamicObj Arrow(double x0, double y0, double x1, double y1) => Plot.Object(
        ("x", x1), ("y", y1), ("ax", x0), ("ay", y0), ("xref", "x"), ("yref", "y"), ("axref", "x"), ("ayref", "y"), ("text", ""),
        ("showarrow", true), ("arrowhead", 2), ("arrowwidth", 2), ("arrowcolor", Theme.Muted));
}
