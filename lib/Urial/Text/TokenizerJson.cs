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
    private readonly SortedList<string, Range> _left = new(StringComparer.Ordinal);

    /// <param name="path">The file.</param>
    /// <param name="without">Members of the object <c>model</c> that <see cref="Root"/> shall not hold; <see cref="Left"/> gives them.</param>
    /// <exception cref="UrialException">The file cannot be read or is not a JSON object.</exception>
    public TokenizerJson(string path, params string[] without)
    {
        _path = path;
        if (!Path.Exists(path))
            throw new UrialException(
                $"There is no file {path}. A model folder in Hugging Face layout holds it; download the folder again.");
        Bytes = InputFile.Bytes(path, What);
        if (without.Length > 0)
            FindLeft(without);
        Root = InputFile.Json(_left.Count == 0 ? Bytes : WithoutLeft(), path, What);
        if (Root.ValueKind != JsonValueKind.Object)
            throw Wrong("the file", "a JSON object", Root);
    }

    /// <summary>The file as it lies on disk.</summary>
    public byte[] Bytes { get; }

    /// <summary>The file's object.</summary>
    public JsonElement Root { get; }

    /// <summary>The JSON of a member of <c>model</c> that was left out of <see cref="Root"/>; empty where it is missing or null.</summary>
    public ReadOnlySpan<byte> Left(string name) => _left.TryGetValue(name, out var range) ? Bytes.AsSpan(range) : [];

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

    private void FindLeft(string[] names)
    {
        var text = InputFile.WithoutMark(Bytes, _path, What);
        var mark = Bytes.Length - text.Length;
        var reader = new Utf8JsonReader(text);
        try
        {
            var inModel = false;
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                    continue;
                if (reader.CurrentDepth == 1)
                    inModel = reader.ValueTextEquals("model");
                else if (inModel && reader.CurrentDepth == 2)
                    foreach (var name in names)
                        if (reader.ValueTextEquals(name))
                        {
                            reader.Read();
                            var start = (int)reader.TokenStartIndex;
                            reader.Skip();
                            if (reader.TokenType != JsonTokenType.Null)
                                _left[name] = (mark + start)..(mark + (int)reader.BytesConsumed);
                            break;
                        }
            }
        }
        catch (JsonException)
        {
            // Whoever reads the whole file tells where it is damaged.
            _left.Clear();
        }
    }

    private byte[] WithoutLeft()
    {
        var rest = new List<byte>();
        var done = 0;
        foreach (var range in _left.Values.OrderBy(range => range.Start.Value))
        {
            rest.AddRange(Bytes.AsSpan(done..range.Start.Value));
            rest.AddRange("null"u8);
            done = range.End.Value;
        }
        rest.AddRange(Bytes.AsSpan(done));
        return [.. rest];
    }
}
