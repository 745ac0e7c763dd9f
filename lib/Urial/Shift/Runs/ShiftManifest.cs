using System.Text.Json.Nodes;

namespace Urial;

/// <summary>What a run was made from: enough to make it again and to see whether two runs are comparable.</summary>
internal static class ShiftManifest
{
    /// <summary>What the manifest says that it is of.</summary>
    public const string Kind = "urial-shift";

    /// <summary>What a run is made from.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="options">The same with the styles that it became.</param>
    /// <param name="engine">The models.</param>
    /// <param name="queries">The queries with their prompts.</param>
    /// <param name="input">The lines that were read.</param>
    public static JsonObject Plan(
        ShiftRunSettings settings, ShiftOptions options, IShiftEngine engine, PreparedQueries queries, RunInput<ShiftQuery> input)
    {
        var manifest = new JsonObject
        {
            ["kind"] = Kind,
            ["versions"] = ManifestJson.Versions(
                ("urial", typeof(ShiftManifest)), ("torchsharp", typeof(TorchSharp.torch)), ("parquet_net", typeof(Parquet.ParquetWriter))),
            ["base"] = engine.Base,
            ["aligned"] = engine.Aligned,
            ["dtype"] = settings.Precision.Word(),
            ["tokenizer_sha256"] = engine.Pair.Tokenizer.Sha256,
            ["queries"] = input.Source,
            ["prompts"] = new JsonObject
            {
                ["sha256"] = queries.Sha256(),
                ["zero_shot_sha256"] = ContentHash.Of(ZeroShot.Template),
                ["base"] = AllGiven(queries, settings.BasePrompt, query => query.BasePrompt)
                    ?? Prompt(settings.BasePrompt ?? new PromptChoice("zero-shot"), options.BaseStyle ?? new ZeroShotStyle()),
                ["aligned"] = AllGiven(queries, settings.AlignedPrompt, query => query.AlignedPrompt)
                    ?? Prompt(settings.AlignedPrompt ?? new PromptChoice("chat"), options.AlignedStyle ?? Chat(engine.Pair.Aligned)),
            },
            ["decoding"] = settings.Written ? new JsonObject { ["method"] = "none: the answers were written" } : new JsonObject
            {
                ["method"] = "greedy",
                ["max_new_tokens"] = options.MaxNewTokens,
                ["repetition_penalty"] = 1,
                ["stop_at_eos"] = true,
            },
            ["top"] = options.Top,
            ["format"] = settings.Format.ToString().ToLowerInvariant(),
            ["tokens"] = settings.Tokens,
        };
        if (settings.Note is { } note)
            manifest.Insert(1, "note", note); // behind the kind
        return manifest;
    }

    /// <summary>The manifest of a run that is complete.</summary>
    /// <param name="plan">What it was made from.</param>
    /// <param name="engine">The models.</param>
    /// <param name="table">The answers that were scored.</param>
    /// <param name="input">The lines that were read.</param>
    /// <param name="fileHashes">SHA-256 of the files that were written.</param>
    public static JsonObject Of(JsonObject plan, IShiftEngine engine, ShiftTable table, RunInput<ShiftQuery> input,
        IReadOnlyDictionary<string, string> fileHashes)
    {
        var manifest = plan.DeepClone().AsObject();
        if (!engine.IsBounded && LeftOutJson.Of(engine.Pair.Vocabulary, table) is { } leftOut)
            manifest.Insert(manifest.IndexOf("tokenizer_sha256") + 1, "left_out", leftOut);
        if (engine.IsBounded && engine.Notes.Count > 0)
            manifest["notes"] = ManifestJson.List(engine.Notes);
        manifest["bootstrap"] = new JsonObject
        {
            ["unit"] = "query",
            ["resamples"] = Bootstrap.DefaultResamples,
            ["level"] = Bootstrap.DefaultLevel,
            ["seed"] = 0,
        };
        manifest["n"] = input.Lines.Count;
        manifest["n_answers"] = table.Answers.Count;
        manifest["n_positions"] = table.Answers.Sum(answer => answer.Positions.Count);
        manifest["n_not_ended"] = table.Answers.NotEnded();
        manifest["not_ended"] = ManifestJson.List(table.Answers.Where(answer => !answer.Ended).Select(answer => answer.Id));
        manifest["n_failed"] = input.Failures.Count;
        manifest["failed"] = input.Failed;
        manifest["complete"] = true;
        manifest["files_sha256"] = ManifestJson.Hashes(fileHashes);
        return manifest;
    }

    // No style made any of the prompts, and none was asked for: a name of one would say what is not so.
    private static JsonObject? AllGiven(PreparedQueries queries, PromptChoice? asked, Func<ShiftQuery, string?> prompt) =>
        asked is not null || queries.Prepared.Count == 0 || queries.Prepared.Any(query => prompt(query.Query.Query) is null) ? null
            : new JsonObject { ["style"] = "given", ["provenance"] = "given with each question, and read as it stands" };

    private static JsonObject Prompt(PromptChoice choice, IPromptStyle? style)
    {
        var prompt = choice.Manifest(style);
        prompt["provenance"] = style is null ? null : PromptChoice.Provenance(style);
        return prompt;
    }

    // Where there is no template, all lines that were scored brought their prompts.
    private static ChatStyle? Chat(IPromptedModel aligned) => aligned.ChatTemplate is null ? null : new ChatStyle(aligned);
}
