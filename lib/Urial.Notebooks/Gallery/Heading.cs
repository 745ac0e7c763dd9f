namespace Urial.Notebooks;

/// <summary>A heading of a chapter.</summary>
/// <param name="Level">1 for the title, 2 for sections, and so on.</param>
/// <param name="Id">What links to it end with, by GitHub's rule.</param>
/// <param name="Text">Its words.</param>
internal sealed record Heading(int Level, string Id, string Text);
