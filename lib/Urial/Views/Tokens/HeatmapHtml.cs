using System.Text;

namespace Urial;

/// <summary>The HTML of a token heat map.</summary>
internal static class HeatmapHtml
{
    private const int WidestToken = 48;
    private const int SeenAtOnce = 300; // tokens: about 18 lines on a wide page

    /// <summary>One view of one or several answers, each under its heading, with a legend over all or for each.</summary>
    public static string Of(IReadOnlyList<(string Heading, ShiftedAnswer Answer)> rows, string? title, TokenHeatmapOptions options,
        bool legendEach)
    {
        var html = new StringBuilder("<div>").Append(HeatmapStyle.Sheet);
        html.Append($"<div class=\"urial-heat{(options.Compact ? " c" : "")}\">\n");
        if (title is not null)
            html.Append($"<p><b>{Markup.Html(title)}</b></p>\n");
        foreach (var (row, (heading, answer)) in rows.Index())
        {
            if (heading.Length > 0)
                html.Append($"<p><b>{Markup.Html(heading)}</b></p>\n");
            AppendTokens(html, answer, options, isFirst: row == 0);
            if (options.Legend && legendEach && row < rows.Count - 1)
                html.Append($"<p class=\"n\">{Legend([answer], options)}</p>\n");
        }
        // What stands below the last line has room for its card, and no more.
        html.Append(options.Cards ? "<div class=\"f\">" : "<div>");
        if (options.Legend)
            html.Append($"<p class=\"n\">{Legend(legendEach ? [rows[^1].Answer] : [.. rows.Select(row => row.Answer)], options)}</p>\n");
        if (options.Cards)
            html.Append("<p class=\"n h\"></p>");
        return html.Append("</div></div></div>").ToString();
    }

    private static void AppendTokens(StringBuilder html, ShiftedAnswer answer, TokenHeatmapOptions options, bool isFirst)
    {
        var drawn = Math.Min(answer.Tokens.Length, options.MaxTokens);
        html.Append(drawn > SeenAtOnce ? "<div class=\"t l\">\n" : "<div class=\"t\">\n");
        for (var i = 0; i < drawn; i++)
            AppendToken(html, answer, i, options, isFirst && i == 0);
        if (drawn < answer.Tokens.Length)
            html.Append($"<i>… {Numbers.Count(answer.Tokens.Length - drawn)} more tokens</i>\n");
        html.Append("</div>\n");
    }

    // One Tab stop a view: a page with a script goes on from it by arrow keys.
    private static void AppendToken(StringBuilder html, ShiftedAnswer answer, int index, TokenHeatmapOptions options, bool isFirst)
    {
        var (token, shift) = (answer.Tokens[index], answer.Positions[index].Class);
        html.Append($"<span class=\"{shift.Name()[0]}\"");
        if (options.Cards)
            html.Append($" tabindex=\"{(isFirst ? "0" : "-1")}\" role=\"img\" ")
                .Append($"aria-label=\"{Markup.Html(HeatmapCard.Of(answer, index, options))}\"");
        html.Append('>');
        if (Theme.Glyph(shift) is { Length: > 0 } glyph)
            html.Append($"<sup>{glyph}</sup>");
        html.Append(Shown(token));
        if (options.Labels && answer.Labels?[index] is { Length: > 0 } label)
            html.Append($"<sub>{Markup.Html(label[..1])}</sub>");
        html.Append("</span>");
        for (var breaks = LineBreaks(token); breaks > 0; breaks--)
            html.Append("<br>");
        // White space between tokens, not inside them: lines wrap here even where styles are stripped.
        html.Append('\n');
    }

    /// <summary>The marks for white space are dimmed: they are about the token, not in it.</summary>
    private static string Shown(TokenText token)
    {
        var shown = Markup.Html(ShortText.Of(token.Shown, WidestToken));
        if (token.IsSpecial || token.IsByteFragment)
            return $"<i>{shown}</i>";
        return shown.StartsWith('·') && shown.Length > 1
            ? $"<i>·</i>{shown[1..]}"
            : shown.Replace("↵", "<i>↵</i>");
    }

    internal static int LineBreaks(TokenText token) => token.IsSpecial ? 0 : Math.Min(2, token.Text.Count(c => c == '\n'));

    private static string Legend(IReadOnlyList<ShiftedAnswer> answers, TokenHeatmapOptions options)
    {
        var counts = ClassCounts.Of(answers.SelectMany(answer => answer.Positions));
        var parts = new[] { ShiftClass.Shifted, ShiftClass.Marginal, ShiftClass.Unshifted }.Select(shift =>
            $"<span class=\"{shift.Name()[0]}\">{(Theme.Glyph(shift) is { Length: > 0 } glyph ? glyph + " " : "")}"
                + $"{Markup.Html(counts.Legend(shift))}</span>");
        var legend = string.Join(" · ", parts) + " · " + Markup.Html(HeatmapText.Total(answers, counts));
        return options.Labels && answers.Any(answer => answer.Labels is not null)
            ? legend + " · letters: n name, f fact, g glue, s style"
            : legend;
    }
}
