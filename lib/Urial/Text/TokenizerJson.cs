using System.Text;
using System.Text.Json;

namespace Urial;

/// <summary>
/// Reads a JSON file of a tokenizer with errors that name the file and the place in it. What this library does not know it refuses
/// by name: a component that is passed over would give other ids without a word.
/// </summary>
internal sealed class TokenizerJson
{
    private const string What = "tokenizer's file";
    private readonly string _path;
    private readonly int _mark; // bytes

    /// <param name="path">The file.</param>
    /// <param name="model">
    /// Reads members of the object <c>model</c> as they stream by; <see cref="Root"/> then lacks them. Null leaves them all there.
    /// </param>
    /// <exception cref="UrialException">The file cannot be read or is not a JSON object.</exception>
    public TokenizerJson(string path, BpeReader? model = null)
    {
        _path = path;
        if (!Path.Exists(path))
            throw new UrialException(
                $"There is no file {path}. A model folder in Hugging Face layout holds it; download the folder again.");
        Bytes = InputFile.Bytes(path, What);
        _mark = Bytes.Length - InputFile.WithoutMark(Bytes, path, What).Length;
        Root = InputFile.Json(model is null ? Bytes : Stream(model), path, What);
        if (Root.ValueKind != JsonValueKind.Object)
            throw Wrong("the file", "a JSON object", Root);
    }

    /// <summary>The file as it lies on disk.</summary>
    public byte[] Bytes { get; }

    /// <summary>The file's object.</summary>
    public JsonElement Root { get; }

    /// <summary>The file without the mark that may stand before its text.</summary>
    public ReadOnlySpan<byte> Content => Bytes.AsSpan(_mark);

    /// <summary>What stands at a place of <see cref="Content"/>, for errors.</summary>
    public string Excerpt(long start)
    {
        var rest = Content[(int)start..];
        return ShortText.Of(Encoding.UTF8.GetString(rest[..Math.Min(240, rest.Length)]), 60);
    }

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
        Error($"uses {what} \"{name}\", which this library does not support; it reads BPE tokenizers, byte-level (GPT-2, Llama 3, Qwen, "
            + "SmolLM, OLMo and their like) or with byte fallback (Llama 2, Mistral, Gemma, Phi-3)");

    /// <summary>What to throw for a file that contradicts itself.</summary>
    public UrialException Error(string what) => new($"{_path} {what}.");

    /// <summary>What to throw for a value of the wrong kind.</summary>
    /// <param name="name">What it is of.</param>
    /// <param name="wanted">What it must be.</param>
    /// <param name="found">The JSON that was found, and what follows it.</param>
    public UrialException Wrong(string name, string wanted, string found) =>
        Error($"is wrong: {name} must be {wanted}, not {ShortText.Of(found, 60)}");

    private UrialException Wrong(string name, string wanted, JsonElement value) => Wrong(name, wanted, value.GetRawText());

    // Gives the model's members to their reader, and the file with null in place of what that has read.
    private byte[] Stream(BpeReader model)
    {
        var rest = new List<byte>();
        var done = 0;
        var reader = new Utf8JsonReader(Content);
        try
        {
            var inModel = false;
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                    continue;
                if (reader.CurrentDepth == 1)
                    inModel = reader.ValueTextEquals("model"u8);
                var start = (int)reader.BytesConsumed;
                if (!inModel || reader.CurrentDepth != 2 || !model.TryRead(this, ref reader))
                    continue;
                rest.AddRange(Content[done..start]);
                rest.AddRange("null"u8);
                done = (int)reader.BytesConsumed;
            }
            model.Complete(this);
        }
        catch (JsonException)
        {
            return Bytes; // whoever reads the whole file tells where it is damaged
        }
        rest.AddRange(Content[done..]);
        return [.. rest];
    }
}
