using CsCheck;

namespace Urial.Tests;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("\u001b[31mred\u0007", "⟨U+001B⟩[31mred⟨U+0007⟩")]
    [InlineData("a\u0000b\u007f\u009b1m", "a⟨U+0000⟩b⟨U+007F⟩⟨U+009B⟩1m")]
    [InlineData("\u202eabc\u202c \u2066x\u2069 \u200e\u200f\u061c", "⟨U+202E⟩abc⟨U+202C⟩ ⟨U+2066⟩x⟨U+2069⟩ ⟨U+200E⟩⟨U+200F⟩⟨U+061C⟩")]
    [InlineData("\ufeffa\u200bb\u2060c\u00add", "⟨U+FEFF⟩a⟨U+200B⟩b⟨U+2060⟩c⟨U+00AD⟩d")]
    [InlineData("\u2028\u2029\u3164\u115f\u034f\u2800", "⟨U+2028⟩⟨U+2029⟩⟨U+3164⟩⟨U+115F⟩⟨U+034F⟩⟨U+2800⟩")]
    [InlineData("\U000e0041\U000e0042x", "⟨U+E0041⟩⟨U+E0042⟩x")]
    [InlineData("over\rwritten", "over⟨U+000D⟩written")]
    [InlineData("one\r\ntwo\tthree\n", "one\r\ntwo\tthree\n")]
    [InlineData("a\u200db a\ufe0fb", "a⟨U+200D⟩b a⟨U+FE0F⟩b")]
    [InlineData("\u200d\u200d", "⟨U+200D⟩⟨U+200D⟩")]
    public void What_cannot_be_seen_stands_by_number(string text, string shown) => Assert.Equal(shown, VisibleText.Of(text));

    [Fact] // no attribute can hold half of a pair
    public void Halves_of_surrogate_pairs_stand_by_number()
    {
        Assert.Equal("a⟨U+D800⟩b⟨U+DC00⟩", VisibleText.Of("a\ud800b\udc00"));
        Assert.Equal("a⟨U+D800⟩b", TokenText.Show("a\ud800b"));
    }

    [Theory] // joiners and selectors that a script or an emoji needs
    [InlineData("👩\u200d🔬 👨\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 👍🏽 🧑🏽\u200d🚀")]
    [InlineData("❤\ufe0f 1\ufe0f⃣ ©\ufe0f")]
    [InlineData("क्\u200dष क्\u200cष")]
    [InlineData("می\u200cخواهم")]
    [InlineData("ordinary, naïve, 日本, e\u0301, 12\u00a0km, ⟨x⟩")]
    public void What_belongs_to_writing_stays(string text) => Assert.Equal(text, VisibleText.Of(text));

    [Fact]
    public void Nothing_that_steers_is_left_and_what_is_shown_stays_as_it_is() => Gen.String.Sample(text =>
    {
        var shown = VisibleText.Of(text);
        Assert.DoesNotContain(shown.Replace("\r\n", ""), c => c is < ' ' and not ('\n' or '\t') or (>= '\u007f' and < '\u00a0')
            or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200e' or '\u200f' or '\u061c' or '\ufeff');
        Assert.Equal(shown, VisibleText.Of(shown));
    });

    [Theory]
    [InlineData(new byte[] { 0x1B, 0x5B, 0x6D }, "⟨U+001B⟩[m")]
    [InlineData(new byte[] { 0xE2, 0x80, 0xAE, 0x61 }, "⟨U+202E⟩a")]
    [InlineData(new byte[] { 0xE2, 0x80, 0x8D }, "⟨U+200D⟩")] // alone in its token it joins nothing
    [InlineData(new byte[] { 0xE0, 0xA5, 0x8D, 0xE2, 0x80, 0x8D }, "◌\u094d\u200d")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "⟨ED⟩⟨A0⟩⟨80⟩")] // half of a surrogate pair is no UTF-8
    public void Tokens_are_shown_by_the_same_rule(byte[] bytes, string shown) =>
        Assert.Equal(shown, TokenText.Of(1, "raw", bytes, isSpecial: false).Shown);

    [Fact]
    public void A_special_tokens_name_hides_nothing_either() =>
        Assert.Equal("<|a⟨U+202E⟩|>", TokenText.Of(1, "<|a\u202e|>", "x"u8, isSpecial: true).Shown);

    [Theory]
    [InlineData("👩\u200d🔬", "👩\u200d🔬")]
    [InlineData("\r\n", "⟨U+000D⟩↵")]
    public void So_is_any_text_that_a_view_shows(string text, string shown) => Assert.Equal(shown, TokenText.Show(text));
}
