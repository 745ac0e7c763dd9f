using System.Text;

namespace Urial;

/// <summary>Cuts pieces into words and spells these byte by byte, in the letters of <see cref="ByteAlphabet"/>.</summary>
/// <param name="splitter">Cuts into words; null leaves a piece whole.</param>
/// <param name="prefixSpace">Whether a piece that does not begin with a space is given one first.</param>
internal sealed class ByteLevelSplit(IPreTokenizer? splitter, bool prefixSpace) : IPreTokenizer
{
    /// <summary>How GPT-2 splits: the expression that Hugging Face's ByteLevel applies with <c>use_regex</c>.</summary>
    public const string Words = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <inheritdoc/>
    public void Cut(TextPiece piece, List<TextPiece> words)
    {
        if (prefixSpace && !piece.Text.Span.StartsWith(' '))
            piece = piece with { Text = string.Concat(" ", piece.Text.Span).AsMemory() };
        var first = words.Count;
        if (splitter is null)
            words.Add(piece);
        else
            splitter.Cut(piece, words);
        for (var i = first; i < words.Count; i++)
            words[i] = words[i] with { Text = Letters(words[i].Text.Span) };
    }

    private static ReadOnlyMemory<char> Letters(ReadOnlySpan<char> word)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(word)];
        Encoding.UTF8.GetBytes(word, bytes);
        var letters = new char[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
            letters[i] = ByteAlphabet.Char(bytes[i]);
        return letters;
    }
}
