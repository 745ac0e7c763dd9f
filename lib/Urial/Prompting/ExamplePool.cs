using System.Text.Json;

namespace Urial;

/// <summary>A file of examples, one JSON object a line with <c>query</c> and <c>answer</c>: what vanilla and retrieval ICL show.</summary>
public static class ExamplePool
{
    /// <summary>Reads every line that is not empty.</summary>
    /// <exception cref="UrialException">The file cannot be read, is empty, or a line is no example; the message names file and line.</exception>
    public static IReadOnlyList<PromptExample> Read(string path)
    {
        var examples = new List<PromptExample>();
        var number = 0;
        foreach (var line in PromptFileReader.Load(path).Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                examples.Add(Example(line, path, number));
        }
        return examples.Count > 0 ? examples : throw new UrialException($"{path} holds no examples: it needs one JSON object a line, with \"query\" and \"answer\".");
    }

    private static PromptExample Example(string line, string path, int number)
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
