using System.Text;
using System.Text.Json;

namespace Urial;

/// <summary>
/// Reads a queries file: JSON objects, one a line, in UTF-8. An object has <c>id</c> and either <c>instruction</c>, or
/// <c>base_prompt</c> and <c>aligned_prompt</c>, which are then used verbatim (an instruction beside them is kept as the
/// query's text); and optionally <c>answer_ids</c>. Other fields are ignored, as are empty lines.
/// </summary>
public static class ShiftQueries
{
    // Strict: a damaged byte is an error of its line, not a replacement character in a prompt.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads every line that is not empty; a bad line carries its error and does not stop the others.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UrialException">The file cannot be read, or holds no line.</exception>
    public static IReadOnlyList<ShiftLine> Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UrialException($"Cannot read the queries file {path}: {e.Message}", e);
        }

        var lines = Parse(bytes);
        return lines.Count > 0 ? lines : throw new UrialException(
            $"The queries file {path} is empty. It needs one JSON object a line, with \"id\" and \"instruction\".");
    }

    private static List<ShiftLine> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        var lines = new List<ShiftLine>();
        var firstLines = new Dictionary<string, int>(StringComparer.Ordinal);
        var number = 0;
        while (bytes.Length > 0)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = (end < 0 ? bytes : bytes[..end]).Trim(" \t\r"u8);
            bytes = end < 0 ? [] : bytes[(end + 1)..];
            number++;
            if (line.Length > 0)
                lines.Add(Line(number, line, firstLines));
        }
        return lines;
    }

    private static ShiftLine Line(int number, ReadOnlySpan<byte> line, Dictionary<string, int> firstLines)
    {
        string? id = null;
        try
        {
            using var json = JsonDocument.Parse(Utf8.GetString(line));
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw new UrialException("The line is not a JSON object.");
            id = Text(json.RootElement, "id") ?? throw new UrialException("The field \"id\" is missing.");
            if (!firstLines.TryAdd(id, number))
                throw new UrialException($"The id \"{id}\" is already used in line {firstLines[id]}. Ids must differ.");
            return new ShiftLine(number, id, Query(id, json.RootElement), null);
        }
        catch (DecoderFallbackException)
        {
            return new ShiftLine(number, id, null, "The line is not valid UTF-8.");
        }
        catch (JsonException e)
        {
            return new ShiftLine(number, id, null, $"The line is not valid JSON (at byte {e.BytePositionInLine}).");
        }
        catch (UrialException e)
        {
            return new ShiftLine(number, id, null, e.Message);
        }
    }

    private static ShiftQuery Query(string id, JsonElement line)
    {
        var instruction = Text(line, "instruction");
        var basePrompt = Text(line, "base_prompt");
        var alignedPrompt = Text(line, "aligned_prompt");
        var answer = AnswerIds(line);
        if (basePrompt is not null && alignedPrompt is not null)
            return ShiftQuery.Verbatim(id, basePrompt, alignedPrompt, answer, instruction ?? "");
        if (basePrompt is not null || alignedPrompt is not null)
            throw new UrialException(basePrompt is null
                ? "\"aligned_prompt\" needs a \"base_prompt\" beside it."
                : "\"base_prompt\" needs an \"aligned_prompt\" beside it.");
        return ShiftQuery.Of(
            id,
            instruction ?? throw new UrialException("The line has neither \"instruction\" nor \"base_prompt\" and \"aligned_prompt\"."),
            answer);
    }

    private static int[]? AnswerIds(JsonElement line)
    {
        if (!line.TryGetProperty("answer_ids", out var list) || list.ValueKind == JsonValueKind.Null)
            return null;
        if (list.ValueKind != JsonValueKind.Array)
            throw new UrialException("\"answer_ids\" is not a list of token ids.");
        var ids = new int[list.GetArrayLength()];
        for (var i = 0; i < ids.Length; i++)
            if (list[i].ValueKind != JsonValueKind.Number || !list[i].TryGetInt32(out ids[i]))
                throw new UrialException($"\"answer_ids\" holds {list[i].GetRawText()} at position {i}, which is not a token id.");
        return ids;
    }

    private static string? Text(JsonElement line, string field)
    {
        if (!line.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
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
