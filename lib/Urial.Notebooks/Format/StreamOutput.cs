namespace Urial.Notebooks;

/// <summary>What a cell wrote to the console.</summary>
/// <param name="Name"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The characters as written, lines ending in LF.</param>
public sealed record StreamOutput(string Name, string Text) : CellOutput;
