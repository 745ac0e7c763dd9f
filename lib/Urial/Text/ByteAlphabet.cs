using System.Text;

namespace Urial;

/// <summary>
/// The printable stand-ins that byte-level tokenizers give to the 256 byte values, so that a vocabulary can be written as text:
/// printable Latin-1 characters stand for themselves, the other 68 bytes take U+0100, U+0101 … in order (a space is <c>Ġ</c>).
/// Source: the byte encoder of GPT-2, which Hugging Face tokenizers call ByteLevel.
/// </summary>
public static class ByteAlphabet
{
    private const int None = -1;
    private static readonly char[] ToChar = new char[256];
    private static readonly short[] ToByte = new short[0x144];

    static ByteAlphabet()
    {
        Array.Fill(ToByte, (short)None);
        var next = 0x100;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is >= 0x21 and <= 0x7E or >= 0xA1 and <= 0xAC or >= 0xAE and <= 0xFF;
            ToChar[value] = printable ? (char)value : (char)next++;
            ToByte[ToChar[value]] = (short)value;
        }
    }

    /// <summary>The character that stands for a byte.</summary>
    public static char Char(byte value) => ToChar[value];

    /// <summary>The byte that a character stands for, or null where it stands for none.</summary>
    public static byte? Byte(char letter) =>
        letter < ToByte.Length && ToByte[letter] != None ? (byte)ToByte[letter] : null;

    /// <summary>Bytes as a byte-level string, one character for each byte.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
            text.Append(ToChar[value]);
        return text.ToString();
    }

    /// <summary>Text as a byte-level string, one character for each byte of its UTF-8 form; a lone surrogate becomes U+FFFD.</summary>
    public static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    /// <summary>The bytes behind a byte-level string, or null where a character of it stands for no byte.</summary>
    public static byte[]? Decode(string letters)
    {
        var bytes = new byte[letters.Length];
        for (var i = 0; i < letters.Length; i++)
        {
            if (Byte(letters[i]) is not { } value)
                return null;
            bytes[i] = value;
        }
        return bytes;
    }
}
