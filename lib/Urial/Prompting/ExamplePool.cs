using System.Text;
using System.Text.Json;

namespace Urial;

/// <summary>
/// A file of examples, JSON objects, one a line or in one list, with <c>query</c> and <c>answer</c>: what vanilla and retrieval ICL show.
/// </summary>
public static class ExamplePool
{
    /// <summary>Reads every example.</summary>
    /// <exception cref="UrialException">The file cannot be read, is empty, or a line is no example; the message names file and line.</exception>
    public static IReadOnlyList<PromptExample> Read(string path)
    {
        var text = Encoding.UTF8.GetBytes(PromptFileReader.Load(path));
        PromptExample[] examples = [.. JsonRecords.Find(text, path).Select(record => Example(record.Json, path, record.Line))];
        return examples.Length > 0 ? examples : throw new UrialException(
            $"{path} holds no examples: it needs one JSON object a line, with \"query\" and \"answer\".");
    }

    private static PromptExample Example(ReadOnlyMemory<byte> line, string path, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return new PromptExample(Text(json.RootElement, "query"), Text(json.RootElement, "answer"));
        }
        catch (JsonException problem)
        {
            throw new UrialException($"{path}:{number}: the line is not valid JSON (at byte {problem.BytePositionInLine}).");
        }
        catch (UrialException problem)
        {
            throw new UrialException($"{path}:{number}: {problem.Message}");
        }
    }

    private static string Text(JsonElement line, string field)
    {
        var text = line.ValueKind == JsonValueKind.Object && line.TryGetProperty(field, out var value) ? ConversationJson.Text(value, $"The field \"{field}\"") : null;
        return string.IsNullOrWhiteSpace(text) ? throw new UrialException($"The line has no \"{field}\".") : text;
    }
}
