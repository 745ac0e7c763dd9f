namespace Urial;

/// <summary>What is tuned, on what, and where the adapter goes.</summary>
public sealed record TuneSettings
{
    /// <summary>The base model's folder.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>What the adapter calls its base (<c>base_model_name_or_path</c>): a hub id, or a folder.</summary>
    public required string BaseName { get; init; }

    /// <summary>The adapter to start from; null: a fresh one. Preference tuning needs one.</summary>
    public string? AdapterDirectory { get; init; }

    /// <summary>Whether preferences are learnt (DPO) instead of written answers (SFT).</summary>
    public bool IsPreference { get; init; }

    /// <summary>The examples.</summary>
    public required string DataFile { get; init; }

    /// <summary>
    /// Preference tuning: answers of <c>urial generate</c> to the examples' ids, which are rejected where <see cref="DataFile"/> holds
    /// written answers; null where it holds the pairs themselves.
    /// </summary>
    public string? RejectedFile { get; init; }

    /// <summary>
    /// Written answers that nothing is learnt from: the best parameters on them are kept, and a run ends early; null: none.
    /// </summary>
    public string? DevFile { get; init; }

    /// <summary>Where the adapter is written.</summary>
    public required string OutDirectory { get; init; }

    /// <summary>The adapter's rank; B·A is scaled by 2, as α is twice the rank. An adapter to start from has its own.</summary>
    public int Rank { get; init; } = 16;

    /// <summary>Only the first so many lines of the data; null: all.</summary>
    public int? Limit { get; init; }

    /// <summary>Steps between two checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 20;

    /// <summary>The format to compute in. The adapter is stored in it too.</summary>
    public Precision Precision { get; init; }

    /// <summary>Settings of the loop.</summary>
    public required TuningOptions Options { get; init; }

    /// <summary>What supervised tuning takes where nothing else is said.</summary>
    public static TuningOptions Sft { get; } = new() { Epochs = 3, BatchSize = 8, Rate = 3e-4, WeightDecay = 0 };

    /// <summary>What preference tuning takes where nothing else is said: few and small steps, held close to where it starts.</summary>
    public static TuningOptions Dpo { get; } = new() { Epochs = 1, BatchSize = 8, Rate = 2e-5, Beta = 0.1, WeightDecay = 0 };
}
