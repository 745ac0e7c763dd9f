namespace Urial;

/// <summary>What a token heat map shows besides the tokens themselves.</summary>
public sealed record TokenHeatmapOptions
{
    private readonly int _top = 5;
    private readonly int _maxTokens = 600;

    /// <summary>The heading; null for the query.</summary>
    public string? Title { get; init; }

    /// <summary>Whether each token carries the first letter of its label (name, fact, glue, style) where one is known.</summary>
    public bool Labels { get; init; }

    /// <summary>Whether a card with the position's numbers opens on hover and focus.</summary>
    public bool Cards { get; init; } = true;

    /// <summary>Whether cards leave out KL(base‖aligned) and the entropies, and the type is smaller: for many answers at once.</summary>
    public bool Compact { get; init; }

    /// <summary>Whether the counts and shares of the classes stand below.</summary>
    public bool Legend { get; init; } = true;

    /// <summary>How many of each model's most probable tokens a card lists.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 20.</exception>
    public int Top
    {
        get => _top;
        init => _top = value is >= 0 and <= 20
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A card lists 0 to 20 tokens of each model.");
    }

    /// <summary>How many tokens of an answer are drawn; the rest is counted in words.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int MaxTokens
    {
        get => _maxTokens;
        init => _maxTokens = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A heat map draws at least one token.");
    }
}
