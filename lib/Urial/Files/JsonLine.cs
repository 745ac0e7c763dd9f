using System.Text.Json;

namespace Urial;

/// <summary>One record of a file of JSON objects, or what is wrong with it.</summary>
/// <param name="Number">1-based number of the line in which it begins.</param>
/// <param name="Id">The id, where one was asked for and could be read; a number as it is spelt.</param>
/// <param name="Json">The object; undefined where there is an error.</param>
/// <param name="Error">What is wrong; null where nothing is.</param>
public sealed record JsonLine(int Number, string? Id, JsonElement Json, string? Error)
{
    /// <summary>Whether the id is a number in the file, and stays one in what is made of it.</summary>
    internal bool HasNumberAsId => Json.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number;

    /// <summary>A field's text; null where it is missing or null.</summary>
    /// <exception cref="UrialException">It is something else than text.</exception>
    public string? Text(string field) => JsonText.Field(Json, field);

    /// <summary>A field's text.</summary>
    /// <exception cref="UrialException">It is missing, or something else than text.</exception>
    public string Need(string field) => Text(field) ?? throw new UrialException($"The field \"{field}\" is missing.");

    /// <summary>A field's list; null where it is missing or null.</summary>
    /// <param name="field">The field.</param>
    /// <param name="of">What it is a list of, for messages.</param>
    /// <exception cref="UrialException">It is something else than a list.</exception>
    internal JsonElement? List(string field, string of) =>
        !Json.TryGetProperty(field, out var list) || list.ValueKind == JsonValueKind.Null ? null
        : list.ValueKind == JsonValueKind.Array ? list : throw new UrialException($"The field \"{field}\" is not a list of {of}.");

    /// <summary>A field's token ids; null where it is missing or null.</summary>
    /// <exception cref="UrialException">It is something else than a list of them.</exception>
    public int[]? TokenIds(string field)
    {
        if (List(field, "token ids") is not { } list)
            return null;
        var ids = new int[list.GetArrayLength()];
        for (var i = 0; i < ids.Length; i++)
            if (list[i].ValueKind != JsonValueKind.Number || !list[i].TryGetInt32(out ids[i]))
                throw new UrialException($"\"{field}\" holds {list[i].GetRawText()} at position {i}, which is not a token id.");
        return ids;
    }

    /// <summary>A field's token ids.</summary>
    /// <exception cref="UrialException">It is missing, or something else than a list of them.</exception>
    public int[] NeedTokenIds(string field) => TokenIds(field) ?? throw new UrialException($"The field \"{field}\" is missing.");

    /// <summary>What the line is of a run's input: an item, or what is wrong.</summary>
    internal RunLine<T> Item<T>(Func<JsonLine, T> read) where T : class
    {
        try
        {
            return new RunLine<T>(Number, Id, Error is null ? read(this) : null, Error);
        }
        catch (UrialException e)
        {
            return new RunLine<T>(Number, Id, null, e.Message);
        }
    }
}
