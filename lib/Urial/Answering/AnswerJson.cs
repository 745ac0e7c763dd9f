using System.Text.Encodings.Web;
using System.Text.Json;

namespace Urial;

/// <summary>
/// An answer as a line of the answers' file: the fields of just-eval's outputs (<c>id, instruction, source_id, dataset, output,
/// generator, datasplit</c>), and <c>prompt_ids, answer_ids</c> (as generated, end-of-sequence included), <c>stopped</c> (false where the
/// answer ran into the limit) and <c>stop_reason</c> (<c>end_of_sequence, stop_string</c> or <c>limit</c>).
/// </summary>
internal static class AnswerJson
{
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line, with its line break.</summary>
    /// <param name="query">What was asked.</param>
    /// <param name="answer">What was answered.</param>
    /// <param name="generator">Who answered: the model's name, the prompt style's and the number of examples where one was asked for.</param>
    /// <param name="file">The name of the queries' file: what <c>dataset</c> and <c>datasplit</c> say where the query does not.</param>
    public static byte[] Line(AnswerQuery query, Generation answer, string generator, string file)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, OneLine))
        {
            json.WriteStartObject();
            json.WritePropertyName("id");
            if (query.IdIsNumber)
                json.WriteRawValue(query.Id);
            else
                json.WriteStringValue(query.Id);
            json.WriteString("instruction", query.Instruction);
            json.WriteString("source_id", query.Origin.GetValueOrDefault("source_id", query.Id));
            json.WriteString("dataset", query.Origin.GetValueOrDefault("dataset", file));
            json.WriteString("output", answer.Text);
            json.WriteString("generator", generator);
            json.WriteString("datasplit", query.Origin.GetValueOrDefault("datasplit", file));
            Ids(json, "prompt_ids", answer.PromptIds);
            Ids(json, "answer_ids", answer.AnswerIds);
            json.WriteBoolean("stopped", answer.Stopped);
            json.WriteString("stop_reason", Name(answer.StopReason));
            json.WriteEndObject();
        }
        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    private static string Name(StopReason reason) => reason switch
    {
        StopReason.EndOfSequence => "end_of_sequence",
        StopReason.StopString => "stop_string",
        StopReason.Limit => "limit",
        _ => "caller",
    };

    private static void Ids(Utf8JsonWriter json, string name, int[] ids)
    {
        json.WriteStartArray(name);
        foreach (var id in ids)
            json.WriteNumberValue(id);
        json.WriteEndArray();
    }
}
