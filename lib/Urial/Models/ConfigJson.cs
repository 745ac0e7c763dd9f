using System.Text.Json;

namespace Urial;

/// <summary>The fields of a <c>config.json</c>, with errors that name the file and the field.</summary>
internal sealed class ConfigJson
{
    /// <summary>What <c>layer_types</c> calls a layer that sees all earlier positions.</summary>
    public const string FullLayer = "full_attention";

    /// <summary>What <c>layer_types</c> calls a layer that sees those within its window.</summary>
    public const string SlidingLayer = "sliding_attention";

    private readonly JsonElement _root;

    private ConfigJson(string path, JsonElement root)
    {
        Path = path;
        _root = root;
    }

    public string Path { get; }

    /// <summary>Reads a file that holds one JSON object.</summary>
    public static ConfigJson Load(string path)
    {
        var root = InputFile.Json(path, "model's configuration");
        return root.ValueKind == JsonValueKind.Object ? new ConfigJson(path, root)
            : throw new UrialException($"'{path}' is not a JSON object. Download it again.");
    }

    public string? Text(string name) => Find(name) is { } value ? As(name, value, "text", JsonValueKind.String, v => v.GetString()) : null;

    public bool Flag(string name, bool otherwise) =>
        Find(name) is not { } value ? otherwise
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Wrong(name, "true or false", value);

    public int? Count(string name) =>
        Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0 ? number
        : throw Wrong(name, "a whole number above 0", value);

    /// <summary>As the other; an absent field is not the same as <c>null</c>.</summary>
    public int? Count(string name, int? otherwise) => Has(name) ? Count(name) : otherwise;

    /// <summary>A whole number of 0 or more.</summary>
    public int? Whole(string name) =>
        Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 ? number
        : throw Wrong(name, "a whole number of 0 or more", value);

    public int NeededCount(string name) =>
        Count(name) ?? throw new UrialException($"'{Path}' has no '{name}'. Is it the config.json of a decoder-only language model?");

    public double? Number(string name) =>
        Find(name) is { } value ? As(name, value, "a number", JsonValueKind.Number, v => v.GetDouble()) : null;

    /// <summary>As the other; an absent field is not the same as <c>null</c>.</summary>
    public double? Number(string name, double? otherwise) => Has(name) ? Number(name) : otherwise;

    public double NeededNumber(string name) =>
        Number(name) ?? throw new UrialException($"'{Path}' has no '{name}'. Get the config.json that belongs to the weights.");

    /// <summary>A list of numbers; null where the field is absent.</summary>
    public double[]? Numbers(string name) =>
        Find(name) is { } value
            ? As(name, value, "a list of numbers", JsonValueKind.Array, list => list.EnumerateArray().Select(item =>
                item.ValueKind == JsonValueKind.Number ? item.GetDouble() : throw Wrong(name, "a list of numbers", value)).ToArray())
            : null;

    public int? TokenId(string name) => TokenIds(name) is [int id, ..] ? id : null;

    /// <summary>Token ids given as one number or as a list; null where the field is absent.</summary>
    public int[]? TokenIds(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } one when one.TryGetInt32(out var id) => [id],
        { ValueKind: JsonValueKind.Array } list
            when list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out _))
            => [.. list.EnumerateArray().Select(item => item.GetInt32())],
        { } other => throw Wrong(name, "a token id or a list of them", other),
    };

    /// <summary>The kind of each layer; null where the file does not list them.</summary>
    /// <exception cref="UrialException">There are too many or too few, or one of a kind that is not known.</exception>
    public string[]? LayerTypes(int layers)
    {
        if (Find("layer_types") is null)
            return null;
        var types = Texts("layer_types");
        if (types.FirstOrDefault(type => type is not (FullLayer or SlidingLayer)) is { } odd)
            throw new UrialException($"'{Path}': layer_types names '{odd}', which is not supported; {FullLayer} and {SlidingLayer} are.");
        return types.Length == layers ? types
            : throw new UrialException($"'{Path}': layer_types has {types.Length} entries, and the model {layers} layers.");
    }

    public string[] Texts(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(item => item.ToString())] : [];

    /// <summary>A nested object, or null where it is absent.</summary>
    public ConfigJson? Section(string name) =>
        Find(name) is { } value ? As(name, value, "an object", JsonValueKind.Object, v => new ConfigJson($"{Path}: {name}", v)) : null;

    /// <summary>Whether the field is there, if only as <c>null</c>.</summary>
    public bool Has(string name) => _root.TryGetProperty(name, out _);

    private JsonElement? Find(string name) =>
        _root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private T As<T>(string name, JsonElement value, string wanted, JsonValueKind kind, Func<JsonElement, T> read) =>
        value.ValueKind == kind ? read(value) : throw Wrong(name, wanted, value);

    private UrialException Wrong(string name, string wanted, JsonElement value) =>
        new($"'{Path}': '{name}' should be {wanted}, and it is {value.GetRawText()}.");
}
