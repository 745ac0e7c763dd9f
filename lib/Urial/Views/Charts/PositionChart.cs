namespace Urial;

/// <summary>Both models' most probable tokens at one position.</summary>
internal static class PositionChart
{
    public static Figure Of(ShiftedAnswer answer, int position, int top, string? title)
    {
        if (position < 0 || position >= answer.Positions.Count)
            throw new ArgumentOutOfRangeException(nameof(position), position,
                $"The answer has positions 0 to {answer.Positions.Count - 1}.");
        var shift = answer.Positions[position];
        var rows = Rows(answer, shift, top);
        var traces = new[]
        {
            Bars("aligned model", Theme.Aligned, [.. rows.Select(row => (row.Token, row.Aligned))], -0.19, ""),
            Bars("base model", Theme.Base, [.. rows.Select(row => (row.Token, row.Base))], 0.19, "/"),
        };
        var layout = Plot.Layout(
            ("barmode", "overlay"),
            ("xaxis", Plot.Axis("probability (%)", ("range", new[] { 0, 112 }), ("tickvals", new[] { 0, 20, 40, 60, 80, 100 }))),
            ("yaxis", Plot.Rows(rows.Select(row => row.Chosen ? $"<b>{Name(row.Token)}</b> ◀" : Name(row.Token)))));
        var words = $"Position {position}, token {answer.Tokens[position].Shown} (marked ◀), {shift.Class.Name()}, base "
            + $"rank {Numbers.Count(shift.BaseRank)}. "
            + string.Join("; ", rows.Select(row => $"{row.Token}: aligned {Known(row.Aligned)}, base {Known(row.Base)}")) + ".";
        return new Figure(
            Plot.Chart(layout, traces),
            title ?? $"Position {position}: {answer.Tokens[position].Shown} is {shift.Class.Name()}, base "
                + $"rank {Numbers.Count(shift.BaseRank)}",
            words, 820, 150 + Plot.RowHeight * rows.Count);
    }

    private static Plotly.NET.Trace Bars(string name, string color, IReadOnlyList<(string Token, double? Share)> rows, double offset,
        string pattern)
    {
        var known = rows.Select(row => row.Share).ToArray();
        return Plot.Trace("bar",
            ("name", name),
            ("orientation", "h"),
            ("x", known.Select(p => 100 * (p ?? 0)).ToArray()),
            ("y", Enumerable.Range(0, known.Length).Select(i => i + offset).ToArray()),
            ("width", 0.36),
            ("text", known.Select(Known).ToArray()),
            ("textposition", "outside"),
            ("cliponaxis", false),
            ("hovertext", rows.Select(row => Plot.Hover(row.Token, name, Known(row.Share))).ToArray()),
            ("hoverinfo", "text"),
            ("marker", Plot.Object(
                ("color", color),
                ("pattern", Plot.Object(("shape", pattern), ("fillmode", "overlay"), ("fgcolor", "#ffffff"), ("fgopacity", 0.5),
                    ("size", 7), ("solidity", 0.25))))));
    }

    private static string Name(string token) => Markup.Plotly(ShortText.Of(token, 24));

    private static string Known(double? share) => share is { } p ? Numbers.Percent(p) : "not among its listed tokens";

    private static List<(string Token, double? Aligned, double? Base, bool Chosen)> Rows(ShiftedAnswer answer, PositionShift shift, int top)
    {
        var inAligned = shift.AlignedTop.ToDictionary(token => token.Id, token => token.Probability);
        var inBase = shift.BaseTop.ToDictionary(token => token.Id, token => token.Probability);
        inAligned[shift.TokenId] = shift.AlignedProbability;
        inBase[shift.TokenId] = shift.BaseProbability;
        return
        [
            .. shift.AlignedTop.Take(top).Concat(shift.BaseTop.Take(top))
                .Append(new TopToken(shift.TokenId, shift.AlignedProbability) { Shown = answer.Tokens[shift.Position].Shown })
                .DistinctBy(token => token.Id)
                .OrderByDescending(token => inAligned.GetValueOrDefault(token.Id))
                .ThenByDescending(token => inBase.GetValueOrDefault(token.Id))
                .Select(token => (TokenNames.Of(answer, token), Find(inAligned, token.Id), Find(inBase, token.Id),
                    token.Id == shift.TokenId)),
        ];
    }

    private static double? Find(Dictionary<int, double> probabilities, int id) => probabilities.TryGetValue(id, out var p) ? p : null;
}
