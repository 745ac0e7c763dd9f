using System.Text;
using System.Text.Json;

namespace Urial;

/// <summary>
/// Reads files of JSON objects, one a line, in UTF-8; a JSON list of such objects is read as well (<see cref="JsonRecords"/>). Empty lines
/// are passed over. A name that comes twice in an object, and an id that comes twice in a file, are errors.
/// </summary>
public static class JsonLines
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads every record; a bad one carries its error and does not stop the others.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What the file is, for messages.</param>
    /// <param name="fields">What its lines need, for messages.</param>
    /// <param name="ids">What ids they have.</param>
    /// <exception cref="UrialException">The file cannot be read, or holds no line.</exception>
    public static IReadOnlyList<JsonLine> Read(string path, string what, string fields, JsonIds ids = JsonIds.Text) =>
        Parse(InputFile.Bytes(path, what), path, what, fields, ids);

    /// <summary>Reads every record of a file that one bad record refuses.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What the file is, for messages.</param>
    /// <param name="fields">What its lines need, for messages.</param>
    /// <param name="read">Makes something of a record.</param>
    /// <param name="ids">What ids they have.</param>
    /// <exception cref="UrialException">
    /// The file cannot be read, holds no line, or has a bad one; the message names file and line.
    /// </exception>
    public static IReadOnlyList<T> ReadAll<T>(string path, string what, string fields, Func<JsonLine, T> read,
        JsonIds ids = JsonIds.Text) =>
        All(Read(path, what, fields, ids), path, read, "", "");

    /// <summary>As the other, for a file that was read already.</summary>
    internal static IReadOnlyList<T> ParseAll<T>(byte[] content, string path, string what, string fields, Func<JsonLine, T> read,
        JsonIds ids) =>
        All(Parse(content, path, what, fields, ids), path, read, "", "");

    /// <summary>
    /// Reads a file that processes append to (<see cref="DurableLines"/>): nothing where there is none. What stands behind the last line
    /// end is half a line, whose writer was killed, and is left out.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="item">What its lines are, for messages: <c>judgment</c>.</param>
    /// <param name="read">Makes something of a line.</param>
    /// <param name="remedy">What to do about a bad line, as a sentence.</param>
    /// <exception cref="UrialException">The file cannot be read, or has a bad line; the message names file and line.</exception>
    internal static IReadOnlyList<T> ReadAppended<T>(string path, string item, Func<JsonLine, T> read, string remedy)
    {
        if (!Path.Exists(path))
            return [];
        try
        {
            using var stream = DurableLines.Open(path, FileMode.Open, FileAccess.Read);
            return ReadAppended(stream, path, item, read, remedy, JsonIds.None);
        }
        catch (Exception e) when (WriteException.IsFailure(e))
        {
            throw new UrialException($"Cannot read the {item}s {path}: {e.Message}", e);
        }
    }

    /// <summary>As the other, for a file that is open already.</summary>
    internal static IReadOnlyList<T> ReadAppended<T>(
        FileStream stream, string path, string item, Func<JsonLine, T> read, string remedy, JsonIds ids)
    {
        var what = item + "s";
        InputFile.CheckNoPointer(stream, path, what);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var mark = bytes.Length - InputFile.WithoutMark(bytes, path, what).Length;
        var end = Math.Max(mark, bytes.AsSpan().LastIndexOf((byte)'\n') + 1);
        return All(Parse(JsonRecords.Lines(bytes.AsMemory(mark..end)), ids), path, read, $" is no {item}", " " + remedy);
    }

    /// <summary>The lines of a stream as they come, with their 1-based numbers, without line ends; empty ones are left out.</summary>
    internal static IEnumerable<(int Number, byte[] Line)> Lines(Stream input)
    {
        // Latin-1 keeps each byte as a character, so that each line can be decoded, and refused, by itself.
        using var reader = new StreamReader(input, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        for (var number = 1; reader.ReadLine() is { } raw; number++)
        {
            var line = Encoding.Latin1.GetBytes(raw);
            if (number == 1 && line.AsSpan().StartsWith(Encoding.UTF8.Preamble))
                line = line[Encoding.UTF8.Preamble.Length..];
            if (!line.AsSpan().Trim(" \t"u8).IsEmpty)
                yield return (number, line);
        }
    }

    private static List<JsonLine> Parse(byte[] content, string path, string what, string fields, JsonIds ids)
    {
        InputFile.WithoutMark(content, path, what); // refuses UTF-16
        var lines = Parse(JsonRecords.Find(content, $"The {what} {path}"), ids, $" {JsonRecords.HowToNumber}");
        return lines.Count > 0 ? lines
            : throw new UrialException($"The {what} {path} is empty. It needs one JSON object a line, with {fields}.");
    }

    private static List<T> All<T>(IReadOnlyList<JsonLine> lines, string path, Func<JsonLine, T> read, string verdict, string remedy)
    {
        var all = new List<T>(lines.Count);
        foreach (var line in lines)
            try
            {
                all.Add(line.Error is null ? read(line) : throw new UrialException(line.Error));
            }
            catch (UrialException e)
            {
                throw new UrialException($"{path}, line {line.Number}{verdict}: {e.Message}{remedy}", e);
            }
        return all;
    }

    private static List<JsonLine> Parse(IReadOnlyList<(int Line, ReadOnlyMemory<byte> Json)> records, JsonIds ids, string howToNumber = "")
    {
        var firstLines = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. records.Select(record => Line(record.Line, record.Json.Span, firstLines, ids, howToNumber))];
    }

    private static JsonLine Line(int number, ReadOnlySpan<byte> line, Dictionary<string, int> firstLines, JsonIds ids, string howToNumber)
    {
        string? id = null;
        try
        {
            var record = Object(JsonText.Decode(line));
            if (ids == JsonIds.None)
                return new JsonLine(number, null, record, null);
            id = Id(record, ids) ?? throw new UrialException($"The field \"id\" is missing.{howToNumber}");
            if (!firstLines.TryAdd(id, number))
                throw new UrialException($"The id \"{id}\" is already used in line {firstLines[id]}. Ids must differ.");
            return new JsonLine(number, id, record, null);
        }
        catch (DecoderFallbackException)
        {
            return new JsonLine(number, id, default, "The line is not valid UTF-8: write the file again in UTF-8.");
        }
        catch (UrialException e)
        {
            return new JsonLine(number, id, default, e.Message);
        }
    }

    private static JsonElement Object(string line)
    {
        try
        {
            var record = JsonElement.Parse(line, Strict);
            return record.ValueKind == JsonValueKind.Object ? record : throw new UrialException("The line is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new UrialException(Twice(line) is { } name
                ? $"The field \"{name}\" is there twice, and only one can be meant."
                : FormattableString.Invariant($"The line is not valid JSON (at byte {e.BytePositionInLine})."), e);
        }
        catch (InvalidOperationException e) // an escaped half of a surrogate pair
        {
            throw new UrialException("The name of a field holds half of a surrogate pair, which is no character.", e);
        }
    }

    // The name that comes twice in an object of a line; null where none does, or the line is no JSON.
    private static string? Twice(string line)
    {
        try
        {
            return Twice(JsonElement.Parse(line));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Twice(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().CountBy(field => field.Name).FirstOrDefault(name => name.Value > 1).Key
            ?? value.EnumerateObject().Select(field => Twice(field.Value)).FirstOrDefault(name => name is not null),
        JsonValueKind.Array => value.EnumerateArray().Select(Twice).FirstOrDefault(name => name is not null),
        _ => null,
    };

    private static string? Id(JsonElement line, JsonIds ids) =>
        ids == JsonIds.TextOrNumber && line.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number
            ? id.TryGetInt64(out _) ? id.GetRawText() : throw new UrialException("The field \"id\" is neither a string nor a whole number.")
            : JsonText.Field(line, "id");
}
