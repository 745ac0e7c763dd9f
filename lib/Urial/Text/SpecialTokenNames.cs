using System.Text.Json;

namespace Urial;

/// <summary>The tokens to which tokenizer_config.json (or else special_tokens_map.json) gives a role.</summary>
/// <param name="Eos">Ends a sequence.</param>
/// <param name="Bos">Begins a sequence.</param>
/// <param name="Pad">Fills a batch.</param>
internal sealed record SpecialTokenNames(string? Eos, string? Bos, string? Pad)
{
    // Special tokens with a name in transformers.
    private static readonly string[] Roles =
        ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

    /// <summary>Reads the names; a file that is missing names none.</summary>
    public static SpecialTokenNames Load(FileLayers directory)
    {
        var names = new SpecialTokenNames(null, null, null);
        foreach (var path in Files(directory))
        {
            var json = new TokenizerJson(path);
            names = new(names.Eos ?? Name(json, "eos_token"), names.Bos ?? Name(json, "bos_token"), names.Pad ?? Name(json, "pad_token"));
        }
        return names;
    }

    /// <summary>
    /// What a chat template knows of them, as transformers gives it: those of <c>bos_token</c> and its like that are set, the list of
    /// additional ones, and a model's own by their names.
    /// </summary>
    public static IReadOnlyDictionary<string, JsonElement> Variables(FileLayers directory)
    {
        var variables = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var path in Files(directory))
        {
            var json = new TokenizerJson(path);
            foreach (var role in json.Root.EnumerateObject())
                if (Roles.Contains(role.Name) && Content(role.Value) is { } token)
                    variables.TryAdd(role.Name, token);
                else if (role is { Name: "additional_special_tokens", Value.ValueKind: JsonValueKind.Array })
                    variables.TryAdd(role.Name, JsonSerializer.SerializeToElement(
                        role.Value.EnumerateArray().Select(Content).Where(token => token is not null)));
                else if (role is { Name: "extra_special_tokens", Value.ValueKind: JsonValueKind.Object })
                    foreach (var extra in role.Value.EnumerateObject())
                        if (Content(extra.Value) is { } own)
                            variables.TryAdd(extra.Name, own);
        }
        return variables;
    }

    // Of the nearest folder first, the settings before the map.
    private static IEnumerable<string> Files(FileLayers directory) => directory.Folders
        .SelectMany(folder => new[] { "tokenizer_config.json", "special_tokens_map.json" }.Select(file => Path.Combine(folder, file)))
        .Where(Path.Exists);

    // A token that is text, or an object that has it; null for a setting such as add_bos_token.
    private static JsonElement? Content(JsonElement token) => token.ValueKind == JsonValueKind.String ? token
        : token.ValueKind == JsonValueKind.Object && token.TryGetProperty("content", out var content) ? Content(content)
        : null;

    // Either the token itself or an object with its flags.
    private static string? Name(TokenizerJson json, string role) => json.Find(json.Root, role) is { ValueKind: JsonValueKind.Object } token
        ? json.Text(token, "content")
        : json.FindText(json.Root, role);
}
