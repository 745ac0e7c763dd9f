using System.Text;
using System.Text.Json;

namespace Urial;

/// <summary>
/// Reads files of JSON objects, one a line, in UTF-8, each with an id of its own; a JSON list of such objects is read as well
/// (<see cref="JsonRecords"/>). Empty lines are passed over.
/// </summary>
internal static class JsonLines
{
    // Strict: a damaged byte is an error of its line, not a replacement character in a prompt.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads every line that is not empty; a bad line carries its error and does not stop the others.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What the file is, for messages.</param>
    /// <param name="fields">What its lines need, for messages.</param>
    /// <param name="numbers">Whether an id may be a whole number.</param>
    /// <exception cref="UrialException">The file cannot be read, or holds no line.</exception>
    public static IReadOnlyList<JsonLine> Read(string path, string what, string fields, bool numbers = false)
    {
        var bytes = InputFile.Bytes(path, what);
        InputFile.WithoutMark(bytes, path, what); // refuses UTF-16
        var lines = Parse(JsonRecords.Find(bytes, $"The {what} {path}"), numbers);
        return lines.Count > 0 ? lines : throw new UrialException($"The {what} {path} is empty. It needs one JSON object a line, with {fields}.");
    }

    private static List<JsonLine> Parse(IReadOnlyList<(int Line, ReadOnlyMemory<byte> Json)> records, bool numbers)
    {
        var firstLines = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. records.Select(record => Line(record.Line, record.Json.Span, firstLines, numbers))];
    }

    private static JsonLine Line(int number, ReadOnlySpan<byte> line, Dictionary<string, int> firstLines, bool numbers)
    {
        string? id = null;
        try
        {
            using var json = JsonDocument.Parse(Utf8.GetString(line));
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw new UrialException("The line is not a JSON object.");
            id = Id(json.RootElement, numbers) ?? throw new UrialException($"The field \"id\" is missing. {JsonRecords.HowToNumber}");
            if (!firstLines.TryAdd(id, number))
                throw new UrialException($"The id \"{id}\" is already used in line {firstLines[id]}. Ids must differ.");
            return new JsonLine(number, id, json.RootElement.Clone(), null);
        }
        catch (DecoderFallbackException)
        {
            return new JsonLine(number, id, default, "The line is not valid UTF-8.");
        }
        catch (JsonException e)
        {
            return new JsonLine(number, id, default, $"The line is not valid JSON (at byte {e.BytePositionInLine}).");
        }
        catch (UrialException e)
        {
            return new JsonLine(number, id, default, e.Message);
        }
    }

    private static string? Id(JsonElement line, bool numbers) =>
        numbers && line.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number
            ? id.TryGetInt64(out _) ? id.GetRawText() : throw new UrialException("The field \"id\" is neither a string nor a whole number.")
            : JsonLine.Text(line, "id");
}
