using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Urial;

/// <summary>What judgments were made from, beside their file as <c>NAME.manifest.json</c>: no times, and no paths but those that the caller gave.</summary>
public sealed record JudgeManifest
{
    /// <summary>The answers file.</summary>
    public required string AnswersToJudge { get; init; }

    /// <summary>The judgments file.</summary>
    public required string JudgmentsFile { get; init; }

    /// <summary>The judge's name.</summary>
    public required string Judge { get; init; }

    /// <summary>The aspects that were asked for.</summary>
    public required IReadOnlyList<Aspect> Aspects { get; init; }

    /// <summary>The rubric, where a language model judged.</summary>
    public JudgeRubric? Rubric { get; init; }

    /// <summary>Whether the model was asked without a temperature; without it and without such judgments the manifest says 0.</summary>
    public bool AtServerTemperature { get; init; }

    /// <summary>The server, where a language model judged.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The file of stored scores, where they were used.</summary>
    public string? ScoresFile { get; init; }

    /// <summary>The manifest's file.</summary>
    public string Path => PathOf(JudgmentsFile);

    /// <summary>The manifest's file for a file of judgments.</summary>
    internal static string PathOf(string judgments) => System.IO.Path.ChangeExtension(judgments, ".manifest.json");

    /// <summary>Writes it.</summary>
    /// <exception cref="UrialException">It cannot be written.</exception>
    public void Write(IReadOnlyList<Judgment> judgments) => AtomicFile.Write(Path, stream =>
    {
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, judgments);
        stream.WriteByte((byte)'\n');
    });

    private void Write(Utf8JsonWriter json, IReadOnlyList<Judgment> judgments)
    {
        json.WriteStartObject();
        json.WriteString("kind", "urial-judge");
        json.WriteString("urial", typeof(JudgeManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]);
        json.WriteString("judge", Judge);
        json.WriteStartArray("aspects");
        foreach (var aspect in Aspects)
            json.WriteStringValue(aspect.Name());
        json.WriteEndArray();
        if (Rubric is not null)
        {
            json.WriteString("rubric", Rubric.Name);
            json.WriteString("rubric_sha256", Rubric.Sha256);
            var atServer = judgments.Count(judgment => judgment.AtServerTemperature);
            if (AtServerTemperature || atServer > 0)
            {
                json.WriteString("temperature", Urial.JudgmentsFile.ServerTemperature);
                json.WriteNumber("n_at_server_temperature", atServer);
            }
            else
                json.WriteNumber("temperature", 0);
            // Without a query: some servers take keys there.
            json.WriteString("endpoint", Endpoint?.GetLeftPart(UriPartial.Path));
        }
        File(json, "answers", AnswersToJudge);
        File(json, "scores", ScoresFile);
        File(json, "judgments", JudgmentsFile);
        json.WriteNumber("n", judgments.Count);
        json.WriteNumber("n_scored", judgments.Count(judgment => judgment.Status == JudgmentStatus.Scored));
        json.WriteNumber("n_failed", judgments.Count(judgment => judgment.Status == JudgmentStatus.Failed));
        json.WriteNumber("n_na", judgments.Sum(judgment => judgment.Scores.Values.Count(score => score is null)));
        var usage = judgments.Aggregate(JudgeUsage.None, (sum, judgment) => sum + judgment.Usage);
        json.WriteNumber("calls", usage.Calls);
        json.WriteNumber("input_tokens", usage.InputTokens);
        json.WriteNumber("output_tokens", usage.OutputTokens);
        json.WriteEndObject();
    }

    private static void File(Utf8JsonWriter json, string name, string? path)
    {
        if (path is null)
            return;
        json.WriteStartObject(name);
        json.WriteString("path", path);
        json.WriteString("sha256", ContentHash.OfFile(path, "file"));
        json.WriteEndObject();
    }
}
