namespace Urial.Tests;

public sealed class TokenTextTests
{
    private static readonly HfTokenizer Micro = HfTokenizer.Load(TextFixtures.WriteMicroTokenizer());

    [Theory]
    [InlineData("Ġthe", " the", "·the")]
    [InlineData("Ċ", "\n", "↵")]
    [InlineData("ĉ", "\t", "→")]
    [InlineData("č", "\r", "⟨U+000D⟩")]
    [InlineData("a", "a", "a")]
    public void WhiteSpaceIsVisible(string raw, string text, string shown)
    {
        var id = Micro.IdOf(raw)!.Value;
        Assert.Equal(new TokenText(id, raw, text, shown, IsSpecial: false, IsByteFragment: false), Micro.Token(id));
    }

    [Theory] // SentencePiece's spelling of spaces and bytes
    [InlineData("▁", " ", "·", false)]
    [InlineData("<0x0A>", "\n", "↵", false)]
    [InlineData("<0x41>", "A", "A", false)]
    [InlineData("<0xE2>", "\uFFFD", "⟨E2⟩", true)]
    public void SpacesAndBytesOfSentencePieceAreShownAsWhatTheyStandFor(string raw, string text, string shown, bool fragment)
    {
        foreach (var tokenizer in new[] { Golden("llama2"), Golden("mistral"), Golden("gemma") })
        {
            var id = tokenizer.IdOf(raw)!.Value;
            Assert.Equal(new TokenText(id, raw, text, shown, IsSpecial: false, fragment), tokenizer.Token(id));
        }
    }

    [Fact]
    public void CharactersOfByteFallbackAreFoundWhole()
    {
        var tokenizer = Golden("llama2");
        var ids = tokenizer.Encode("a👍b");
        Assert.Equal([new SplitCharacter(1, 4, "👍")], tokenizer.SplitCharacters(ids));
        // Alone, tokens keep the space that the whole text loses.
        Assert.Equal("·a⟨F0⟩⟨9F⟩⟨91⟩⟨8D⟩b", string.Concat(tokenizer.Tokens(ids).Select(token => token.Shown)));
        Assert.Equal(("a👍b", " a👍b"), (tokenizer.Decode(ids), TokenSpans.Of(tokenizer, ids).Text));
        Assert.Equal("\uFFFD\uFFFD\uFFFD", tokenizer.Decode(ids[1..4]));
    }

    [Fact]
    public void SpecialTokensAreShownByName() =>
        Assert.Equal(new TokenText(0, "<|end|>", "<|end|>", "<|end|>", true, false), Micro.Token(0));

    [Fact]
    public void BytesOfASplitCharacterAreShownAsBytes()
    {
        var tokens = Micro.Tokens(Micro.Encode("x≤"));
        Assert.Equal(["x", "⟨E2⟩", "⟨89⟩", "⟨A4⟩"], tokens.Select(token => token.Shown));
        Assert.Equal([false, true, true, true], tokens.Select(token => token.IsByteFragment));
        Assert.All(tokens[1..], token => Assert.Equal("\uFFFD", token.Text));
    }

    [Fact]
    public void AFragmentMayHoldWholeCharactersToo()
    {
        var token = TokenText.Of(1, "raw", [0x20, 0xC3, 0xA9, 0xE2, 0x96], isSpecial: false);
        Assert.Equal(("·é⟨E2⟩⟨96⟩", true), (token.Shown, token.IsByteFragment));
    }

    [Fact]
    public void SplitCharactersOfASequenceAreFound()
    {
        Assert.Equal([new SplitCharacter(1, 3, "≤"), new SplitCharacter(5, 2, "é")], Micro.SplitCharacters(Micro.Encode("x≤yé")));
        Assert.Empty(Micro.SplitCharacters(Micro.Encode("≤")[..2]));
        Assert.Empty(Micro.SplitCharacters([]));
    }

    [Theory]
    [InlineData("a b", "a·b")]
    [InlineData("\u200B\u00A0\u202E", "⟨U+200B⟩⟨U+00A0⟩⟨U+202E⟩")]
    [InlineData("\u0301a", "◌\u0301a")]
    [InlineData("e\u0301", "e\u0301")]
    [InlineData("<b>&", "<b>&")]
    public void OtherInvisibleCharactersAreShownByNumber(string text, string shown) => Assert.Equal(shown, TokenText.Show(text));

    private static HfTokenizer Golden(string name) => HfTokenizer.Load(Repository.Path("tests", "golden", "tokenizers", name));
}
