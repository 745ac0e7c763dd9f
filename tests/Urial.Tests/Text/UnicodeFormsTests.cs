using CsCheck;

namespace Urial.Tests;

public sealed class UnicodeFormsTests
{
    [Theory] // from Unicode Standard Annex 15, figures 3 to 6, and its rules for blocked marks
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("\u2126", "\u03A9")]
    [InlineData("\u1E9B\u0323", "\u1E9B\u0323")]
    [InlineData("d\u0307\u0323", "\u1E0D\u0307")]
    [InlineData("s\u0323\u0307", "\u1E69")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("\uAC00\u11A8", "\uAC01")]
    [InlineData("\uAC01\u11A8", "\uAC01\u11A8")]
    [InlineData("\uAC00\u11A7", "\uAC00\u11A7")]
    [InlineData("a\u0315\u0300\u05AE\u0300", "\u00E0\u05AE\u0300\u0315")]
    [InlineData("\u0958", "\u0915\u093C")] // excluded from composition
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("\uFB01", "\uFB01")] // compatibility only
    [InlineData("\U0001D15E", "\U0001D157\U0001D165")]
    [InlineData("\U00011099\U000110BA", "\U0001109A")]
    [InlineData("plain text", "plain text")]
    public void KnownForms(string text, string composed) => Assert.Equal(composed, UnicodeForms.C(text));

    [Theory] // from Unicode Standard Annex 15, figure 6
    [InlineData("\uFB01", "\uFB01", "fi", "fi")]
    [InlineData("2\u2075", "2\u2075", "25", "25")]
    [InlineData("\u1E9B\u0323", "\u017F\u0323\u0307", "\u1E69", "s\u0323\u0307")]
    [InlineData("\u00C5\u210D", "A\u030A\u210D", "\u00C5H", "A\u030AH")]
    public void OtherForms(string text, string d, string kc, string kd) =>
        Assert.Equal((d, kc, kd), (UnicodeForms.D(text), UnicodeForms.KC(text), UnicodeForms.KD(text)));

    [Fact]
    public void ManyMarksAreSortedInReasonableTime()
    {
        var marks = string.Concat(Enumerable.Repeat("\u0301\u0327", 100_000));
        Assert.StartsWith("a\u0327\u0327", UnicodeForms.D("a" + marks));
    }

    [Fact]
    public void NormalizingTwiceChangesNothing() =>
        Gen.OneOf(Gen.Char['a', 'e'], Gen.Char['\u0300', '\u0330'], Gen.Char['\u1100', '\u11C0'],
        Gen.Char['\u1E00', '\u1EFF'], Gen.Char['\uAC00', '\uAC40']).Array[0, 12].Select(letters => new string(letters)).Sample(text =>
        UnicodeForms.C(UnicodeForms.C(text)) == UnicodeForms.C(text));
}
