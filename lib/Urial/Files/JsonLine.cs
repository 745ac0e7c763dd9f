using System.Text.Json;

namespace Urial;

/// <summary>One line of a file of JSON objects that have ids, or what is wrong with it.</summary>
/// <param name="Number">1-based line number.</param>
/// <param name="Id">The id, where one could be read; a number as it is spelt.</param>
/// <param name="Json">The object; undefined where there is an error.</param>
/// <param name="Error">What is wrong; null where nothing is.</param>
internal sealed record JsonLine(int Number, string? Id, JsonElement Json, string? Error)
{
    /// <summary>A field that is a string, or null where it is missing.</summary>
    /// <exception cref="UrialException">It is something else, or holds no proper text.</exception>
    public string? Text(string field) => Text(Json, field);

    /// <summary>As the other, for a line under construction.</summary>
    public static string? Text(JsonElement json, string field)
    {
        if (!json.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw new UrialException($"The field \"{field}\" is not a string.");
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException) // an escaped half of a surrogate pair
        {
            throw new UrialException($"The field \"{field}\" holds half of a surrogate pair, which is no character.");
        }
    }
}
