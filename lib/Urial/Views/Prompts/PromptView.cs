using System.Text;

namespace Urial;

/// <summary>
/// A prompt explained: which stretch is what, and what it costs. Each part has a mark and a heading beside its colour
/// (§ system text, Q1 and A1 an example's query and answer, q1 and a1 an earlier turn's, ? the query, │ frame).
/// </summary>
public static class PromptView
{
    private const int TextWidth = 100;

    /// <summary>A prompt.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="tokenizer">Counts tokens; without one none are shown.</param>
    /// <param name="title">A heading; the provenance where null.</param>
    public static HtmlView Of(PromptText prompt, HfTokenizer? tokenizer = null, string? title = null)
    {
        var cost = tokenizer is null ? null : prompt.Cost(tokenizer);
        var rows = prompt.Parts.Select((part, place) => (Part: part, Tokens: cost?.Parts[place].Tokens)).ToArray();
        var note = Note(prompt, cost);
        return new HtmlView(Html(title ?? prompt.Provenance, note, rows), Text(title ?? prompt.Provenance, note, rows));
    }

    /// <summary>What differs between two prompts: = in both, ↕ moved, − in the first only, + in the second only.</summary>
    /// <param name="first">The first prompt.</param>
    /// <param name="firstName">What it is.</param>
    /// <param name="second">The second prompt.</param>
    /// <param name="secondName">What that is.</param>
    /// <param name="tokenizer">Counts tokens; without one none are shown.</param>
    public static HtmlView Compare(PromptText first, string firstName, PromptText second, string secondName,
        HfTokenizer? tokenizer = null) =>
        PromptComparison.View(first, firstName, second, secondName, tokenizer);

    /// <summary>How many tokens, where the answer ends, what is put before the text.</summary>
    private static string Note(PromptText prompt, PromptCost? cost)
    {
        var tokens = cost is null ? "" : $"{Numbers.Count(cost.Total)} tokens"
            + (cost.Leading > 0 ? $", {cost.Leading} of them put before the text" : "")
            + $"; frame {Numbers.Count(cost.Of(PromptPartKind.Frame))} · ";
        return tokens + (prompt.Stop.Count == 0 ? "the answer ends with the end of sequence"
            : $"the answer ends before {string.Join(" or ", prompt.Stop.Select(stop => $"\"{TokenText.Show(stop)}\""))}");
    }

    private static string Html(string title, string note, IEnumerable<(PromptPart Part, int? Tokens)> rows)
    {
        var html = new StringBuilder("<div>").Append(PromptSheet.Style).Append("<div class=\"urial-prompt\">\n");
        html.Append($"<p><b>{Markup.Html(title)}</b></p>\n<p class=\"n\">{Markup.Html(note)}</p>\n<div class=\"t\">");
        foreach (var (part, tokens) in rows)
            html.Append(part.Kind == PromptPartKind.Frame
                ? $"<div class=\"{PromptSheet.Class(part.Kind)}\">{Css.Lines(part.Text)}</div>"
                : PromptSheet.Block(PromptSheet.Class(part.Kind), $"{Theme.Glyph(part)} {Heading(part, tokens)}", part.Text));
        return html.Append("</div>\n</div></div>").ToString();
    }

    private static string Text(string title, string note, IEnumerable<(PromptPart Part, int? Tokens)> rows)
    {
        var text = new StringBuilder(title).Append('\n').Append(Wrapped(note)).Append('\n');
        foreach (var (part, tokens) in rows.Where(row => row.Part.Kind != PromptPartKind.Frame))
        {
            text.Append($"{Theme.Glyph(part),-3} {Heading(part, tokens)}\n");
            foreach (var line in Markup.Lines(part.Text, TextWidth))
                text.Append("    ").Append(line).Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>A note in lines of the plain form.</summary>
    internal static string Wrapped(string note) => Dotted.Wrapped(note, TextWidth);

    internal static string Heading(PromptPart part, int? tokens) =>
        Theme.Name(part) + (tokens is { } count ? $" · {Numbers.Count(count)} {(count == 1 ? "token" : "tokens")}" : "");
}
