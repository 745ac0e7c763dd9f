namespace Urial;

/// <summary>How a model's rotary frequencies are stretched, with the numbers that its <c>config.json</c> gives or implies.</summary>
public sealed record RopeScaling
{
    /// <summary>Frequencies as they are.</summary>
    public static RopeScaling None { get; } = new();

    /// <summary>The rule.</summary>
    public RopeKind Kind { get; init; }

    /// <summary>By how much the context grew.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The context before it grew, in tokens; 0 where the rule does not ask for it.</summary>
    public int OriginalPositions { get; init; }

    /// <summary>What sines and cosines are multiplied by.</summary>
    public double AttentionFactor { get; init; } = 1;

    /// <summary>Llama 3: frequencies that turn fewer times than this within the original context are stretched in full.</summary>
    public double LowFrequencyFactor { get; init; } = 1;

    /// <summary>Llama 3: frequencies that turn more often than this within the original context stay.</summary>
    public double HighFrequencyFactor { get; init; } = 4;

    /// <summary>YaRN: dimensions that turn more often than this within the original context stay.</summary>
    public double BetaFast { get; init; } = 32;

    /// <summary>YaRN: dimensions that turn fewer times than this within the original context are stretched in full.</summary>
    public double BetaSlow { get; init; } = 1;

    /// <summary>YaRN: whether the transition begins and ends at whole dimensions.</summary>
    public bool Truncate { get; init; } = true;

    /// <summary>LongRoPE: what each frequency is divided by in texts up to <see cref="OriginalPositions"/>.</summary>
    public IReadOnlyList<double> ShortFactors { get; init; } = [];

    /// <summary>LongRoPE: what each frequency is divided by in longer texts.</summary>
    public IReadOnlyList<double> LongFactors { get; init; } = [];

    /// <summary>The longest text whose rotations do not depend on its length; null where none do.</summary>
    internal int? FixedUpTo => Kind is RopeKind.Dynamic or RopeKind.LongRope ? OriginalPositions : null;
}
