using System.Text.Json.Nodes;

namespace Urial;

/// <summary>What a run was made from: enough to make it again and to see whether two runs are comparable.</summary>
internal static class ShiftManifest
{
    /// <summary>The manifest of one run.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="options">The same with the styles that it became.</param>
    /// <param name="pair">The models.</param>
    /// <param name="table">The answers that were scored.</param>
    /// <param name="input">The lines that were read.</param>
    /// <param name="fileHashes">SHA-256 of the files that were written.</param>
    public static JsonObject Of(
        ShiftRunSettings settings, ShiftOptions options, ModelPair pair, ShiftTable table, RunInput<ShiftQuery> input,
        IReadOnlyDictionary<string, string> fileHashes)
    {
        var manifest = new JsonObject
        {
            ["kind"] = "urial-shift",
            ["versions"] = ManifestJson.Versions(
                ("urial", typeof(ShiftManifest)), ("torchsharp", typeof(TorchSharp.torch)), ("parquet_net", typeof(Parquet.ParquetWriter))),
            ["base"] = ModelManifest.Of(pair.Base, settings.BaseDirectory),
            ["aligned"] = ModelManifest.Of(pair.Aligned, settings.AlignedDirectory),
            ["dtype"] = settings.Precision.Word(),
            ["tokenizer_sha256"] = pair.Tokenizer.Sha256,
            ["queries"] = input.Source,
            ["prompts"] = new JsonObject
            {
                ["sha256"] = ContentHash.Of(table.Answers.SelectMany(a => new[] { a.Id, a.BasePrompt, a.AlignedPrompt })),
                ["zero_shot_sha256"] = ContentHash.Of(ZeroShot.Template),
                ["base"] = Prompt(settings.BasePrompt ?? new PromptChoice("zero-shot"), options.BaseStyle ?? new ZeroShotStyle()),
                ["aligned"] = Prompt(settings.AlignedPrompt ?? new PromptChoice("chat"), options.AlignedStyle ?? Chat(pair.Aligned)),
            },
            ["decoding"] = new JsonObject
            {
                ["method"] = "greedy",
                ["max_new_tokens"] = options.MaxNewTokens,
                ["repetition_penalty"] = 1,
                ["stop_at_eos"] = true,
            },
            ["top"] = options.Top,
            ["format"] = settings.Format.ToString().ToLowerInvariant(),
            ["bootstrap"] = new JsonObject
            {
                ["unit"] = "query",
                ["resamples"] = Bootstrap.DefaultResamples,
                ["level"] = Bootstrap.DefaultLevel,
                ["seed"] = 0,
            },
            ["n"] = input.Lines.Count,
            ["n_answers"] = table.Answers.Count,
            ["n_positions"] = table.Answers.Sum(answer => answer.Positions.Count),
            ["n_not_ended"] = table.Answers.NotEnded(),
            ["not_ended"] = ManifestJson.List(table.Answers.Where(answer => !answer.Ended).Select(answer => answer.Id)),
            ["n_failed"] = input.Failures.Count,
            ["failed"] = input.Failed,
            ["files_sha256"] = ManifestJson.Hashes(fileHashes),
        };
        if (settings.Written)
            manifest["decoding"] = new JsonObject { ["method"] = "none: the answers were written" };
        if (settings.Note is { } note)
            manifest.Insert(1, "note", note); // behind the kind
        if (LeftOutJson.Of(pair.Vocabulary, table) is { } leftOut)
            manifest.Insert(manifest.IndexOf("tokenizer_sha256") + 1, "left_out", leftOut);
        return manifest;
    }

    private static JsonObject Prompt(PromptChoice choice, IPromptStyle? style)
    {
        var prompt = choice.Manifest(style);
        prompt["provenance"] = style is null ? null : PromptChoice.Provenance(style);
        return prompt;
    }

    // Where there is no template, all lines that were scored brought their prompts.
    private static ChatStyle? Chat(LanguageModel aligned) => aligned.ChatTemplate is null ? null : new ChatStyle(aligned);
}
