namespace Urial;

/// <summary>What is asked of a pair live: all that an answer, or the scoring of one, depends on.</summary>
public sealed record LiveQuestion
{
    /// <summary>The conversation: a system message or none, then user and assistant in turn; it ends with the query.</summary>
    public required IReadOnlyList<ChatMessage> Conversation { get; init; }

    /// <summary>
    /// How the base model reads it; null: zero-shot. Beside an edited prompt, the style that it was made by, whose stop strings hold.
    /// </summary>
    public IPromptStyle? BaseStyle { get; init; }

    /// <summary>What the base model reads, special tokens spelt out, where it was edited; else <see cref="BaseStyle"/> makes it.</summary>
    public string? BasePrompt { get; init; }

    /// <summary>The answer so far: what is scored, or what an answer begins with.</summary>
    public IReadOnlyList<int> AnswerIds { get; init; } = [];

    /// <summary>Whether the answer to score ended on a stop string, which is no part of its ids.</summary>
    public bool EndedAtStop { get; init; }

    /// <summary>
    /// Who answers: λ of the log-probabilities (1 − λ)·ln P_base + λ·ln P_aligned, whose largest is taken at each step. 1 is the aligned
    /// model alone, 0 the base model; below and above, what separates the two is turned round or taken further.
    /// </summary>
    public double Blend { get; init; } = 1;

    /// <summary>
    /// Whether the aligned weights take the base model's place, under its prompt (<see cref="PromptControl"/>): what shifts then, no
    /// weight has changed.
    /// </summary>
    public bool Control { get; init; }

    /// <summary>The most tokens of the answer, end of sequence and what it begins with included.</summary>
    public int MaxNewTokens { get; init; } = 256;

    /// <summary>How many of each model's most probable tokens are told at each position.</summary>
    public int Top { get; init; } = 10;

    /// <summary>What the base model answers: its prompt, and where the style that made it, or made what was edited, ends answers.</summary>
    internal PromptTokens BaseTokens(SidePrompt prompt)
    {
        if (BasePrompt is null)
            return prompt.Tokens;
        var made = (BaseStyle ?? new ZeroShotStyle()).Prompt(Conversation);
        return prompt.Tokens with { Stop = made.Stop, Closing = made.Closing };
    }

    internal ShiftOptions Options => new() { BaseStyle = BaseStyle, MaxNewTokens = MaxNewTokens, Top = Top };

    internal ShiftQuery Query(bool withAnswer) =>
        ShiftQuery.Live("live", Conversation, BasePrompt, withAnswer ? AnswerIds : null);
}
