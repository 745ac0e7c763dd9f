namespace Urial.MicroWorld;

/// <summary>Settings of a pre-training run. The defaults made the committed base model.</summary>
public sealed record PretrainingOptions
{
    /// <summary>Seed of the weights and of the corpus.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Training tokens in all.</summary>
    public long Tokens { get; init; } = 40_000_000;

    /// <summary>The first so many tokens are mostly copying and patterns (<see cref="Corpus.CopyingPhase"/>).</summary>
    public long CopyingTokens { get; init; } = 3_200_000;

    /// <summary>Tokens in a row, which is the model's context.</summary>
    public int Context { get; init; } = 1280;

    /// <summary>Rows in a step.</summary>
    public int Rows { get; init; } = 4;

    /// <summary>Peak learning rate.</summary>
    public double Rate { get; init; } = 5e-3;

    /// <summary>Steps of warm-up.</summary>
    public int WarmUp { get; init; } = 40;

    /// <summary>How often the rate rises, holds and falls over the run: in cycles of equal length.</summary>
    public int Cycles { get; init; } = 2;

    /// <summary>Share of a cycle's steps over which the rate falls at its end.</summary>
    public double DecayShare { get; init; } = 0.4;

    /// <summary>Weight decay on hidden matrices.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Largest gradient norm.</summary>
    public double Clip { get; init; } = 1;

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 200;

    /// <summary>Whether the passes run in bf16 (the master weights are f32 always).</summary>
    public bool BrainFloat { get; init; } = true;

    /// <summary>Steps in all.</summary>
    public int Steps => (int)Math.Max(1, Tokens / (Context * Rows));
}
