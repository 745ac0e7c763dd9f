using System.Text.Json;

namespace Urial;

/// <summary>
/// Reads a JSON file of a tokenizer with errors that name the file and the place in it. What this library does not know it refuses
/// by name: a component that is passed over would give other ids without a word.
/// </summary>
internal sealed class TokenizerJson
{
    private readonly string _path;

    /// <exception cref="UrialException">The file cannot be read or is not a JSON object.</exception>
    public TokenizerJson(string path)
    {
        _path = path;
        if (!Path.Exists(path))
            throw new UrialException(
                $"There is no file {path}. A model folder in Hugging Face layout holds it; download the folder again.");
        Bytes = InputFile.Bytes(path, "tokenizer's file");
        Root = InputFile.Json(Bytes, path, "tokenizer's file");
        if (Root.ValueKind != JsonValueKind.Object)
            throw Wrong("the file", "a JSON object", Root);
    }

    /// <summary>The file as it lies on disk.</summary>
    public byte[] Bytes { get; }

    /// <summary>The file's object.</summary>
    public JsonElement Root { get; }

    /// <summary>A property, or null where it is missing or null.</summary>
    public JsonElement? Find(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A property that must be an object, or null where it is missing or null.</summary>
    public JsonElement? FindObject(JsonElement owner, string name) => Find(owner, name) is { } value
        ? value.ValueKind == JsonValueKind.Object ? value : throw Wrong(name, "an object", value)
        : null;

    /// <summary>A property that must be a list, or an empty list where it is missing or null.</summary>
    public IEnumerable<JsonElement> List(JsonElement owner, string name) => Find(owner, name) is { } value
        ? value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Wrong(name, "a list", value)
        : [];

    /// <summary>A property that must be text.</summary>
    public string Text(JsonElement owner, string name) =>
        FindText(owner, name) ?? throw Error($"has no {name} where one is needed");

    /// <summary>A property that must be text, or null where it is missing or null.</summary>
    public string? FindText(JsonElement owner, string name) => Find(owner, name) is { } value
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, "text", value)
        : null;

    /// <summary>A property that must be a non-negative integer.</summary>
    public int Number(JsonElement owner, string name) => Find(owner, name) is { } value
        ? NumberOf(name, value)
        : throw Error($"has no {name} where one is needed");

    /// <summary>A value that must be a non-negative integer.</summary>
    public int NumberOf(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0
            ? number
            : throw Wrong(name, "a whole number of at least 0", value);

    /// <summary>A property that must be true or false, or what it is where it is missing or null.</summary>
    public bool Flag(JsonElement owner, string name, bool missing = false) => Find(owner, name) is { } value
        ? value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong(name, "true or false", value),
        }
        : missing;

    /// <summary>What to throw for a component that this library does not know.</summary>
    public UrialException Unsupported(string what, string name) =>
        Error($"uses {what} \"{name}\", which this library does not support; it reads byte-level BPE tokenizers (GPT-2, Llama 3, Qwen, "
            + "SmolLM, OLMo and their like)");

    /// <summary>What to throw for a file that contradicts itself.</summary>
    public UrialException Error(string what) => new($"{_path} {what}.");

    private UrialException Wrong(string name, string wanted, JsonElement value)
    {
        var found = value.GetRawText();
        return Error($"is wrong: {name} must be {wanted}, not {(found.Length > 60 ? found[..60] + "…" : found)}");
    }
}
