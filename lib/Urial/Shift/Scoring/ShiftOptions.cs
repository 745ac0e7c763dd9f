namespace Urial;

/// <summary>How answers are generated and what is kept of each position. Decoding is greedy.</summary>
public sealed record ShiftOptions
{
    /// <summary>The most tokens of a generated answer, end-of-sequence included.</summary>
    public int MaxNewTokens { get; init; } = 256;

    /// <summary>How many of each model's most probable tokens are kept at each position.</summary>
    public int Top { get; init; } = 10;

    /// <summary>How many answers are generated side by side.</summary>
    public int BatchSize { get; init; } = 16;

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
    }
}
