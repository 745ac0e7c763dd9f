using System.Text;

namespace Urial;

/// <summary>The answers' section: the first of them drawn for readers without script, which the script replaces by all.</summary>
internal static class RunPageAnswers
{
    private const int MostTokens = 300; // of an answer that is drawn without script

    private static readonly TokenHeatmapOptions Card = new() { Top = 5 };

    /// <summary>Writes the section.</summary>
    public static void Write(TextWriter page, IReadOnlyList<ShiftedAnswer> answers)
    {
        var first = answers.Take(RunPage.FirstAnswers).ToList();
        page.Write("<section aria-labelledby=\"urial-answers\">\n<h2 id=\"urial-answers\" tabindex=\"-1\">Answers, token by token</h2>\n");
        page.Write($"<p class=\"legend\"><span class=\"s\"><sup>{Theme.Glyph(ShiftClass.Shifted)}</sup>shifted</span> base rank above 3 · "
            + $"<span class=\"m\"><sup>{Theme.Glyph(ShiftClass.Marginal)}</sup>marginal</span> base rank 2 or 3 · <span "
            + "class=\"u\">unshifted</span> the base model's own first choice. Point at a token, tap it, or move with the arrow keys: its "
            + "numbers and both models' most probable tokens appear.</p>\n");
        page.Write("<div data-part=\"controls\" class=\"controls\" hidden></div>\n");
        page.Write("<noscript><p class=\"n\">");
        page.Write(first.Count < answers.Count
            ? $"Without script the page shows the first {first.Count} of {Numbers.Count(answers.Count)} answers in the order of the run."
            : "Without script the answers stand in the order of the run.");
        page.Write("</p></noscript>\n<div data-part=\"list\" class=\"list static\">\n");
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var answer in first)
            page.Write(Html(answer, taken));
        page.Write("</div>\n<div data-part=\"pager\" class=\"pager\" hidden></div>\n</section>\n");
    }

    private static string Html(ShiftedAnswer answer, HashSet<string> taken)
    {
        var counts = ClassCounts.Of(answer.Positions);
        // The page's own anchors begin with its name: an answer's id must not take one of theirs.
        var anchor = !answer.Id.StartsWith("urial-", StringComparison.Ordinal) && taken.Add(answer.Id)
            && !answer.Id.Any(char.IsWhiteSpace) ? $" id=\"{Markup.Html(answer.Id)}\"" : "";
        var html = new StringBuilder($"<article class=\"answer\"{anchor}>\n<h3>{Markup.Html(answer.Id)}");
        if (answer.Kind is { Length: > 0 } kind)
            html.Append($" <span class=\"kind\">{Markup.Html(kind)}</span>");
        html.Append("</h3>\n");
        if (answer.Query.Length > 0)
            html.Append($"<p class=\"query\">{Markup.Html(answer.Query)}</p>\n");
        html.Append($"<p class=\"n\">{Numbers.Count(counts.Total)} tokens · shifted "
            + $"{Numbers.Percent((double)counts.Shifted / counts.Total)} · marginal "
            + $"{Numbers.Percent((double)counts.Marginal / counts.Total)} · mean KL(aligned‖base) "
            + $"{Numbers.Nats(answer.Positions.Average(p => p.KlAlignedBase))} nats{(answer.Ended ? "" : " · did not end")}</p>\n");
        html.Append($"<div class=\"tokens\" role=\"group\" aria-label=\"{Markup.Html($"Answer to {answer.Id}, token by token")}\">\n");
        var drawn = Math.Min(answer.Tokens.Length, MostTokens);
        for (var i = 0; i < drawn; i++)
        {
            if (answer.Segments is { } parts && (i == 0 || parts[i] != parts[i - 1]))
                html.Append($"<b class=\"part\">{Markup.Html(parts[i])}</b>\n");
            Append(html, answer, i);
        }
        if (drawn < answer.Tokens.Length)
            html.Append($"<i>… {Numbers.Count(answer.Tokens.Length - drawn)} more tokens</i>\n");
        return html.Append("</div>\n</article>\n").ToString();
    }

    private static void Append(StringBuilder html, ShiftedAnswer answer, int index)
    {
        var (token, shift) = (answer.Tokens[index], answer.Positions[index].Class);
        html.Append($"<span class=\"{shift.Name()[0]}\" role=\"img\" tabindex=\"{(index == 0 ? 0 : -1)}\" aria-label=\"")
            .Append(Markup.Html(HeatmapCard.Of(answer, index, Card))).Append("\">");
        if (Theme.Glyph(shift) is { Length: > 0 } glyph)
            html.Append($"<sup>{glyph}</sup>");
        var shown = Markup.Html(ShortText.Of(token.Shown, RunPageData.WidestToken));
        html.Append(token.IsSpecial || token.IsByteFragment ? $"<i>{shown}</i>" : shown).Append("</span>");
        for (var breaks = HeatmapHtml.LineBreaks(token); breaks > 0; breaks--)
            html.Append("<br>");
        html.Append('\n');
    }
}
