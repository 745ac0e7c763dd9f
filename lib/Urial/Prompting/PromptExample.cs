namespace Urial;

/// <summary>A query with the answer that a prompt shows for it.</summary>
/// <param name="Query">The query.</param>
/// <param name="Answer">The answer.</param>
public sealed record PromptExample(string Query, string Answer);
