namespace Urial;

/// <summary>The instruction section of a prompt file.</summary>
/// <param name="Before">The heading and the white space below it.</param>
/// <param name="Text">The system text, without white space at its ends.</param>
/// <param name="After">The white space between the text and a first example.</param>
internal sealed record InstructionBlock(string Before, string Text, string After)
{
    /// <summary>A section as this project writes it.</summary>
    public static InstructionBlock Of(string text, PromptLayout layout) => new("# Instruction\n\n", text, "\n" + layout.Lead);
}
