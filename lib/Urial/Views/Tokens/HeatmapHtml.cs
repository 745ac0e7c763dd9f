using System.Text;

namespace Urial;

/// <summary>The HTML of a token heat map.</summary>
internal static class HeatmapHtml
{
    private const int WidestToken = 48;

    /// <summary>One view of one or several answers, each under its heading, with a legend over all or for each.</summary>
    public static string Of(IReadOnlyList<(string Heading, ShiftedAnswer Answer)> rows, string? title, TokenHeatmapOptions options,
        bool legendEach)
    {
        var html = new StringBuilder("<div>").Append(HeatmapStyle.Sheet);
        html.Append($"<div class=\"urial-heat{(options.Compact ? " c" : "")}\">\n");
        if (title is not null)
            html.Append($"<p><b>{Markup.Html(title)}</b></p>\n");
        foreach (var (heading, answer) in rows)
        {
            if (heading.Length > 0)
                html.Append($"<p><b>{Markup.Html(heading)}</b></p>\n");
            AppendTokens(html, answer, options);
            if (options.Legend && legendEach)
                html.Append($"<p class=\"n\">{Legend([answer], options)}</p>\n");
        }
        if (options.Legend && !legendEach)
            html.Append($"<p class=\"n\">{Legend([.. rows.Select(row => row.Answer)], options)}</p>\n");
        // Room for the card of the last line.
        if (options.Cards)
            html.Append("<p class=\"n h r\"></p>");
        return html.Append("</div></div>").ToString();
    }

    private static void AppendTokens(StringBuilder html, ShiftedAnswer answer, TokenHeatmapOptions options)
    {
        html.Append("<div class=\"t\">\n");
        var drawn = Math.Min(answer.Tokens.Length, options.MaxTokens);
        for (var i = 0; i < drawn; i++)
            AppendToken(html, answer, i, options);
        if (drawn < answer.Tokens.Length)
            html.Append($"<i>… {Numbers.Count(answer.Tokens.Length - drawn)} more tokens</i>\n");
        html.Append("</div>\n");
    }

    private static void AppendToken(StringBuilder html, ShiftedAnswer answer, int index, TokenHeatmapOptions options)
    {
        var (token, shift) = (answer.Tokens[index], answer.Positions[index].Class);
        html.Append($"<span class=\"{shift.Name()[0]}\"");
        if (options.Cards)
            html.Append($" tabindex=\"0\" role=\"img\" aria-label=\"{Markup.Html(HeatmapCard.Of(answer, index, options))}\"");
        html.Append('>');
        if (Theme.Glyph(shift) is { Length: > 0 } glyph)
            html.Append($"<sup>{glyph}</sup>");
        html.Append(Shown(token));
        if (options.Labels && answer.Labels?[index] is { Length: > 0 } label)
            html.Append($"<sub style=\"color:{Theme.LabelColor(label)}\">{Markup.Html(label[..1])}</sub>");
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
