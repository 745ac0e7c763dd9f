using System.Text;
using System.Text.Json;

namespace Urial;

/// <summary>
/// Finds the records in a file of JSON: one a line, as all files here have them, or in one list, as just-eval's and URIAL's own outputs do,
/// or one after the other over several lines, as <c>jq</c> writes them. Empty lines and a byte-order mark are passed over.
/// </summary>
internal static class JsonRecords
{
    /// <summary>What to do where records have no ids.</summary>
    public const string HowToNumber = "Records can be numbered, e.g. with jq -sc 'flatten | to_entries[] | {id: .key} + .value'.";

    /// <summary>The records with the 1-based line in which each begins, not yet checked beyond that.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="file">What errors call the file.</param>
    /// <exception cref="UrialException">It begins like a list and is none.</exception>
    public static IReadOnlyList<(int Line, ReadOnlyMemory<byte> Json)> Find(ReadOnlyMemory<byte> bytes, string file)
    {
        if (bytes.Span.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        var lines = Lines(bytes);
        if (lines.Count == 0 || lines[0].Json.Span[0] is not ((byte)'[' or (byte)'{'))
            return lines;
        // The first line decides: what is whole by itself is a record a line, unless it is all there is, and a list.
        var isList = lines[0].Json.Span[0] == '[';
        if (Values(lines[0].Json, out _) is not null && !(isList && lines.Count == 1))
            return lines;
        if (Values(bytes, out var problem) is { } values)
            return values;
        return isList
            ? throw new UrialException(
                $"{file} begins as a JSON list and is none: {problem}. Mend the list, or write one object a line, e.g. with jq -c '.[]'.")
            : lines;
    }

    /// <summary>Each line that is not empty, white space at its ends left out, with its 1-based number.</summary>
    public static List<(int Line, ReadOnlyMemory<byte> Json)> Lines(ReadOnlyMemory<byte> bytes)
    {
        var lines = new List<(int, ReadOnlyMemory<byte>)>();
        for (var number = 1; bytes.Length > 0; number++)
        {
            var end = bytes.Span.IndexOf((byte)'\n');
            var line = (end < 0 ? bytes : bytes[..end]).Trim(" \t\r"u8);
            bytes = end < 0 ? default : bytes[(end + 1)..];
            if (line.Length > 0)
                lines.Add((number, line));
        }
        return lines;
    }

    // The values of a text that is nothing but JSON, those of lists one by one; null where it is something else.
    private static List<(int Line, ReadOnlyMemory<byte> Json)>? Values(ReadOnlyMemory<byte> bytes, out string? problem)
    {
        problem = null;
        var values = new List<(int, ReadOnlyMemory<byte>)>();
        var (line, counted) = (1, 0);
        var reader = new Utf8JsonReader(bytes.Span, new JsonReaderOptions { AllowMultipleValues = true });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray && reader.CurrentDepth == 0)
                    continue; // the list itself
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                line += bytes.Span[counted..start].Count((byte)'\n');
                counted = start;
                values.Add((line, bytes[start..(int)reader.BytesConsumed]));
            }
            return values;
        }
        catch (JsonException e)
        {
            problem = FormattableString.Invariant($"it breaks in line {e.LineNumber + 1}, at byte {e.BytePositionInLine}");
            return null;
        }
    }
}
