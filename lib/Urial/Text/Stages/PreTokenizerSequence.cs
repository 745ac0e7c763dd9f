namespace Urial;

/// <summary>Pre-tokenizers one after the other: each cuts the words of the one before.</summary>
internal sealed class PreTokenizerSequence(IReadOnlyList<IPreTokenizer> steps) : IPreTokenizer
{
    /// <inheritdoc/>
    public void Cut(TextPiece piece, List<TextPiece> words)
    {
        List<TextPiece> pieces = [piece];
        foreach (var step in steps)
        {
            var next = new List<TextPiece>(pieces.Count);
            foreach (var one in pieces)
                step.Cut(one, next);
            pieces = next;
        }
        words.AddRange(pieces);
    }
}
