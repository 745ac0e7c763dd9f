namespace Urial;

/// <summary>A stretch of a prompt.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text as it stands in the prompt.</param>
/// <param name="Number">Which example or which earlier turn, from 1; 0 for the other kinds.</param>
public sealed record PromptPart(PromptPartKind Kind, string Text, int Number = 0)
{
    /// <summary>Whether it is the query or the answer of an example.</summary>
    public bool IsExample => Kind is PromptPartKind.ExampleQuery or PromptPartKind.ExampleAnswer;
}
