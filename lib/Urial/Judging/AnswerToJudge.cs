namespace Urial;

/// <summary>An answer that is to be judged.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Instruction">The query, as the user asked it.</param>
/// <param name="Output">The answer; it may be empty, and is judged as what it is.</param>
/// <param name="Generator">The model that gave it, where the file says so; stored scores are found by it.</param>
public sealed record AnswerToJudge(string Id, string Instruction, string Output, string? Generator = null)
{
    /// <summary>Whether its file has the id as a number, as the original's files do; results then have it so too.</summary>
    internal bool HasNumberAsId { get; init; }
}
