namespace Urial;

/// <summary>Some of a text's next ids, as a pass reads them.</summary>
/// <param name="Text">The text, as long as it was before the pass.</param>
/// <param name="Ids">The ids, at least one.</param>
/// <param name="Skip">How many of their states are not wanted.</param>
/// <param name="Row">Where the first of them stands among the positions of the pass.</param>
internal sealed record PackedPiece(PackedSequence Text, ReadOnlyMemory<int> Ids, int Skip, int Row);
