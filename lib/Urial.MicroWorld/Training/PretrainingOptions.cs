namespace Urial.MicroWorld;

/// <summary>Settings of a pre-training run. The defaults made the committed base model.</summary>
public sealed record PretrainingOptions
{
    /// <summary>Seed of the weights and of the corpus.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How the learning rate goes up and down, one cycle after the other.</summary>
    public IReadOnlyList<TrainingCycle> Cycles { get; init; } =
        [new(20_000_000, 5e-3, .4), new(28_000_000, 5e-3, .4), new(8_000_000, 3e-3, 1)];

    /// <summary>The first so many tokens are mostly copying and patterns (<see cref="Corpus.CopyingPhase"/>).</summary>
    public long CopyingTokens { get; init; } = 3_200_000;

    /// <summary>Tokens in a row, which is the model's context.</summary>
    public int Context { get; init; } = 1280;

    /// <summary>Rows in a step.</summary>
    public int Rows { get; init; } = 4;

    /// <summary>Steps of warm-up, in each cycle.</summary>
    public int WarmUp { get; init; } = 40;

    /// <summary>Weight decay on hidden matrices.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Largest gradient norm.</summary>
    public double Clip { get; init; } = 1;

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 200;

    /// <summary>Whether the passes run in bf16 (the master weights are f32 always).</summary>
    public bool BrainFloat { get; init; } = true;

    /// <summary>Training tokens in all.</summary>
    public long Tokens => Cycles.Sum(c => c.Tokens);

    /// <summary>Steps in all.</summary>
    public int Steps => Schedule.Steps;

    /// <summary>The learning rate by step.</summary>
    internal Schedule Schedule => new(Cycles, (long)Context * Rows, WarmUp);
}
