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
        var title = $"From “{firstName}” to “{secondName}”";
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
            words.Add($"{Numbers.Count(one)} tokens, then {Numbers.Count(two)}");
        }
        words.AddRange(Enum.GetValues<PromptChange>().Select(change => (Change: change,
            Count: difference.Parts.Count(part => part.Change == change))).Where(row => row.Count > 0)
            .Select(row => $"{row.Count} {(row.Count == 1 ? "part" : "parts")} {Word(row.Change)} ({Mark(row.Change)})"));
        words.Add(difference.SameFrame ? "the same frame" : "another frame");
        words.Add(difference.SameStop ? "the same stop strings" : "other stop strings");
        return string.Join(" · ", words);
    }

    private static string Html(string title, string note, IEnumerable<(PromptChange Change, PromptPart Part, int? Tokens)> rows)
    {
        var html = new StringBuilder("<div>").Append(PromptSheet.Style).Append("<div class=\"urial-prompt\">\n");
        html.Append($"<p><b>{Markup.Html(title)}</b></p>\n<p class=\"n\">{Markup.Html(note)}</p>\n<div class=\"t\">");
        foreach (var (change, part, tokens) in rows)
            html.Append(PromptSheet.Block(Class(change), $"{Mark(change)} {Theme.Glyph(part)} {PromptView.Heading(part, tokens)}",
                Shown(change, part)));
        return html.Append("</div>\n</div></div>").ToString();
    }

    private static string Text(string title, string note, IEnumerable<(PromptChange Change, PromptPart Part, int? Tokens)> rows)
    {
        var text = new StringBuilder(title).Append('\n').Append(PromptView.Wrapped(note)).Append('\n');
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

    private static string Class(PromptChange change) => change switch
    {
        PromptChange.Same => "same",
        PromptChange.Moved => "moved",
        PromptChange.OnlyFirst => "gone",
        _ => "new",
    };

    private static string Word(PromptChange change) => change switch
    {
        PromptChange.Same => "in both",
        PromptChange.Moved => "moved",
        PromptChange.OnlyFirst => "taken out",
        _ => "put in",
    };
}
