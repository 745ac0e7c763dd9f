namespace Urial.Tests;

public sealed class ByteAlphabetTests
{
    [Fact]
    public void EveryByteHasOneLetterAndComesBack()
    {
        var letters = Enumerable.Range(0, 256).Select(value => ByteAlphabet.Char((byte)value)).ToArray();
        Assert.Equal(256, letters.Distinct().Count());
        for (var value = 0; value < 256; value++)
            Assert.Equal((byte)value, ByteAlphabet.Byte(letters[value]));
    }

    [Theory] // from GPT-2's byte encoder
    [InlineData(0x00, 'Ā')]
    [InlineData(0x0A, 'Ċ')]
    [InlineData(0x20, 'Ġ')]
    [InlineData(0x21, '!')]
    [InlineData(0x7F, 'ġ')]
    [InlineData(0xA0, 'ł')]
    [InlineData(0xAD, 'Ń')]
    [InlineData(0xFF, 'ÿ')]
    public void KnownLetters(byte value, char letter) => Assert.Equal(letter, ByteAlphabet.Char(value));

    [Fact]
    public void TextBecomesItsUtf8Bytes()
    {
        Assert.Equal("Ġâī¤", ByteAlphabet.Encode(" ≤"));
        Assert.Equal(" ≤"u8.ToArray(), ByteAlphabet.Decode("Ġâī¤"));
        Assert.Null(ByteAlphabet.Decode("a b"));
        Assert.Null(ByteAlphabet.Byte('\u0144'));
    }
}
