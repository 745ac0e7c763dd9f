using System.Text;

namespace Urial;

/// <summary>Two prompts side by side in one column: what both have, what moved, what only one has.</summary>
internal static class PromptComparison
{
    /// <summary>A part that both prompts have is told by its beginning.</summary>
    private const int Beginning = 80;

    private const int TextWidth = 100;

    public static HtmlView View(PromptText first, string firstName, PromptText second, string secondName, HfTokenizer? tokenizer)
    {
        var difference = PromptDifference.Between(first, second);
        var title = $"− {firstName}   + {secondName}";
        var note = Note(difference, first, second, tokenizer);
        var rows = difference.Parts.Select(row => (row.Change, row.Part, Tokens: tokenizer?.Encode(row.Part.Text).Length)).ToArray();
        return new HtmlView(Html(title, note, rows), Text(title, note, rows));
    }

    private static string Note(PromptDifference difference, PromptText first, PromptText second, HfTokenizer? tokenizer)
    {
        var words = new List<string>();
        if (tokenizer is not null)
        {
            int one = first.Encode(tokenizer).Length, two = second.Encode(tokenizer).Length;
            words.Add($"{Numbers.Count(one)} and {Numbers.Count(two)} "
                + $"tokens, {(two >= one ? "+" : "−")}{Numbers.Count(Math.Abs(two - one))}");
        }
        words.AddRange(Enum.GetValues<PromptChange>().Select(change => (change, difference.Parts.Count(part => part.Change == change)))
            .Where(row => row.Item2 > 0).Select(row => $"{Mark(row.change)} {row.Item2} {Word(row.change)}"));
        words.Add(difference.SameFrame ? "the same frame" : "another frame");
        words.Add(difference.SameStop ? "the same stop strings" : "other stop strings");
        return string.Join(" · ", words);
    }

    private static string Html(string title, string note, IEnumerable<(PromptChange Change, PromptPart Part, int? Tokens)> rows)
    {
        var html = new StringBuilder("<div>").Append(PromptSheet.Style).Append("<div class=\"urial-prompt\">\n");
        html.Append($"<p><b>{Markup.Html(title)}</b></p>\n<p class=\"n\">{Markup.Html(note)}</p>\n<div class=\"t\">");
        foreach (var (change, part, tokens) in rows)
            html.Append($"<span style=\"background:{(change == PromptChange.Same ? Theme.Paper : Theme.Tint(part.Kind))}\">")
                .Append($"<b>{Mark(change)} {Theme.Glyph(part)} {Markup.Html(PromptView.Heading(part, tokens))}</b>")
                .Append($"{Markup.Html(Shown(change, part))}</span>");
        return html.Append("</div>\n</div></div>").ToString();
    }

    private static string Text(string title, string note, IEnumerable<(PromptChange Change, PromptPart Part, int? Tokens)> rows)
    {
        var text = new StringBuilder(title).Append('\n').Append(note).Append('\n');
        foreach (var (change, part, tokens) in rows)
        {
            text.Append($"{Mark(change)} {Theme.Glyph(part),-3} {PromptView.Heading(part, tokens)}\n");
            foreach (var line in Markup.Lines(Shown(change, part), TextWidth))
                text.Append("      ").Append(line).Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }

    private static string Shown(PromptChange change, PromptPart part) =>
        change is PromptChange.Same or PromptChange.Moved ? ShortText.Of(part.Text.Split('\n')[0], Beginning) : part.Text;

    private static string Mark(PromptChange change) => change switch
    {
        PromptChange.Same => "=",
        PromptChange.Moved => "↕",
        PromptChange.OnlyFirst => "−",
        _ => "+",
    };

    private static string Word(PromptChange change) => change switch
    {
        PromptChange.Same => "in both",
        PromptChange.Moved => "moved",
        PromptChange.OnlyFirst => "in the first only",
        _ => "in the second only",
    };
}
