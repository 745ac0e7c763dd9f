using System.Text.Json.Nodes;

namespace Urial;

/// <summary>What a run's manifest keeps of a model: where it was, and the hashes of all files that decide what it answers.</summary>
internal static class ModelManifest
{
    /// <summary>A model; with an adapter, its base, and the adapter within.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The path that the caller gave for it.</param>
    public static JsonObject Of(LanguageModel model, string path)
    {
        var json = Place(model.HasAdapter ? model.BaseDirectory : path);
        if (Adapter(model) is { } adapter)
            json["adapter"] = adapter;
        json["model_type"] = model.Config.ModelType;
        json["vocabulary"] = model.Config.VocabularySize;
        json["files_sha256"] = ManifestJson.Hashes(model.HashesIn(model.BaseDirectory));
        if (model.Notes.Count > 0)
            json["notes"] = ManifestJson.List(model.Notes);
        return json;
    }

    /// <summary>A model behind a server, whose weights are not known here.</summary>
    public static JsonObject Of(ServedModel model) => new()
    {
        ["endpoint"] = model.Address,
        ["model"] = model.Name,
        ["logprobs"] = model.LogprobsBy,
        ["top_logprobs"] = model.TopLogprobs,
        ["whole_vocabulary"] = model.IsWhole,
        ["ranks"] = model.HasRanks,
        ["vocabulary"] = model.VocabularySize,
        ["tokenizer_sha256"] = model.Tokenizer.Sha256,
    };

    /// <summary>The adapter with its files; null where the model has none.</summary>
    public static JsonObject? Adapter(LanguageModel model)
    {
        if (!model.HasAdapter)
            return null;
        var json = Place(model.Directory);
        json["files_sha256"] = ManifestJson.Hashes(model.HashesIn(model.Directory));
        return json;
    }

    private static JsonObject Place(string directory)
    {
        var json = new JsonObject { ["path"] = HubOrigin.Shown(directory) };
        if (HubOrigin.Json(directory) is { } hub)
            json["hub"] = hub;
        return json;
    }
}
