namespace Urial.MicroWorld;

/// <summary>Everything that decides how the embedded models come out.</summary>
public sealed record TrainingPlan
{
    // Held close to the reference: with more or larger steps DPO runs away.
    private static readonly TuningOptions FewSmallSteps =
        new() { Epochs = 1, BatchSize = 8, Rate = 1e-4, Beta = 0.3, WeightDecay = 0 };

    /// <summary>Layers of the models.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Width of the models.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Documents that the tokenizer is trained on.</summary>
    public int TokenizerDocuments { get; init; } = 20_000;

    /// <summary>Settings of pre-training.</summary>
    public PretrainingOptions Base { get; init; } = new();

    /// <summary>Settings of supervised fine-tuning.</summary>
    public TuningOptions Sft { get; init; } = new();

    /// <summary>Examples for supervised fine-tuning.</summary>
    public int SftExamples { get; init; } = 1000;

    /// <summary>Steps of supervised fine-tuning after which the weights are kept as models of their own.</summary>
    public IReadOnlyList<int> SftKept { get; init; } = [8, 24, 64];

    /// <summary>Settings of preference tuning.</summary>
    public TuningOptions Dpo { get; init; } = FewSmallSteps;

    /// <summary>Prompts for preference tuning.</summary>
    public int DpoPrompts { get; init; } = 400;

    /// <summary>Answers sampled for each prompt, of which the best and the worst make a pair.</summary>
    public int DpoSamples { get; init; } = 4;

    /// <summary>Prompts in each cell of the quality measurement.</summary>
    public int QualityN { get; init; } = Quality.FullN;

    /// <summary>The plan of the committed models.</summary>
    public static TrainingPlan Full { get; } = new();

    /// <summary>
    /// A toy of the same kind that is done in about a minute: it shows that every stage works, not what a trained model can do.
    /// </summary>
    public static TrainingPlan Quick { get; } = new()
    {
        Layers = 2,
        Width = 64,
        TokenizerDocuments = 1_000,
        // f32: so small a model gains nothing by bf16, and processors without instructions for it lose a multiple.
        Base = new() { Cycles = [new(400_000, 5e-3, .4)], CopyingTokens = 64_000, Rows = 2, CheckpointEvery = 10, BrainFloat = false },
        Sft = new() { Epochs = 1 },
        SftExamples = 128,
        SftKept = [4],
        DpoPrompts = 16,
        DpoSamples = 2,
        QualityN = 10,
    };

    /// <summary>A smaller run of the committed recipe, for repeating over seeds: large enough that copying is learned.</summary>
    public static TrainingPlan Small { get; } = new()
    {
        Layers = 4,
        Width = 192,
        Base = new() { Cycles = [new(16_000_000, 5e-3, .4)] },
        SftKept = [],
    };

    /// <summary>The same plan from another seed.</summary>
    public TrainingPlan WithSeed(int seed) =>
        this with { Base = Base with { Seed = seed }, Sft = Sft with { Seed = seed }, Dpo = Dpo with { Seed = seed } };
}
