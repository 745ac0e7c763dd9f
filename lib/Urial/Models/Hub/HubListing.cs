using System.Text.Json;
using System.Text.RegularExpressions;

namespace Urial;

/// <summary>What a repository holds at a revision, and which of it a model needs.</summary>
internal sealed partial class HubListing
{
    public const string Config = "config.json", Whole = "model.safetensors", Index = "model.safetensors.index.json";
    private const string Templates = "additional_chat_templates/";

    // What decides before anything else is downloaded whether the model can be used at all.
    private static readonly string[] ConfigFiles = [Config, "generation_config.json"];

    private static readonly string[] AdapterFiles = ["manifest.json", LowRankAdapter.FileName];

    private static readonly string[] TokenizerFiles =
    [
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt",
        "tokenizer.model", "chat_template.jinja", "chat_template.json",
    ];

    private readonly HashSet<string> _names;

    private HubListing(string commit, HashSet<string> names) => (Commit, _names) = (commit, names);

    /// <summary>The commit that the revision leads to.</summary>
    public string Commit { get; }

    /// <summary>The configuration's files that are there.</summary>
    public IEnumerable<string> Configs =>
        [.. ConfigFiles.Where(_names.Contains), .. IsAdapter ? [AdapterConfig.FileName] : Array.Empty<string>()];

    /// <summary>Whether it is an adapter, which needs a base: no whole model is there.</summary>
    public bool IsAdapter => _names.Contains(AdapterConfig.FileName) && !IsWhole && !_names.Contains(Index);

    /// <summary>An adapter's files beside its configuration and its tokenizer's.</summary>
    public IEnumerable<string> Adapter => AdapterFiles.Where(_names.Contains);

    /// <summary>The tokenizer's files and templates that are there.</summary>
    public IEnumerable<string> Tokenizer =>
        [.. TokenizerFiles.Where(_names.Contains), .. _names.Where(IsTemplate).Order(StringComparer.Ordinal)];

    /// <summary>The list of shards, where the weights are several files; transformers prefers one file where there are both.</summary>
    public IEnumerable<string> Indexes => IsWhole ? [] : [Index];

    private bool IsWhole => _names.Contains(Whole);

    /// <summary>Whether a text is a commit's full hash.</summary>
    public static bool IsCommit(string text) => CommitForm().IsMatch(text);

    /// <summary>Reads the hub's answer about a model.</summary>
    /// <exception cref="UrialException">It is no such answer, or names what would lie outside the cache.</exception>
    public static HubListing Parse(JsonElement answer, HubId id)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (answer.ValueKind != JsonValueKind.Object || Text(answer, "sha") is not { } commit || !IsCommit(commit)
            || !answer.TryGetProperty("siblings", out var siblings) || siblings.ValueKind != JsonValueKind.Array)
            throw new UrialException($"The server's answer about {id} names no commit hash and list of files. Is HF_ENDPOINT a hub?");
        foreach (var sibling in siblings.EnumerateArray())
            if (sibling.ValueKind == JsonValueKind.Object && Text(sibling, "rfilename") is { } name)
                names.Add(!SafePath.Escapes(name) ? name : throw new UrialException($"The server's list of files of {id} holds one that "
                    + $"would lie outside the cache, {JsonSerializer.Serialize(name)}. Nothing was downloaded."));
        return new HubListing(commit, names);
    }

    /// <summary>Refuses a repository whose files cannot be a tokenizer for us, by their names alone.</summary>
    /// <exception cref="UrialException">It has no tokenizer of a kind that is read here.</exception>
    public void CheckTokenizer(HubId id)
    {
        if (!_names.Contains(TokenizerFiles[0]) && !IsAdapter) // an adapter's is its base's, where it has none
            throw new UrialException($"{id} has no {TokenizerFiles[0]}, from which tokenizers are read here. Nothing was downloaded. "
                + "AutoTokenizer.from_pretrained(…).save_pretrained(FOLDER) of transformers writes one from a tokenizer.model.");
    }

    /// <summary>Refuses a repository whose files cannot be a model for us, by their names alone.</summary>
    /// <exception cref="UrialException">It has no configuration, weights or tokenizer of a kind that is read here.</exception>
    public void CheckModel(HubId id)
    {
        if (IsAdapter)
        {
            if (!_names.Contains(LowRankAdapter.FileName))
                throw new UrialException($"{id} is an adapter without {LowRankAdapter.FileName}, from which its matrices are read here "
                    + "(a pickle can run any code that its maker put in). Nothing was downloaded. save_pretrained of PEFT writes one.");
            return;
        }
        if (!_names.Contains(Config))
            throw new UrialException($"{id} has no {Config}: it is no model in Hugging Face layout (perhaps "
                + "one in another format). Nothing was downloaded.");
        if (!IsWhole && !_names.Contains(Index))
            throw new UrialException(_names.Where(IsPickle).Order(StringComparer.Ordinal).FirstOrDefault() is { } pickle
                ? $"{id} has its weights as pickle files only ({pickle}), and reading a pickle can run any code that its maker put in. "
                    + $"Nothing was downloaded. Choose a version with {Whole}: some repositories have one as a pull request "
                    + $"({id.Name}@refs/pr/1), and save_pretrained of transformers writes one."
                : $"{id} has no weights that are read here: neither {Whole} nor {Index}. Nothing was downloaded.");
        CheckTokenizer(id);
    }

    /// <summary>The files that hold the weights.</summary>
    /// <param name="index">The list of shards, downloaded; unused where the weights are one file.</param>
    /// <param name="id">The model, for messages.</param>
    /// <exception cref="UrialException">The list is damaged, or names what is not there.</exception>
    public IReadOnlyList<string> Weights(string index, HubId id)
    {
        if (IsWhole)
            return [Whole];
        var shards = Checkpoint.Shards(index);
        return shards.FirstOrDefault(name => !SafePath.IsSafeSegment(name) || !_names.Contains(name)) is { } odd
            ? throw new UrialException($"{id}: {Index} lists the shard {JsonSerializer.Serialize(odd)}, which is no file of the "
                + "repository. The weights were not downloaded.")
            : shards;
    }

    private static bool IsTemplate(string name) => name.StartsWith(Templates, StringComparison.Ordinal)
        && name.EndsWith(".jinja", StringComparison.Ordinal) && SafePath.IsSafe(name);

    private static bool IsPickle(string name) => Path.GetExtension(name) is ".bin" or ".pt" or ".pth" or ".ckpt"
        || name.EndsWith(".bin.index.json", StringComparison.Ordinal);

    private static string? Text(JsonElement record, string field) =>
        record.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? JsonText.Field(record, field) : null;

    [GeneratedRegex(@"^[0-9a-f]{40}(?:[0-9a-f]{24})?\z")]
    private static partial Regex CommitForm();
}
