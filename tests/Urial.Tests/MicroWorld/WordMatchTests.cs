using CsCheck;
using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

public sealed class WordMatchTests
{
    [Theory]
    [InlineData("Larn and larn, LARN, Larnon, a-larn", "Larn", new[] { 0 })]
    [InlineData("Larn and larn, LARN, Larnon, a-larn", "larn", new[] { 0, 9, 31 })] // a name with a small letter may begin a sentence
    [InlineData("anana ana", "ana", new[] { 6 })]
    [InlineData("x X xx", "x", new[] { 0, 2 })]
    [InlineData("", "Larn", new int[0])]
    [InlineData("L", "Larn", new int[0])]
    public void A_name_is_found_as_whole_words(string text, string name, int[] places) =>
        Assert.Equal(places.Select(at => new TextSpan(at, at + name.Length)), WordMatch.FindName(text, name));

    [Fact]
    public void No_place_is_missed() =>
        Gen.Select(Gen.String[Gen.Char["aAbB .é"], 0, 40], Gen.String[Gen.Char["aAbé"], 1, 3]).Sample((text, name) =>
            Assert.Equal(Places(text, name), WordMatch.FindName(text, name).Select(span => span.Start)));

    private static IEnumerable<int> Places(string text, string name) => Enumerable.Range(0, Math.Max(0, text.Length - name.Length + 1))
        .Where(at => (text[at] == name[0] || text[at] == char.ToUpperInvariant(name[0]))
            && text.Substring(at + 1, name.Length - 1) == name[1..]
            && (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
            && (at + name.Length == text.Length || !char.IsLetterOrDigit(text[at + name.Length])));
}
