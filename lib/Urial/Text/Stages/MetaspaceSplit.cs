namespace Urial;

/// <summary>Writes spaces as a visible letter (▁ in SentencePiece) and lets each begin a word.</summary>
/// <param name="replacement">The letter that stands for a space.</param>
/// <param name="prepend">Which pieces that do not begin with the letter are given one.</param>
/// <param name="split">Whether pieces are cut into words before each letter.</param>
internal sealed class MetaspaceSplit(string replacement, PrependScheme prepend, bool split) : IPreTokenizer
{
    private readonly Splitter _words = new(new LiteralPattern(replacement), SplitBehavior.MergedWithNext);

    /// <inheritdoc/>
    public void Cut(TextPiece piece, List<TextPiece> words)
    {
        var text = piece.Text.ToString().Replace(" ", replacement, StringComparison.Ordinal);
        if ((prepend == PrependScheme.Always || prepend == PrependScheme.First && piece.AtStart)
            && !text.StartsWith(replacement, StringComparison.Ordinal))
            text = replacement + text;
        piece = piece with { Text = text.AsMemory() };
        if (split)
            _words.Cut(piece, words);
        else
            words.Add(piece);
    }
}
