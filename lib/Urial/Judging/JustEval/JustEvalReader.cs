using System.Text.Json;

namespace Urial;

/// <summary>Reads just-eval-instruct in the hub's layout: a JSON array of records, or one record a line.</summary>
internal static class JustEvalReader
{
    public static IReadOnlyList<JustEvalExample> Parse(string text, string name)
    {
        var known = JustEval.Examples().ToDictionary(example => example.Id);
        var examples = new List<JustEvalExample>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (place, record) in Records(text.TrimStart('\ufeff'), name))
        {
            var example = Example(record, $"{name}, {place}", known);
            if (!ids.Add(example.Id))
                throw new UrialException($"{name}, {place}: the id {example.Id} came before. Ids must differ.");
            examples.Add(example);
        }
        return examples.Count > 0 ? examples : throw new UrialException($"{name} holds no examples.");
    }

    private static IEnumerable<(string Place, JsonElement Record)> Records(string text, string name)
    {
        if (text.AsSpan().TrimStart().StartsWith("["))
        {
            var array = Json(text, name);
            for (var i = 0; i < array.GetArrayLength(); i++)
                yield return ($"record {i + 1}", array[i]);
            yield break;
        }
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return ($"line {number}", Json(line, $"{name}, line {number}"));
        }
    }

    private static JsonElement Json(string text, string place)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException e)
        {
            throw new UrialException($"{place} is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine}): get the file again.");
        }
    }

    private static JustEvalExample Example(JsonElement record, string place, Dictionary<string, JustEvalExample> known)
    {
        if (record.ValueKind != JsonValueKind.Object)
            throw new UrialException($"{place}: expected an object with 'id' and 'instruction', not {record.ValueKind}.");
        var id = record.TryGetProperty("id", out var value) && value.ValueKind is JsonValueKind.Number or JsonValueKind.String
            ? value.ToString() : throw new UrialException($"{place}: the field 'id' is missing.");
        var instruction = JsonText.Field(record, "instruction") is { } given && !string.IsNullOrWhiteSpace(given)
            ? given : throw new UrialException($"{place}: the field 'instruction' is missing or empty.");
        var sourceId = JsonText.Field(record, "source_id") ?? "";
        if (known.TryGetValue(id, out var example) && example.SourceId == sourceId)
            return example with { Instruction = instruction };
        var subset = JsonText.Field(record, "dataset") ?? "";
        var split = JsonText.Field(record, "category") switch
        {
            "safety" => JustEvalSplit.Safety,
            "regular" or "general" or null => JustEvalSplit.General,
            var other => throw new UrialException($"{place}: 'category' is regular or safety, not '{other}'."),
        };
        return new JustEvalExample(id, split, subset, subset, sourceId, List(record, "task"), List(record, "topic"), JsonText.Field(record, "difficulty"), false, instruction);
    }

    private static string[] List(JsonElement record, string field) =>
        record.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)] : [];
}
