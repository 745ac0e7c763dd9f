namespace Urial;

/// <summary>What a run that answers a file of queries needs to know.</summary>
public sealed record AnswerRunSettings
{
    /// <summary>The model's folder; an adapter's, or with <see cref="AdapterDirectory"/> its base's.</summary>
    public required string ModelDirectory { get; init; }

    /// <summary>The folder of an adapter that is merged into the model; null for none.</summary>
    public string? AdapterDirectory { get; init; }

    /// <summary>The queries, as <see cref="AnswerQueries"/> reads them.</summary>
    public required string QueriesFile { get; init; }

    /// <summary>
    /// The answers, one JSON object a line, or as Parquet where the name ends in <c>.parquet</c>; <see cref="ManifestFile"/> lies beside
    /// it.
    /// </summary>
    public required string OutFile { get; init; }

    /// <summary>How queries become prompts; null where all lines bring their prompts.</summary>
    public PromptChoice? Prompt { get; init; }

    /// <summary>How answers are decoded. Stop strings come from the prompt style or the line, not from here.</summary>
    public GenerationOptions Options { get; init; } = new();

    /// <summary>The precision to compute in.</summary>
    public Precision Precision { get; init; } = Precision.F32;

    /// <summary>Where answers stand line by line: the output, or a file beside it until a Parquet file is whole.</summary>
    internal string LinesFile => StoredAnswers.IsParquet(OutFile) ? OutFile + ".partial.jsonl" : OutFile;

    /// <summary>
    /// The manifest's path: the answers' path with <c>.manifest.json</c> for its ending; of Parquet, behind it, so that it is not that of
    /// the same answers as lines.
    /// </summary>
    public string ManifestFile =>
        StoredAnswers.IsParquet(OutFile) ? OutFile + ".manifest.json" : Path.ChangeExtension(OutFile, ".manifest.json");
}
