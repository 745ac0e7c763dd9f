namespace Urial;

/// <summary>A character whose bytes lie in more than one token of a sequence.</summary>
/// <param name="Position">Position of the first of these tokens, from 0.</param>
/// <param name="Tokens">Number of tokens that it touches.</param>
/// <param name="Text">The character.</param>
public sealed record SplitCharacter(int Position, int Tokens, string Text);
