namespace Urial;

/// <summary>Settings of supervised fine-tuning or preference tuning.</summary>
public sealed record TuningOptions
{
    /// <summary>Seed of the order of the examples.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Passes over the examples.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Examples (or pairs of answers) in a step.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Peak learning rate; it falls to almost nothing over the run.</summary>
    public double Rate { get; init; } = 5e-4;

    /// <summary>Steps of warm-up, at most; a short run has a tenth of its steps.</summary>
    public int WarmUp { get; init; } = 10;

    /// <summary>DPO's β; unused in supervised tuning.</summary>
    public double Beta { get; init; } = 0.1;

    /// <summary>Weight decay on hidden matrices.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Largest gradient norm.</summary>
    public double Clip { get; init; } = 1;

    /// <summary>Steps of warm-up for so many examples.</summary>
    public int WarmUpOf(int examples) => Math.Min(WarmUp, Math.Max(1, Steps(examples) / 10));

    /// <summary>Steps in all for so many examples.</summary>
    public int Steps(int examples) => Epochs * ((examples + BatchSize - 1) / BatchSize);
}
