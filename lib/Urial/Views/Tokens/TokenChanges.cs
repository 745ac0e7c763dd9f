using System.Text;

namespace Urial;

/// <summary>
/// One answer under several prompts, row by row, with the tokens outlined whose class is another than in the first row. Before such a token
/// stand its class there and its class here (▲ shifted, ○ marginal, – unshifted): <c>▲→–</c>.
/// </summary>
public static class TokenChanges
{
    private const int WidestToken = 48;
    private const int Width = 100;

    private static readonly TokenHeatmapOptions CardOptions = new() { Top = 4 };

    /// <summary>The answer's rows.</summary>
    /// <param name="rows">What each row is, and the answer as it was scored there; the first is what others are compared with.</param>
    /// <param name="title">The heading; null for the query.</param>
    /// <exception cref="ArgumentException">There are fewer than two rows, or they are not one answer, token by token.</exception>
    public static HtmlView Of(IReadOnlyList<(string Name, ShiftedAnswer Answer)> rows, string? title = null)
    {
        if (rows.Count < 2)
            throw new ArgumentException($"A change takes two rows, and there are {rows.Count}.", nameof(rows));
        var first = rows[0].Answer;
        if (rows.FirstOrDefault(row => !row.Answer.AnswerIds.AsSpan().SequenceEqual(first.AnswerIds)) is { Answer: not null } other)
            throw new ArgumentException(
                $"'{other.Name}' has another answer than '{rows[0].Name}': rows must be one answer, token by token.", nameof(rows));
        title ??= first.Query;
        return new HtmlView(Html(rows, title), Text(rows, title));
    }

    /// <summary>The class of a position as a mark: ▲, ○ or –.</summary>
    private static string Mark(ShiftClass shift) => Theme.Glyph(shift) is { Length: > 0 } glyph ? glyph : "–";

    private static string Change(ShiftClass before, ShiftClass here) => before == here ? "" : $"{Mark(before)}→{Mark(here)}";

    private static string Heading(IReadOnlyList<(string Name, ShiftedAnswer Answer)> rows, int row)
    {
        var counts = ClassCounts.Of(rows[row].Answer.Positions);
        var classes = string.Join(", ", new[] { ShiftClass.Shifted, ShiftClass.Marginal, ShiftClass.Unshifted }.Select(counts.Legend));
        if (row == 0)
            return $"{rows[0].Name}: {classes}";
        var changes = rows[0].Answer.Positions.Zip(rows[row].Answer.Positions)
            .Where(pair => pair.First.Class != pair.Second.Class).ToList();
        return $"{rows[row].Name}: {classes}; in another class than under {rows[0].Name}: {Numbers.Count(changes.Count)}, of these nearer "
            + $"to the base model's first choice {Numbers.Count(changes.Count(pair => pair.Second.Class < pair.First.Class))}";
    }

    private static string Html(IReadOnlyList<(string Name, ShiftedAnswer Answer)> rows, string title)
    {
        var html = new StringBuilder("<div>").Append(HeatmapStyle.Sheet)
            .Append($"<style>.urial-heat .t .x{{outline:2px dashed var(--urial-ink,{Theme.Ink});outline-offset:-1px;margin:0 2px}}</style>")
            .Append("<div class=\"urial-heat\">\n");
        if (title.Length > 0)
            html.Append($"<p><b>{Markup.Html(title)}</b></p>\n");
        for (var row = 0; row < rows.Count; row++)
        {
            html.Append($"<p class=\"n\">{Markup.Html(Heading(rows, row))}</p>\n<div class=\"t\">\n");
            for (var i = 0; i < rows[row].Answer.Tokens.Length; i++)
                AppendToken(html, rows, row, i);
            html.Append("</div>\n");
        }
        return html.Append($"<div class=\"f\"><p class=\"n\">{Legend}</p></div>\n</div></div>").ToString();
    }

    private static void AppendToken(StringBuilder html, IReadOnlyList<(string Name, ShiftedAnswer Answer)> rows, int row, int index)
    {
        var answer = rows[row].Answer;
        var (before, here) = (rows[0].Answer.Positions[index].Class, answer.Positions[index].Class);
        var change = Change(before, here);
        var card = HeatmapCard.Of(answer, index, CardOptions)
            + (change.Length > 0 ? $"\n{rows[0].Name}: {before.Name()} → here: {here.Name()}" : "");
        // One Tab stop for the whole view; pages with a script let the arrow keys go from token to token.
        html.Append($"<span class=\"{here.Name()[0]}{(change.Length > 0 ? " x" : "")}\" tabindex=\"{(row + index == 0 ? 0 : -1)}\" ")
            .Append($"role=\"img\" aria-label=\"{Markup.Html(card)}\">");
        var mark = change.Length > 0 ? change : Theme.Glyph(here);
        if (mark.Length > 0)
            html.Append($"<sup>{mark}</sup>");
        html.Append(Markup.Html(ShortText.Of(answer.Tokens[index].Shown, WidestToken))).Append("</span>");
        for (var breaks = HeatmapHtml.LineBreaks(answer.Tokens[index]); breaks > 0; breaks--)
            html.Append("<br>");
        html.Append('\n');
    }

    private static string Legend => $"▲ {Theme.Ranks(ShiftClass.Shifted)} · ○ {Theme.Ranks(ShiftClass.Marginal)} · "
        + "outlined and with an arrow: another class than in the first row, whose mark stands left of the arrow (– unshifted)";

    private static string Text(IReadOnlyList<(string Name, ShiftedAnswer Answer)> rows, string title)
    {
        var text = new StringBuilder();
        if (title.Length > 0)
            text.Append(title).Append('\n');
        for (var row = 0; row < rows.Count; row++)
        {
            text.Append(Heading(rows, row)).Append('\n');
            var column = 0;
            for (var i = 0; i < rows[row].Answer.Tokens.Length; i++)
            {
                var (before, here) = (rows[0].Answer.Positions[i].Class, rows[row].Answer.Positions[i].Class);
                var token = (Change(before, here) is { Length: > 0 } change ? $"‹{change}›" : Theme.Glyph(here))
                    + rows[row].Answer.Tokens[i].Shown;
                if (column > 0 && column + 1 + token.Length > Width)
                {
                    text.Append('\n');
                    column = 0;
                }
                text.Append(column > 0 ? " " : "").Append(token);
                column += token.Length + 1;
                if (HeatmapHtml.LineBreaks(rows[row].Answer.Tokens[i]) is > 0 and var breaks)
                {
                    text.Append('\n', breaks);
                    column = 0;
                }
            }
            if (text[^1] != '\n')
                text.Append('\n');
        }
        return text.Append(Legend).ToString();
    }
}
