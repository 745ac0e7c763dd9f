using System.Text.Json;

namespace Urial.Explore;

/// <summary>The fields of a JSON object of a request, each read as what it has to be.</summary>
internal sealed class Fields
{
    private readonly JsonElement _json;
    private readonly string _what;

    private Fields(JsonElement json, string what) => (_json, _what) = (json, what);

    /// <summary>An object's fields.</summary>
    /// <param name="json">The object.</param>
    /// <param name="what">What it is called in messages.</param>
    /// <exception cref="UrialException">It is no object.</exception>
    public static Fields Of(JsonElement json, string what) => json.ValueKind == JsonValueKind.Object ? new Fields(json, what)
        : throw new UrialException(Sentence($"{what} has to be a JSON object."));

    /// <summary>A field that has to be there.</summary>
    public JsonElement Need(string name) => Find(name) ?? throw new UrialException(Sentence($"{_what} lacks \"{name}\"."));

    /// <summary>A text; null where it is not there.</summary>
    public string? Text(string name, int longest)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw new UrialException($"\"{name}\" in {_what} has to be a text.");
        if (TextOf(value) is not { } text)
            throw new UrialException($"\"{name}\" in {_what} holds half of a character (a lone surrogate, or bytes that are no UTF-8): "
                + "write it anew.");
        return text.Length <= longest ? text
            : throw new UrialException(FormattableString.Invariant($"\"{name}\" has {text.Length} characters, and {longest} are the most ")
                + "here: shorten it.");
    }

    /// <summary>A list; empty where it is not there.</summary>
    public IReadOnlyList<JsonElement> List(string name, int longest)
    {
        if (Find(name) is not { } value)
            return [];
        if (value.ValueKind != JsonValueKind.Array)
            throw new UrialException($"\"{name}\" in {_what} has to be a list.");
        return value.GetArrayLength() <= longest ? [.. value.EnumerateArray()]
            : throw new UrialException(FormattableString.Invariant($"\"{name}\" has {value.GetArrayLength()} entries, and {longest} are ")
                + "the most here.");
    }

    /// <summary>Yes or no; no where it is not there.</summary>
    public bool Flag(string name) => Find(name) is { } value && (value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.GetBoolean() : throw new UrialException($"\"{name}\" in {_what} is true or false."));

    /// <summary>A whole number; null where it is not there.</summary>
    public int? Whole(string name, int least, int most) => Number(name, least, most) is not { } value ? null
        : value == Math.Floor(value) ? (int)value : throw new UrialException($"\"{name}\" in {_what} is a whole number.");

    /// <summary>A number; null where it is not there.</summary>
    public double? Number(string name, double least, double most)
    {
        if (Find(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most ? number
            : throw new UrialException(FormattableString.Invariant($"\"{name}\" in {_what} is a number from {least} to {most}."));
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private JsonElement? Find(string name) =>
        _json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    // An escape may spell half of a character.
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
