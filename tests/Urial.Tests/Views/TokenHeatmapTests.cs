using System.Text;
using System.Text.RegularExpressions;

namespace Urial.Tests;

public sealed class TokenHeatmapTests
{
    [Fact]
    public void Text_of_an_answer_is_stable() =>
        Snapshot.Matches("heatmap.txt", TokenHeatmap.Of(MadeUp.Long, new TokenHeatmapOptions { Labels = true }).Text);

    [Fact]
    public void Html_of_a_short_answer_is_stable() =>
        Snapshot.Matches("heatmap.html",
            TokenHeatmap.Of(MadeUp.Of("q", "Is 1 < 2?", "Great", " \"yes\"", "<b>", ".\n", "⟨E2⟩", "<eos>")).Html);

    [Fact]
    public void Same_answer_same_bytes()
    {
        Assert.Equal(TokenHeatmap.Of(MadeUp.Long).Html, TokenHeatmap.Of(MadeUp.Long with { Id = "other" }).Html);
        Assert.Equal(TokenHeatmap.Of(MadeUp.Long).Text, TokenHeatmap.Of(MadeUp.Long).Text);
    }

    [Fact]
    public void Each_class_has_its_glyph_and_its_css_class()
    {
        var answer = WithRanks(1, 2, 3, 4, 2000);
        Assert.Equal(["", "○", "○", "▲", "▲"], Spans(TokenHeatmap.Of(answer).Html).Select(span => Glyph(span.Content)));
        Assert.Equal(["u", "m", "m", "s", "s"], Spans(TokenHeatmap.Of(answer).Html).Select(span => span.Class));
        Assert.StartsWith("a ○b ○c ▲d ▲e\n", TokenHeatmap.Of(answer, new TokenHeatmapOptions { Title = "t" }).Text.Split("t\n", 2)[1]);
    }

    [Fact]
    public void Classes_differ_by_underline_too_and_not_only_by_colour()
    {
        var html = TokenHeatmap.Of(MadeUp.France).Html;
        Assert.Matches(@"\.t \.s[^}]*border-bottom:3px solid var\(--urial-shifted-line,#", html);
        Assert.Matches(@"\.t \.m[^}]*border-bottom:3px dotted var\(--urial-marginal-line,#", html);
        Assert.Matches(@"\.t \.u[^}]*border-bottom:3px solid transparent", html);
    }

    [Fact]
    public void Nothing_foreign_reaches_the_markup()
    {
        const string Evil = "<script>alert(1)</script>\"' onmouseover=x & <img src=x>";
        var answer = MadeUp.Of("<id>", Evil, Evil, "\"><b>", "'", "&amp;", "\u0000\u0007") with { Labels = ["<l>", "\"", "'", "&", "x"] };
        answer = answer with
        {
            Positions = [
            .. answer.Positions.Select(p => p with { BaseTop = [new TopToken(1, 0.5) { Shown = Evil }] })]
        };
        foreach (var view in new[]
        {
            TokenHeatmap.Of(answer, new TokenHeatmapOptions { Labels = true, Title = Evil }),
            TokenHeatmap.Rows([answer]),
            TokenHeatmap.Compare(answer, Evil, answer, Evil),
        })
        {
            Assert.DoesNotContain("<script", view.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", view.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\u0000', view.Html);
            var tags = Regex.Matches(view.Html, "</?([a-z]+)").Select(match => match.Groups[1].Value).Distinct().Order();
            Assert.Subset(new HashSet<string> { "div", "style", "p", "b", "span", "sup", "sub", "i", "br" }, tags.ToHashSet());
            // Every attribute is one of ours, and every quote inside a value is escaped.
            var attributes = Regex.Matches(view.Html, "<[a-z]+((?: [a-z-]+=\"[^\"<>]*\")*)>").Count;
            Assert.Equal(Regex.Matches(view.Html, "<[a-z]").Count, attributes);
        }
    }

    [Fact]
    public void White_space_newlines_and_byte_fragments_are_visible()
    {
        var answer = MadeUp.Of("q", "q", " a", "    ", "\t", "b\n", "\n\n", "⟨E2⟩", "<eos>");
        var html = TokenHeatmap.Of(answer, new TokenHeatmapOptions { Cards = false }).Html;
        Assert.Equal(["·a", "····", "→", "b↵", "↵↵", "⟨E2⟩", "<|end|>"],
            Spans(html).Select(span => System.Net.WebUtility.HtmlDecode(Regex.Replace(span.Content, "<sup>.</sup>|</?i>", ""))));
        Assert.Equal(3, Regex.Matches(html, "<br>").Count);
        var lines = TokenHeatmap.Of(answer, new TokenHeatmapOptions { Title = "t", Legend = false }).Text.Split('\n');
        Assert.EndsWith("b↵", lines[1]);
        Assert.EndsWith("↵↵", lines[2]);
        Assert.Equal("", lines[3]);
    }

    [Fact]
    public void Long_answers_wrap_and_stay_small()
    {
        var full = TokenHeatmap.Of(MadeUp.Long);
        var compact = TokenHeatmap.Rows([MadeUp.Long]);
        var plain = TokenHeatmap.Of(MadeUp.Long, new TokenHeatmapOptions { Cards = false });
        Assert.Equal(150, MadeUp.Long.Tokens.Length);
        Assert.InRange(Encoding.UTF8.GetByteCount(full.Html), 0, 150 * 480 + 3000);
        Assert.InRange(Encoding.UTF8.GetByteCount(compact.Html), 0, 150 * 350 + 3000);
        Assert.InRange(Encoding.UTF8.GetByteCount(plain.Html), 0, 150 * 60 + 3000);
        // A break opportunity between any two tokens, even where styles are stripped.
        Assert.DoesNotContain("</span><span", full.Html);
        Assert.All(full.Text.Split('\n')[..^1], line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public void Overlong_answers_are_cut_and_say_so()
    {
        var view = TokenHeatmap.Of(MadeUp.Long, new TokenHeatmapOptions { MaxTokens = 20 });
        Assert.Equal(20, Spans(view.Html).Count);
        Assert.Contains("130 more tokens", view.Html);
        Assert.Contains("130 more tokens", view.Text);
        Assert.Contains("n = 150 tokens", view.Text);
    }

    [Fact]
    public void Card_tells_the_numbers_and_both_models_top_tokens()
    {
        var card = Cards(TokenHeatmap.Of(MadeUp.France).Html)[0];
        var position = MadeUp.France.Positions[0];
        Assert.StartsWith("Great  shifted, base rank 37, style (position 0)\n", card);
        Assert.Contains("base 0.8%, aligned 93.0%", card);
        Assert.Contains(FormattableString.Invariant(
            $"aligned‖base {position.KlAlignedBase:F2}, base‖aligned {position.KlBaseAligned:F2} nats"), card);
        Assert.Contains("(entropy 2.31 nats)", card);
        Assert.Contains("(entropy 0.42 nats)", card);
        Assert.Matches(@"\nbase:    The \d+\.\d%  ·It ", card);
        Assert.Matches(@"\naligned: Great 93\.0%  The ", card);
    }

    [Fact]
    public void A_view_is_one_tab_stop_its_tokens_can_be_reached_by_script_and_are_read_out()
    {
        var tokens = MadeUp.France.Tokens.Length;
        foreach (var (html, count) in new[] { (TokenHeatmap.Of(MadeUp.France).Html, tokens),
            (TokenHeatmap.Rows([MadeUp.France, MadeUp.France]).Html, 2 * tokens),
            (TokenHeatmap.Compare(MadeUp.France, "a", MadeUp.France, "b").Html, 2 * tokens) })
        {
            Assert.Equal(["0", .. Enumerable.Repeat("-1", count - 1)], Regex
                .Matches(html, "<span class=\".\" tabindex=\"(-?.)\" role=\"img\" aria-label=\"").Select(match => match.Groups[1].Value));
            Assert.Contains("[aria-label]:focus::after", html);
        }
    }

    [Fact]
    public void A_card_stands_below_the_tokens_or_where_those_are_many_below_its_line()
    {
        Assert.Contains("<div class=\"t\">", TokenHeatmap.Of(MadeUp.Long).Html);
        Assert.Contains("<div class=\"t l\">", TokenHeatmap.Of(MadeUp.Of("q", "q", [.. Enumerable.Repeat("a", 301)])).Html);
        Assert.Matches(@"\.t span\[aria-label\]:hover::after[^}]*top:100%", TokenHeatmap.Of(MadeUp.Long).Html);
        Assert.DoesNotContain("class=\"f\"", TokenHeatmap.Of(MadeUp.Long, new TokenHeatmapOptions { Cards = false }).Html);
    }

    [Fact]
    public void Legend_counts_and_shares_add_up()
    {
        var text = TokenHeatmap.Of(WithRanks(1, 1, 2, 9)).Text;
        Assert.Contains("▲ shifted (base rank > 3) 1 = 25.0 %", text);
        Assert.Contains("○ marginal (base rank 2–3) 1 = 25.0 %", text);
        Assert.Contains("unshifted (base rank 1) 2 = 50.0 %", text);
        Assert.Contains("n = 4 tokens", text);
        Assert.DoesNotContain("end of sequence", text);
        Assert.Contains("end of sequence included", TokenHeatmap.Of(MadeUp.France).Text);
    }

    [Fact]
    public void Labels_show_only_where_asked_for_and_known()
    {
        var with = new TokenHeatmapOptions { Labels = true };
        Assert.Contains("<sub", TokenHeatmap.Of(MadeUp.France, with).Html);
        Assert.DoesNotContain("<sub", TokenHeatmap.Of(MadeUp.France).Html);
        Assert.DoesNotContain("<sub", TokenHeatmap.Of(MadeUp.France with { Labels = null }, with).Html);
    }

    [Fact]
    public void Two_answers_are_compared_each_with_its_own_shares()
    {
        var view = TokenHeatmap.Compare(WithRanks(1, 9), "bare", WithRanks(1, 1), "URIAL");
        Assert.Contains("shifted (base rank > 3) 1 = 50.0 %", view.Text);
        Assert.Contains("shifted (base rank > 3) 0 = 0.0 %", view.Text);
        Assert.True(view.Html.IndexOf("bare", StringComparison.Ordinal) < view.Html.IndexOf("URIAL", StringComparison.Ordinal));
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenHeatmapOptions { Top = 21 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenHeatmapOptions { MaxTokens = 0 });
        Assert.Throws<ArgumentException>(() => TokenHeatmap.Rows([]));
    }

    private static ShiftedAnswer WithRanks(params int[] ranks)
    {
        var answer = MadeUp.Of("q", "", [.. ranks.Select((_, i) => ((char)('a' + i)).ToString())]);
        return answer with { Positions = [.. answer.Positions.Select((position, i) => position with { BaseRank = ranks[i] })] };
    }

    private static List<(string Class, string Content)> Spans(string html)
    {
        var tokens = html[html.IndexOf("<div class=\"t\">", StringComparison.Ordinal)..html.IndexOf("</div>", StringComparison.Ordinal)];
        return [.. Regex.Matches(tokens, "<span class=\"(.)\"[^>]*>(.*?)</span>")
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value))];
    }

    private static List<string> Cards(string html) =>
        [.. Regex.Matches(html, "aria-label=\"([^\"]*)\"").Select(match => System.Net.WebUtility.HtmlDecode(match.Groups[1].Value))];

    private static string Glyph(string content) => Regex.Match(content, "<sup>(.)</sup>").Groups[1].Value;
}
