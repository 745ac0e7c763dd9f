namespace Urial;

/// <summary>What a run from a queries file needs to know.</summary>
public sealed record ShiftRunSettings
{
    /// <summary>The base model's folder; it may be an adapter's. With <see cref="BaseServer"/>, that of its tokenizer.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>
    /// The aligned model's folder; may be the same one: one model under two prompts. Of an adapter's, <see cref="BaseDirectory"/> is the
    /// base, unless that is an adapter's too. With <see cref="AlignedServer"/>, that of its tokenizer and chat template.
    /// </summary>
    public required string AlignedDirectory { get; init; }

    /// <summary>The server that has the base model; null: it is in this process.</summary>
    public ServedModelSettings? BaseServer { get; init; }

    /// <summary>The server that has the aligned model; null: it is in this process.</summary>
    public ServedModelSettings? AlignedServer { get; init; }

    /// <summary>The base of adapters; null: as <see cref="ModelPair.Load"/> finds it.</summary>
    public string? AdapterBase { get; init; }

    /// <summary>
    /// The queries, as <see cref="ShiftQueries"/> reads them; or, where answers are <see cref="Written"/>, as <see cref="WrittenExamples"/>
    /// does.
    /// </summary>
    public required string QueriesFile { get; init; }

    /// <summary>Whether the file has written answers, which are scored in place of generated ones (<see cref="ShiftQuery.OfWritten"/>).
    /// </summary>
    public bool Written { get; init; }

    /// <summary>The folder that gets positions, summary and manifest.</summary>
    public required string OutDirectory { get; init; }

    /// <summary>How the base model reads a query; null: zero-shot. Lines with prompts of their own need none.</summary>
    public PromptChoice? BasePrompt { get; init; }

    /// <summary>How the aligned model reads a query; null: its chat template. Lines with prompts of their own need none.</summary>
    public PromptChoice? AlignedPrompt { get; init; }

    /// <summary>Answer length and top tokens; prompt styles come from <see cref="BasePrompt"/> and <see cref="AlignedPrompt"/>.</summary>
    public ShiftOptions Options { get; init; } = new() { Top = 5 };

    /// <summary>The precision to compute in.</summary>
    public Precision Precision { get; init; } = Precision.F32;

    /// <summary>How positions are stored.</summary>
    public PositionsFormat Format { get; init; } = PositionsFormat.Parquet;

    /// <summary>Whether <c>tokens.jsonl</c> is written too, with which <see cref="StoredShifts"/> needs no model.</summary>
    public bool Tokens { get; init; }

    /// <summary>
    /// Whether <see cref="ShiftRun.Table"/> has the most probable tokens too. The files have them in any case; in memory a long run's take
    /// gigabytes.
    /// </summary>
    public bool TopInMemory { get; init; } = true;

    /// <summary>What else must be known of the models, for the manifest: how they were quantised, say.</summary>
    public string? Note { get; init; }
}
