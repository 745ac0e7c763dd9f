using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Urial;

/// <summary>The files of a tuning run in its folder.</summary>
/// <param name="directory">The folder.</param>
internal sealed class TuneFiles(string directory)
{
    private const string TokenizerConfig = "tokenizer_config.json";

    /// <summary>The adapter's matrices, written last but for the manifest.</summary>
    public string Adapter => In(LowRankAdapter.FileName);

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
        new[] { Adapter, In(AdapterConfig.FileName), Template, In(TokenizerConfig), Curve }
            .ToDictionary(file => Path.GetFileName(file), file => ContentHash.OfFile(file, "adapter's file"));

    /// <summary>Refuses a folder in which the run would destroy what is not its own.</summary>
    /// <exception cref="UrialException">It holds a model, or files of these names that no such run wrote.</exception>
    public void CheckFree()
    {
        if (Array.Find(["config.json", "model.safetensors", "model.safetensors.index.json"], name => File.Exists(In(name))) is { } model)
            throw new UrialException($"'{directory}' holds a model ({model}), and an adapter needs a folder of its own. Choose another "
                + "--out.");
        string[] own = [Adapter, In(AdapterConfig.FileName), Template, In(TokenizerConfig), Curve, Checkpoint];
        if (Array.Find([Manifest, .. own], File.Exists) is { } foreign && !IsOurs())
            throw new UrialException($"{foreign} is there already, and urial tune did not write it. Choose another --out, or move it "
                + "away.");
    }

    /// <summary>Refuses a finished run whose files were changed since.</summary>
    /// <exception cref="UrialException">One is missing or another one.</exception>
    public void CheckUnchanged()
    {
        foreach (var (name, hash) in JsonNode.Parse(InputFile.Text(Manifest, "manifest"))!["files_sha256"]!.AsObject())
            if (!File.Exists(In(name)) || ContentHash.OfFile(In(name), "adapter's file") != (string?)hash)
                throw new UrialException($"{In(name)} is not the file that the finished run wrote: it is missing, or was changed. Restore "
                    + "it, or delete the folder to tune anew.");
    }

    /// <summary>Writes the manifest.</summary>
    public void WriteManifest(JsonObject manifest) => AtomicFile.WriteText(Manifest, ManifestJson.Text(manifest));

    /// <summary>
    /// Writes the adapter as PEFT lays it out, and beside it the turns that it was tuned on: the template, and the token that ends an
    /// answer as the tokenizer's end of sequence. Ids are left to the base, whose vocabulary may have been cut.
    /// </summary>
    public void WriteAdapter(TuneSettings settings, LanguageModel model, TunedTurns turns, TrainableAdapter weights, LowRankAdapter start)
    {
        var file = new[] { settings.AdapterDirectory, model.Directory }.OfType<string>()
            .Select(folder => Path.Combine(folder, TokenizerConfig)).FirstOrDefault(File.Exists);
        var tokenizer = file is null ? [] : JsonNode.Parse(InputFile.Text(file, "tokenizer's settings"))!.AsObject();
        tokenizer.Remove("chat_template");
        tokenizer["eos_token"] = model.Tokenizer.RawToken(turns.EndId);
        AtomicFile.WriteText(In(TokenizerConfig), ManifestJson.Text(tokenizer));
        AtomicFile.WriteText(Template, turns.Template.Source);
        using var scope = NewDisposeScope();
        var (named, revision) = HubId.TryParse(settings.BaseName, out var id) && settings.BaseName.Contains('@')
            ? (id.Name, id.Revision) : (settings.BaseName, null);
        using var adapter = start.With(weights.Snapshot(), named, revision);
        adapter.Write(directory, settings.Precision);
    }

    private bool IsOurs()
    {
        try
        {
            return File.Exists(Manifest) && (string?)JsonNode.Parse(InputFile.Text(Manifest, "manifest"))?["kind"] == TuneManifest.Kind;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private string In(string name) => Path.Combine(directory, name);
}
