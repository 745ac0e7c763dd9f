namespace Urial;

/// <summary>A number at one position, over the answers that reach it.</summary>
/// <param name="Position">0-based position in the answer, or in a part of it.</param>
/// <param name="Value">The mean there; N is the number of answers it rests on.</param>
public sealed record PositionPoint(int Position, Estimate Value);
