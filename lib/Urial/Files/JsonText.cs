using System.Text;
using System.Text.Json;

namespace Urial;

/// <summary>The text of JSON values, with errors for the reader.</summary>
internal static class JsonText
{
    // Strict: a damaged byte is an error of its place, not a replacement character in a prompt.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of bytes.</summary>
    /// <exception cref="DecoderFallbackException">They are no UTF-8.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes) => Utf8.GetString(bytes);

    /// <summary>A field's text; null where it is missing or null.</summary>
    /// <exception cref="UrialException">It is something else than text.</exception>
    public static string? Field(JsonElement record, string field) =>
        record.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? Of(value, $"The field \"{field}\"") : null;

    /// <summary>A value's text.</summary>
    /// <param name="value">The value.</param>
    /// <param name="what">What errors call it, as the beginning of a sentence.</param>
    /// <exception cref="UrialException">It is something else than text.</exception>
    public static string Of(JsonElement value, string what)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw new UrialException($"{what} is {Word(value.ValueKind)}, not a string.");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException) // an escaped half of a surrogate pair
        {
            throw new UrialException($"{what} holds half of a surrogate pair, which is no character.");
        }
    }

    /// <summary>A property's name.</summary>
    /// <exception cref="UrialException">It holds half of a surrogate pair.</exception>
    public static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException problem)
        {
            throw new UrialException("The name of a field holds half of a surrogate pair, which is no character.", problem);
        }
    }

    /// <summary>What a kind of value is called.</summary>
    public static string Word(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
