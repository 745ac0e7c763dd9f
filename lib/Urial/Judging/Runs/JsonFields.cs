using System.Text.Json;

namespace Urial;

/// <summary>Reads fields of a JSON record, with errors for the reader.</summary>
internal static class JsonFields
{
    /// <summary>A field's text; null where it is missing or null.</summary>
    /// <exception cref="UrialException">It is something else than text.</exception>
    public static string? Text(JsonElement record, string field)
    {
        if (!record.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return Value(value, field);
    }

    /// <summary>A value's text.</summary>
    /// <exception cref="UrialException">It is something else than text.</exception>
    public static string Value(JsonElement value, string field)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw new UrialException($"the field \"{field}\" is not a string.");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException) // an escaped half of a surrogate pair
        {
            throw new UrialException($"the field \"{field}\" holds half of a surrogate pair, which is no character.");
        }
    }

    /// <summary>A record's id: a string that is not empty, or a whole number.</summary>
    /// <exception cref="UrialException">There is none.</exception>
    public static (string Id, bool IsNumber) Id(JsonElement record)
    {
        if (record.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out _))
            return (id.GetRawText(), true);
        return Text(record, "id") is { Length: > 0 } text ? (text, false) : throw new UrialException("the field \"id\" is missing or empty.");
    }
}
