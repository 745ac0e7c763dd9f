namespace Urial.MicroWorld;

/// <summary>Measures what a model of the micro-world can do, against the targets of issue 6.</summary>
public static class Quality
{
    /// <summary>Trials in each cell of a full measurement.</summary>
    public const int FullN = 200;

    /// <summary>Measures a base model with prompts of blocks (<see cref="BaseExperiments"/>).</summary>
    /// <param name="model">The base model; it runs in the precision in which it was loaded.</param>
    /// <param name="world">The world; that of this repository where null.</param>
    /// <param name="n">Trials in each cell.</param>
    /// <param name="seed">Draws the prompts.</param>
    /// <param name="progress">Told of each cell as it is counted.</param>
    public static QualityReport Measure(LanguageModel model, World? world = null, int n = FullN, int seed = 1,
        Action<QualityCell>? progress = null) =>
        Measure(model.Name, ModelGenerator.Of(model), world, n, seed, phrase => ModelGenerator.FirstToken(model.Tokenizer, phrase),
            progress)
            with
        { Precision = Name(model.Precision) };

    /// <summary>Measures whatever continues prompts as a base model does.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="generator">What continues prompts.</param>
    /// <param name="world">The world; that of this repository where null.</param>
    /// <param name="n">Trials in each cell.</param>
    /// <param name="seed">Draws the prompts.</param>
    /// <param name="firstToken">The text of a phrase's first token; its first word where null.</param>
    /// <param name="progress">Told of each cell as it is counted.</param>
    public static QualityReport Measure(string name, TextGenerator generator, World? world = null, int n = FullN, int seed = 1,
        Func<string, string>? firstToken = null, Action<QualityCell>? progress = null) =>
        Run(name, "base", generator, new BaseExperiments(world ?? World.Load(), n, seed).All(firstToken), n, seed, progress);

    /// <summary>Measures an aligned model through its chat template (<see cref="AlignedExperiments"/>).</summary>
    /// <param name="model">The SFT or DPO model.</param>
    /// <param name="world">The world; that of this repository where null.</param>
    /// <param name="n">Queries of each kind.</param>
    /// <param name="seed">Draws the queries.</param>
    /// <param name="progress">Told of each cell as it is counted.</param>
    /// <exception cref="UrialException">The model has no chat template.</exception>
    public static QualityReport MeasureAligned(LanguageModel model, World? world = null, int n = FullN, int seed = 1,
        Action<QualityCell>? progress = null) =>
        MeasureAligned(model.Name, ModelGenerator.Chat(model), world, n, seed, progress) with { Precision = Name(model.Precision) };

    /// <summary>Measures whatever answers queries as an aligned model does.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="answer">What answers bare queries.</param>
    /// <param name="world">The world; that of this repository where null.</param>
    /// <param name="n">Queries of each kind.</param>
    /// <param name="seed">Draws the queries.</param>
    /// <param name="progress">Told of each cell as it is counted.</param>
    public static QualityReport MeasureAligned(string name, TextGenerator answer, World? world = null, int n = FullN, int seed = 1,
        Action<QualityCell>? progress = null) =>
        Run(name, "aligned", answer, AlignedExperiments.All(world ?? World.Load(), n, seed), n, seed, progress);

    /// <summary>Where a model's stored quality lies.</summary>
    /// <param name="modelDirectory">The model's folder.</param>
    public static string PathOf(string modelDirectory) => Path.Combine(modelDirectory, "quality.json");

    private static QualityReport Run(string name, string kind, TextGenerator generator, IReadOnlyList<QualityExperiment> experiments, int n,
        int seed, Action<QualityCell>? progress)
    {
        var cells = new List<QualityCell>();
        var lengths = new List<QualityLength>();
        foreach (var experiment in experiments)
        {
            var (counted, length) = experiment.Run(generator);
            foreach (var cell in counted)
                progress?.Invoke(cell);
            cells.AddRange(counted);
            if (length is not null)
                lengths.Add(length);
        }
        return new QualityReport { Model = name, Kind = kind, Seed = seed, N = n, Cells = cells, Lengths = lengths };
    }

    private static string Name(Precision precision) => precision == Precision.BF16 ? "bf16" : "f32";
}
