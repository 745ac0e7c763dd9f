namespace Urial;

/// <summary>An example of a prompt file with all that stands around its texts, so that the file is kept byte for byte.</summary>
/// <param name="Before">The query's heading and what opens the query.</param>
/// <param name="Query">The query, without white space at its ends.</param>
/// <param name="Between">What closes the query, the answer's heading, what opens the answer.</param>
/// <param name="Answer">The answer, without white space at its ends.</param>
/// <param name="After">What closes the answer, without the white space behind it.</param>
internal sealed record ExampleBlock(string Before, string Query, string Between, string Answer, string After)
{
    /// <summary>An example as a layout writes it.</summary>
    public static ExampleBlock Of(PromptExample example, PromptLayout layout) =>
        new(layout.Query, example.Query, layout.Answer, example.Answer, layout.Closing ?? "");
}
