using System.Text.Json.Nodes;

namespace Urial;

/// <summary>What a tuning run was made from, and how far it came.</summary>
internal static class TuneManifest
{
    /// <summary>What such a manifest calls itself.</summary>
    public const string Kind = AdapterFolder.TunedHere;

    // What decides how an adapter to start from reads and answers.
    private static readonly string[] Decisive = [AdapterConfig.FileName, LowRankAdapter.FileName, "chat_template.jinja", "tokenizer.json",
        "tokenizer_config.json"];

    /// <summary>What must be the same where a run goes on.</summary>
    public static JsonObject Settings(TuneSettings settings, LanguageModel model)
    {
        var options = settings.Options;
        var written = new JsonObject
        {
            ["method"] = settings.IsPreference ? "dpo" : "sft",
            ["base"] = new JsonObject
            {
                ["name"] = settings.BaseName,
                ["model_type"] = model.Config.ModelType,
                ["files_sha256"] = ManifestJson.Hashes(model.Hashes),
            },
            ["data"] = ManifestJson.File(settings.DataFile, "examples"),
            ["limit"] = settings.Limit,
            ["dtype"] = settings.Precision.Word(),
            ["rank"] = settings.AdapterDirectory is null ? settings.Rank : null,
            ["epochs"] = options.Epochs,
            ["batch"] = options.BatchSize,
            ["learning_rate"] = options.Rate,
            ["warm_up_steps"] = options.WarmUp,
            ["weight_decay"] = options.WeightDecay,
            ["clip"] = options.Clip,
            ["seed"] = options.Seed,
        };
        if (settings.DevFile is { } dev)
            written["dev"] = ManifestJson.File(dev, "examples");
        if (settings.RejectedFile is { } rejected)
            written["rejected"] = ManifestJson.File(rejected, "answers");
        if (settings.IsPreference)
            written["beta"] = options.Beta;
        if (settings.AdapterDirectory is { } adapter)
            written["adapter"] = new JsonObject
            {
                ["path"] = adapter,
                ["files_sha256"] = ManifestJson.Hashes(Decisive.Select(name => Path.Combine(adapter, name)).Where(File.Exists)
                    .ToDictionary(file => Path.GetFileName(file), file => ContentHash.OfFile(file, "adapter's file"))),
            };
        return written;
    }

    /// <summary>The manifest of a finished run.</summary>
    public static JsonObject Of(JsonObject settings, TuningProgress done, int examples, TuneFiles files) => new()
    {
        ["kind"] = Kind,
        ["versions"] = ManifestJson.Versions(("urial", typeof(TuneManifest)), ("torchsharp", typeof(TorchSharp.torch))),
        ["base"] = settings["base"]!.DeepClone(), // where whoever loads the adapter looks for it
        ["settings"] = settings.DeepClone(),
        ["examples"] = examples,
        ["steps"] = done.Steps,
        ["answer_tokens"] = done.Tokens,
        ["kept_step"] = done.Best ?? done.Steps,
        ["dev_loss"] = done.DevLoss,
        ["files_sha256"] = ManifestJson.Hashes(files.Hashes),
    };
}
