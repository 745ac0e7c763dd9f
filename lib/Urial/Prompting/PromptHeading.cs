namespace Urial;

/// <summary>A heading over a query or an answer in a prompt file.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where the text below it begins.</param>
/// <param name="Word">Query, Answer, User or Assistant.</param>
/// <param name="Name">The heading as it is written.</param>
internal sealed record PromptHeading(int Line, int Start, int End, string Word, string Name)
{
    /// <summary>Whether a query stands below.</summary>
    public bool IsQuery => Word is "Query" or "User";

    /// <summary>Whether it belongs to the pair <c>User</c> and <c>Assistant</c>.</summary>
    public bool IsUserPair => Word is "User" or "Assistant";
}
