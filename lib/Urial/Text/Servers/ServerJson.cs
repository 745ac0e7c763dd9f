using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial;

/// <summary>Reads what servers send as JSON, none of whose fields has a type that can be relied on.</summary>
internal static class ServerJson
{
    private static readonly JsonDocumentOptions Loose = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The whole text as JSON; null where it is none.</summary>
    public static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text, Loose);
        }
        catch (JsonException)
        {
            return text.AsSpan().TrimStart().StartsWith("{") ? Mended(text) : null;
        }
    }

    /// <summary>A field of an object; null where it is missing, or nothing has fields here.</summary>
    public static JsonElement? Field(JsonElement? from, string name) =>
        from is { ValueKind: JsonValueKind.Object } record && record.TryGetProperty(name, out var value)
            && value.ValueKind != JsonValueKind.Null
            ? value : null;

    /// <summary>A string's text, half surrogate pairs replaced; null where it is no string.</summary>
    public static string? Text(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.String } text)
            return null;
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException) // an escaped half of a surrogate pair
        {
            return (string?)new LenientJson(text.GetRawText(), 0).Read();
        }
    }

    /// <summary>A count, also as a string or with a fraction; 0 where there is none.</summary>
    public static long Count(JsonElement? value)
    {
        var text = value?.ValueKind == JsonValueKind.Number ? value.Value.GetRawText() : Text(value);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var count) && count is >= 0 and < 1e15
            ? (long)count : 0;
    }

    // Python's servers write NaN.
    private static JsonElement? Mended(string text)
    {
        try
        {
            var reader = new LenientJson(text, text.IndexOf('{'));
            var node = reader.Read();
            return text.AsSpan(reader.End).IsWhiteSpace() ? JsonSerializer.SerializeToElement<JsonNode?>(node) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
