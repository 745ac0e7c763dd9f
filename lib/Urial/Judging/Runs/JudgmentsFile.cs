using System.Text.Json;

namespace Urial;

/// <summary>
/// Judgments as JSON lines: <c>id</c>, <c>status</c> (<c>scored</c> or <c>failed</c>), <c>scores</c> (aspect → 1–5, null for N/A),
/// <c>reasons</c> (aspect → text), <c>error</c>, <c>judge</c>, <c>prompt_sha256</c>, <c>usage</c>, and <c>temperature</c> (<c>server</c>)
/// where a language model judged at its server's temperature and not at 0.
/// </summary>
public static class JudgmentsFile
{
    /// <summary>What <c>temperature</c> says where none was sent.</summary>
    internal const string ServerTemperature = "server";

    /// <summary>Reads judgments; none where there is no file. Half a last line, which a killed run leaves, is left out.</summary>
    /// <exception cref="UrialException">A line is no judgment; the message names file and line.</exception>
    public static IReadOnlyList<Judgment> Read(string file) =>
        JsonLines.ReadAppended(file, "judgment", Parse, "Mend or remove the line, or choose another file.");

    internal static void Write(Utf8JsonWriter json, Judgment judgment, bool numberAsId = false)
    {
        json.WriteStartObject();
        json.WriteId(judgment.Id, numberAsId);
        json.WriteString("status", judgment.Status == JudgmentStatus.Scored ? "scored" : "failed");
        json.WriteStartObject("scores");
        foreach (var (aspect, score) in judgment.Scores.OrderBy(pair => pair.Key))
            if (score is { } number)
                json.WriteNumber(aspect.Name(), number);
            else
                json.WriteNull(aspect.Name());
        json.WriteEndObject();
        json.WriteStartObject("reasons");
        foreach (var (aspect, reason) in judgment.Reasons.OrderBy(pair => pair.Key))
            json.WriteString(aspect.Name(), reason);
        json.WriteEndObject();
        json.WriteString("error", judgment.Error);
        json.WriteString("judge", judgment.Judge);
        json.WriteString("prompt_sha256", judgment.PromptSha256);
        json.WriteStartObject("usage");
        json.WriteNumber("calls", judgment.Usage.Calls);
        json.WriteNumber("input_tokens", judgment.Usage.InputTokens);
        json.WriteNumber("output_tokens", judgment.Usage.OutputTokens);
        json.WriteEndObject();
        WriteTemperature(json, judgment.AtServerTemperature);
        json.WriteEndObject();
    }

    internal static void WriteTemperature(Utf8JsonWriter json, bool atServer)
    {
        if (atServer)
            json.WriteString("temperature", ServerTemperature);
    }

    internal static bool IsAtServerTemperature(JsonElement record) =>
        record.TryGetProperty("temperature", out var temperature) && temperature.ValueKind == JsonValueKind.String
        && temperature.ValueEquals(ServerTemperature);

    /// <summary>The judgment that a line holds.</summary>
    /// <exception cref="UrialException">It holds none.</exception>
    internal static Judgment Parse(JsonLine line)
    {
        var record = line.Json;
        var id = record.TryGetProperty("id", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out _)
            ? number.GetRawText()
            : line.Text("id") is { Length: > 0 } text ? text : throw new UrialException("The field \"id\" is missing or empty.");
        var (judge, hash) = (line.Need("judge"), line.Need("prompt_sha256"));
        try
        {
            var judgment = line.Text("status") switch
            {
                "scored" => Judgment.Scored(id, judge, hash, Map(record, "scores", Score),
                    Map(record, "reasons", value => value.ToString())),
                "failed" => Judgment.Failed(id, judge, hash, line.Text("error") ?? "no error was recorded"),
                _ => throw new UrialException("The field \"status\" is neither scored nor failed."),
            };
            return judgment with { Usage = Usage(record), AtServerTemperature = IsAtServerTemperature(record) };
        }
        catch (ArgumentException e)
        {
            throw new UrialException(e.Message, e);
        }
    }

    private static int? Score(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number when value.TryGetInt32(out var score) => score,
        _ => throw new UrialException($"The score {value.GetRawText()} is not a whole number."),
    };

    private static Dictionary<Aspect, T> Map<T>(JsonElement record, string field, Func<JsonElement, T> read)
    {
        if (!record.TryGetProperty(field, out var map) || map.ValueKind != JsonValueKind.Object)
            throw new UrialException($"The field \"{field}\" is not an object.");
        return map.EnumerateObject().ToDictionary(
            pair => Aspects.Parse(pair.Name) ?? throw new UrialException($"'{pair.Name}' is no aspect."), pair => read(pair.Value));
    }

    private static JudgeUsage Usage(JsonElement record)
    {
        if (!record.TryGetProperty("usage", out var usage) || usage.ValueKind != JsonValueKind.Object)
            return JudgeUsage.None;
        return new JudgeUsage((int)Number("calls"), Number("input_tokens"), Number("output_tokens"));

        long Number(string field) => usage.TryGetProperty(field, out var value) && value.TryGetInt64(out var number) ? number : 0;
    }
}
