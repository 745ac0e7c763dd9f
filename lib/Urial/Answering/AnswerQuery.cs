namespace Urial;

/// <summary>Something to be answered: a conversation for a prompt style, or a prompt as it is to be read.</summary>
internal sealed record AnswerQuery
{
    /// <summary>The query's id, unique in its file.</summary>
    public required string Id { get; init; }

    /// <summary>Whether the id is a number in the file, as just-eval's are, and stays one.</summary>
    public bool IdIsNumber { get; init; }

    /// <summary>The query as the answers' file shows it: the instruction, the last message, or the prompt.</summary>
    public required string Instruction { get; init; }

    /// <summary>What a prompt style makes a prompt of; null where there is a <see cref="Prompt"/>.</summary>
    public IReadOnlyList<ChatMessage>? Conversation { get; init; }

    /// <summary>The whole prompt, read verbatim: no special tokens are added. Null where there is a <see cref="Conversation"/>.</summary>
    public string? Prompt { get; init; }

    /// <summary>Stop strings of a verbatim prompt; none unless the line names some.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>just-eval's <c>source_id</c>, <c>dataset</c> and <c>datasplit</c> where the line has them: they are handed on.</summary>
    public IReadOnlyDictionary<string, string> Origin { get; init; } = new Dictionary<string, string>();
}
