namespace Urial;

/// <summary>Cuts pieces of normalised text into words, which the model then encodes one by one.</summary>
internal interface IPreTokenizer
{
    /// <summary>Appends a piece's words, in order; none is empty.</summary>
    void Cut(TextPiece piece, List<TextPiece> words);
}
