using System.Text.Json.Nodes;

namespace Urial;

/// <summary>The files of a tuning run in its folder.</summary>
/// <param name="directory">The folder.</param>
internal sealed class TuneFiles(string directory)
{
    /// <summary>The adapter's matrices, written last but for the manifest.</summary>
    public string Adapter => In("adapter_model.safetensors");

    /// <summary>What the run is and was.</summary>
    public string Manifest => In("manifest.json");

    /// <summary>The training curve.</summary>
    public string Curve => In("training.jsonl");

    /// <summary>The state of a run that is not done.</summary>
    public string Checkpoint => In("checkpoint.safetensors");

    /// <summary>The turns that the adapter was tuned on.</summary>
    public string Template => In("chat_template.jinja");

    /// <summary>What shows that a run was begun here.</summary>
    public string Begun => File.Exists(Checkpoint) ? Checkpoint : Adapter;

    /// <summary>Whether nothing is left to do.</summary>
    public bool IsDone => File.Exists(Adapter) && !File.Exists(Checkpoint)
        && JsonNode.Parse(InputFile.Text(Manifest, "manifest"))?["files_sha256"] is not null;

    /// <summary>Everything that was written for who loads the adapter, by name.</summary>
    public IReadOnlyDictionary<string, string> Hashes =>
        new[] { Adapter, In("adapter_config.json"), Template, In("tokenizer_config.json"), Curve }
            .ToDictionary(file => Path.GetFileName(file), file => ContentHash.OfFile(file, "adapter's file"));

    /// <summary>Writes the manifest.</summary>
    public void WriteManifest(JsonObject manifest) => AtomicFile.WriteText(Manifest, ManifestJson.Text(manifest));

    /// <summary>
    /// Writes the adapter as PEFT lays it out, and beside it the turns that it was tuned on: the template, and the token that ends an
    /// answer as the tokenizer's end of sequence. Ids are left to the base, whose vocabulary may have been cut.
    /// </summary>
    public void WriteAdapter(TuneSettings settings, LanguageModel model, TunedTurns turns, TrainableAdapter weights, AdapterStart start)
    {
        var file = Path.Combine(model.Directory, "tokenizer_config.json");
        var tokenizer = File.Exists(file) ? JsonNode.Parse(InputFile.Text(file, "tokenizer's settings"))!.AsObject() : [];
        tokenizer.Remove("chat_template");
        tokenizer["eos_token"] = model.Tokenizer.RawToken(turns.EndId);
        AtomicFile.WriteText(In("tokenizer_config.json"), ManifestJson.Text(tokenizer));
        AtomicFile.WriteText(Template, turns.Template.Source);
        var matrices = weights.Snapshot();
        var config = new AdapterConfig
        {
            Rank = start.Rank,
            Alpha = start.Scale * start.Rank,
            TargetModules = [.. weights.Targets.Select(name => name.Split('.')[^2]).Distinct().Order(StringComparer.Ordinal)],
            FanInFanOut = model.Config.Family.Transposed,
            Base = settings.BaseName,
        };
        using var adapter = LowRankAdapter.Of(config, matrices);
        adapter.Write(directory, settings.Precision);
    }

    private string In(string name) => Path.Combine(directory, name);
}
