namespace Urial;

/// <summary>What a run that judges a file of answers needs to know, beside the judge.</summary>
public sealed record JudgeRunSettings
{
    /// <summary>The answers, as <see cref="AnswersToJudge"/> reads them.</summary>
    public required string AnswersFile { get; init; }

    /// <summary>
    /// The judgments, one JSON object a line; <see cref="ManifestFile"/> lies beside it. What an earlier run scored there is kept.
    /// </summary>
    public required string OutFile { get; init; }

    /// <summary>The aspects that are asked for.</summary>
    public required IReadOnlyList<Aspect> Aspects { get; init; }

    /// <summary>How many answers are judged at once.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>The server, where a language model judges.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The file of stored scores, where they are used.</summary>
    public string? ScoresFile { get; init; }

    /// <summary>The manifest's path: the judgments' path with <c>.manifest.json</c> for its ending.</summary>
    public string ManifestFile => Path.ChangeExtension(OutFile, ".manifest.json");
}
