namespace Urial;

/// <summary>A piece of a text on its way to the model.</summary>
/// <param name="Text">The piece.</param>
/// <param name="AtStart">Whether it begins where the text begins.</param>
internal readonly record struct TextPiece(ReadOnlyMemory<char> Text, bool AtStart);
