using CsCheck;

namespace Urial.Tests;

public sealed class MarkupTests
{
    [Fact]
    public void Escaping_is_undone_by_a_browser() =>
        Gen.String.Where(text => text.All(c => c is >= ' ' and < (char)0x7f or '\n' or (>= (char)0xa0 and < (char)0xd800)))
            .Sample(text => Assert.Equal(VisibleText.Of(text), System.Net.WebUtility.HtmlDecode(HtmlOf(text))));

    [Fact]
    public void Nothing_dangerous_is_left() =>
        Gen.String.Sample(text =>
            Assert.DoesNotContain(HtmlOf(text), c => c is '<' or '>' or '"' or '\'' or '\0' || char.IsSurrogate(c) && !text.Contains(c)));

    [Fact]
    public void Lone_surrogates_control_characters_and_overrides_are_made_visible()
    {
        Assert.Equal("a⟨U+D800⟩b⟨U+0001⟩", HtmlOf("a\ud800b\u0001"));
        Assert.Equal("⟨U+202E⟩&lt;b&gt;⟨U+FEFF⟩", HtmlOf("\u202e<b>\ufeff"));
        Assert.Equal("😀", HtmlOf("😀"));
    }

    // Seen through a public view: what stands in the only cell of a table.
    private static string HtmlOf(string text)
    {
        var frame = new Microsoft.Data.Analysis.DataFrame(
            new Microsoft.Data.Analysis.StringDataFrameColumn("c", [text[..Math.Min(text.Length, 200)]]));
        var html = Tables.Of(frame).Html;
        var start = html.IndexOf("<tr><td", StringComparison.Ordinal);
        start = html.IndexOf('>', start + 4) + 1;
        return html[start..html.IndexOf("</td>", start, StringComparison.Ordinal)];
    }
}
