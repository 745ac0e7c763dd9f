using System.Text.Json;

namespace Urial;

/// <summary>The tokens to which tokenizer_config.json (or else special_tokens_map.json) gives a role.</summary>
/// <param name="Eos">Ends a sequence.</param>
/// <param name="Bos">Begins a sequence.</param>
/// <param name="Pad">Fills a batch.</param>
internal sealed record SpecialTokenNames(string? Eos, string? Bos, string? Pad)
{
    /// <summary>Reads the names; a file that is missing names none.</summary>
    public static SpecialTokenNames Load(string directory)
    {
        var names = new SpecialTokenNames(null, null, null);
        foreach (var file in new[] { "tokenizer_config.json", "special_tokens_map.json" })
        {
            var path = Path.Combine(directory, file);
            if (!Path.Exists(path))
                continue;
            var json = new TokenizerJson(path);
            names = new(names.Eos ?? Name(json, "eos_token"), names.Bos ?? Name(json, "bos_token"), names.Pad ?? Name(json, "pad_token"));
        }
        return names;
    }

    // Either the token itself or an object with its flags.
    private static string? Name(TokenizerJson json, string role) => json.Find(json.Root, role) is { ValueKind: JsonValueKind.Object } token
        ? json.Text(token, "content")
        : json.FindText(json.Root, role);
}
