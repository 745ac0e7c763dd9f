using System.Text.Json;

namespace Urial;

/// <summary>What the folder of an adapter has beside its matrices: its base, the ends of answers, what it was trained on.</summary>
internal static class AdapterFolder
{
    /// <summary>The kind of the manifest that tuning here leaves beside an adapter.</summary>
    public const string TunedHere = "urial-tune";

    private const string Manifest = "manifest.json";

    // What of an adapter's folder decides what the model answers, beside the files that a base has too.
    public static readonly string[] Own = [AdapterConfig.FileName, LowRankAdapter.FileName];

    /// <summary>Whether a folder holds an adapter and no whole model.</summary>
    public static bool Is(string directory) => File.Exists(Path.Combine(directory, AdapterConfig.FileName))
        && !File.Exists(Path.Combine(directory, HubListing.Whole)) && !File.Exists(Path.Combine(directory, HubListing.Index))
        && !File.Exists(Path.Combine(directory, "pytorch_model.bin"));

    /// <summary>The folder of the base that an adapter's configuration names.</summary>
    /// <param name="directory">The adapter's folder.</param>
    /// <param name="fromHub">Finds a model of the hub.</param>
    /// <exception cref="UrialException">None is named, or it cannot be found.</exception>
    public static string Base(string directory, Func<HubId, string> fromHub)
    {
        var config = AdapterConfig.Load(directory);
        const string remedy = "Name the base beside the adapter (--model BASE --adapter DIR, --adapter-base, or "
            + "LanguageModel.Load(baseDirectory, adapterDirectory))";
        if (config.Base is not { } named)
            throw new UrialException($"'{Path.Combine(directory, AdapterConfig.FileName)}' does not say which base the adapter is for "
                + $"(base_model_name_or_path). {remedy}.");
        if (new[] { Path.Combine(directory, named), named }.FirstOrDefault(Directory.Exists) is { } folder)
            return folder;
        var revision = config.Revision is { Length: > 0 } wanted && !named.Contains('@', StringComparison.Ordinal) ? $"@{wanted}" : "";
        if (!HubId.TryParse(named + revision, out var id))
            throw new UrialException($"'{Path.Combine(directory, AdapterConfig.FileName)}' names the base '{named}' "
                + $"(base_model_name_or_path), and there is no such folder, neither from the adapter's nor from here. {remedy}.");
        try
        {
            return fromHub(id);
        }
        catch (UrialException problem) when (problem is not WriteException)
        {
            throw new UrialException($"The adapter in '{directory}' needs its base, '{named}' (base_model_name_or_path): "
                + $"{problem.Message} {remedy} where it lies in a folder.", problem);
        }
    }

    /// <summary>
    /// What ends an answer: what the adapter's generation_config.json names; else what ends the base's, and the end of a sequence of the
    /// tokenizer that was stored with the adapter, which it was trained to write.
    /// </summary>
    public static DecoderConfig WithEnds(DecoderConfig config, string directory, FileLayers folders)
    {
        if (DecoderConfigReader.Ends(directory) is { } ends)
            return config with { EosTokenIds = ends };
        var brought = new[] { "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json" }
            .Any(name => File.Exists(Path.Combine(directory, name)));
        return brought && File.Exists(folders.File("tokenizer.json")) && HfTokenizer.Load(folders).EosId is { } id
            && !config.EosTokenIds.Contains(id) ? config with { EosTokenIds = [.. config.EosTokenIds, id] } : config;
    }

    /// <summary>Refuses a base of another family than the one that our training noted.</summary>
    /// <param name="directory">The adapter's folder.</param>
    /// <param name="config">The base.</param>
    /// <exception cref="UrialException">It is of another family.</exception>
    public static void CheckFamily(string directory, DecoderConfig config)
    {
        if (TrainedOn(directory) is { } noted && Text(noted, "model_type") is { } type && type != config.ModelType)
            throw new UrialException($"'{Path.Combine(directory, Manifest)}': the adapter was trained on a {type} model, and the base is a "
                + $"{config.ModelType}. Name the base that it was trained on.");
    }

    /// <summary>What must be known of an adapter on a base: that it was trained on other weights.</summary>
    /// <param name="directory">The adapter's folder.</param>
    /// <param name="hashes">Hashes of the model's files by name, the adapter's own among them.</param>
    public static IReadOnlyList<string> Notes(string directory, IReadOnlyDictionary<string, string> hashes)
    {
        if (TrainedOn(directory) is not { } noted || !noted.TryGetProperty("files_sha256", out var files)
            || files.ValueKind != JsonValueKind.Object)
            return [];
        string[] then = [.. files.EnumerateObject().Where(file => IsWeights(file.Name)).Select(file => file.Value.ToString()).Order()];
        string[] now = [.. hashes.Where(file => IsWeights(file.Key) && !Own.Contains(file.Key))
            .Select(file => file.Value).Order()];
        return then.Length == 0 || then.SequenceEqual(now) ? []
            : [$"The adapter in '{directory}' was trained on other weights (sha256 {Shown(then)}; these are {Shown(now)}): numbers will "
                + "differ from those stored."];
    }

    private static bool IsWeights(string name) => name.EndsWith(".safetensors", StringComparison.Ordinal);

    private static string Shown(string[] hashes) => string.Join(", ", hashes.Select(hash => hash.Length > 12 ? hash[..12] + "…" : hash));

    // Others' folders may have a manifest.json of another kind.
    private static JsonElement? TrainedOn(string directory)
    {
        var path = Path.Combine(directory, Manifest);
        return File.Exists(path) && InputFile.Json(path, "adapter's manifest") is { ValueKind: JsonValueKind.Object } manifest
            && Text(manifest, "kind") == TunedHere && manifest.TryGetProperty("base", out var noted)
            && noted.ValueKind == JsonValueKind.Object ? noted : null;
    }

    private static string? Text(JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
