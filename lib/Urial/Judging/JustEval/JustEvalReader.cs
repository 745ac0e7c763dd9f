using System.Text.Json;

namespace Urial;

/// <summary>Reads just-eval-instruct in the hub's layout: a JSON array of records, or one record a line.</summary>
internal static class JustEvalReader
{
    /// <summary>The examples of a file's content.</summary>
    /// <param name="content">The content.</param>
    /// <param name="name">What errors call the file.</param>
    /// <exception cref="UrialException">It holds none, or a record has another form; the message names file and line.</exception>
    public static IReadOnlyList<JustEvalExample> Parse(byte[] content, string name)
    {
        var known = JustEval.Examples().ToDictionary(example => example.Id);
        return JsonLines.ParseAll(content, name, "data set", "\"id\" and \"instruction\"", line => Example(line, known),
            JsonIds.TextOrNumber);
    }

    private static JustEvalExample Example(JsonLine line, Dictionary<string, JustEvalExample> known)
    {
        var instruction = line.Need("instruction") is var given && !string.IsNullOrWhiteSpace(given)
            ? given : throw new UrialException("The field \"instruction\" is empty.");
        var sourceId = line.Text("source_id") ?? "";
        if (known.TryGetValue(line.Id!, out var example) && example.SourceId == sourceId)
            return example with { Instruction = instruction };
        var subset = line.Text("dataset") ?? "";
        var split = line.Text("category") switch
        {
            "safety" => JustEvalSplit.Safety,
            "regular" or "general" or null => JustEvalSplit.General,
            var other => throw new UrialException($"The field \"category\" is regular or safety, not '{other}'."),
        };
        return new JustEvalExample(
            line.Id!, split, subset, subset, sourceId, List(line.Json, "task"), List(line.Json, "topic"), line.Text("difficulty"), false,
            instruction);
    }

    private static string[] List(JsonElement record, string field) =>
        record.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)] : [];
}
