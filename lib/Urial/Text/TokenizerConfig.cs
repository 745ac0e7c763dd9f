using System.Globalization;
using System.Text.Json;

namespace Urial;

/// <summary>
/// What a tokenizer_config.json says that changes ids: transformers applies it over tokenizer.json (fast tokenizers, 4.57).
/// </summary>
internal sealed record TokenizerConfig
{
    // The classes that set their post-processor anew, with the tokens that they put around a text where the file names none.
    private static readonly Dictionary<string, (string Bos, string Eos)> Framing = new(StringComparer.Ordinal)
    {
        ["LlamaTokenizer"] = ("<s>", "</s>"),
        ["CodeLlamaTokenizer"] = ("<s>", "</s>"),
        ["GemmaTokenizer"] = ("<bos>", "<eos>"),
    };

    private static readonly string[] Roles = ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

    /// <summary>The beginning and the end that are put around a text, each null for none; null leaves this to tokenizer.json.</summary>
    public (string? Bos, string? Eos)? Frame { get; init; }

    /// <summary>Whether a lone ByteLevel pre-tokenizer puts a space before pieces; null leaves this to tokenizer.json.</summary>
    public bool? PrefixSpace { get; init; }

    /// <summary>Added tokens, in the order of their ids.</summary>
    public IReadOnlyList<AddedToken> Added { get; init; } = [];

    /// <summary>The tokens that have a role, and so are special.</summary>
    public IReadOnlyList<string> Special { get; init; } = [];

    /// <summary>Reads the file; where there is none it says nothing.</summary>
    public static TokenizerConfig Load(FileLayers directory)
    {
        var path = directory.File("tokenizer_config.json");
        if (!Path.Exists(path))
            return new TokenizerConfig();
        var json = new TokenizerJson(path);
        var name = json.FindText(json.Root, "tokenizer_class") ?? "";
        var plain = name.EndsWith("Fast", StringComparison.Ordinal) ? name[..^"Fast".Length] : name;
        return new TokenizerConfig
        {
            Frame = Framing.TryGetValue(plain, out var usual)
                ? (json.Flag(json.Root, "add_bos_token", missing: true) ? Name(json, "bos_token") ?? usual.Bos : null,
                    json.Flag(json.Root, "add_eos_token") ? Name(json, "eos_token") ?? usual.Eos : null)
                : null,
            PrefixSpace = json.Find(json.Root, "add_prefix_space") is null ? null : json.Flag(json.Root, "add_prefix_space"),
            Added = [.. ReadAdded(json).OrderBy(token => token.Id)],
            Special = [.. Roles.Select(role => Name(json, role)).OfType<string>()
                .Concat(json.List(json.Root, "additional_special_tokens").Select(token => Content(json, token)))],
        };
    }

    private static IEnumerable<AddedToken> ReadAdded(TokenizerJson json)
    {
        if (json.FindObject(json.Root, "added_tokens_decoder") is not { } tokens)
            yield break;
        foreach (var entry in tokens.EnumerateObject())
            yield return int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? AddedToken.Read(json, entry.Value, id)
                : throw json.Error($"has \"{entry.Name}\" where added_tokens_decoder must have an id");
    }

    private static string? Name(TokenizerJson json, string role) =>
        json.Find(json.Root, role) is { } token ? Content(json, token) : null;

    // Either the token itself or an object with its flags.
    private static string Content(TokenizerJson json, JsonElement token) => token.ValueKind switch
    {
        JsonValueKind.String => token.GetString()!,
        JsonValueKind.Object => json.Text(token, "content"),
        _ => throw json.Wrong("a special token", "text or an object", token.GetRawText()),
    };
}
