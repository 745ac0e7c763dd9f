namespace Urial;

/// <summary>Under which prompts answers are generated and scored, and what is kept of each position. Decoding is greedy.</summary>
/// <remarks>
/// An answer stops where <c>urial generate</c> stops it under the same style: at the end of sequence, at the style's stop strings, or at
/// the limit. One that a stop string ended is scored up to there: the stop string is no part of it, it has no end-of-sequence token, and
/// it counts as ended (<see cref="ShiftedAnswer.Ended"/>).
/// </remarks>
public sealed record ShiftOptions
{
    /// <summary>How the base model reads a query; null: zero-shot.</summary>
    public IPromptStyle? BaseStyle { get; init; }

    /// <summary>How the aligned model reads a query; null: its chat template.</summary>
    public IPromptStyle? AlignedStyle { get; init; }

    /// <summary>The most tokens of a generated answer, end-of-sequence included.</summary>
    public int MaxNewTokens { get; init; } = 256;

    /// <summary>How many of each model's most probable tokens are kept at each position.</summary>
    public int Top { get; init; } = 10;

    /// <summary>How many answers are generated side by side at most.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>
    /// What keys and values of answers that are generated side by side may take, in bytes: where so many would take more, fewer are.
    /// </summary>
    public long BatchMemory { get; init; } = 4L << 30;

    /// <summary>Says what is wrong with these options, if anything is.</summary>
    /// <exception cref="UrialException">A number is out of its range.</exception>
    public void Check()
    {
        if (MaxNewTokens < 1)
            throw new UrialException($"An answer needs at least 1 new token, not {MaxNewTokens}.");
        if (Top < 0)
            throw new UrialException($"The number of top tokens to keep is 0 or more, not {Top}.");
        if (BatchSize < 1)
            throw new UrialException($"A batch holds at least 1 query, not {BatchSize}.");
        if (BatchMemory < 1)
            throw new UrialException($"Answers need some memory, and {BatchMemory} bytes are allowed.");
    }
}
