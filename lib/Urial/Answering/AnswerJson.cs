using System.Text.Json;

namespace Urial;

/// <summary>
/// An answer as a line of the answers' file: the fields of just-eval's outputs (<c>id, instruction, source_id, dataset, output,
/// generator, datasplit</c>), and <c>prompt_ids, answer_ids</c> (as generated, end-of-sequence included), <c>stopped</c> (false where the
/// answer ran into the limit) and <c>stop_reason</c> (<c>end_of_sequence, stop_string</c> or <c>limit</c>).
/// </summary>
internal static class AnswerJson
{
    /// <summary>Writes the line's object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="query">What was asked.</param>
    /// <param name="answer">What was answered.</param>
    /// <param name="generator">
    /// Who answered: the model's name, the prompt style's and the number of examples where one was asked for.
    /// </param>
    /// <param name="file">The name of the queries' file: what <c>dataset</c> and <c>datasplit</c> say where the query does not.</param>
    public static void Write(Utf8JsonWriter json, AnswerQuery query, Generation answer, string generator, string file)
    {
        json.WriteStartObject();
        json.WriteId(query.Id, query.IdIsNumber);
        json.WriteString("instruction", query.Instruction);
        json.WriteString("source_id", query.Origin.GetValueOrDefault("source_id", query.Id));
        json.WriteString("dataset", query.Origin.GetValueOrDefault("dataset", file));
        json.WriteString("output", answer.Text);
        json.WriteString("generator", generator);
        json.WriteString("datasplit", query.Origin.GetValueOrDefault("datasplit", file));
        json.WriteTokenIds("prompt_ids", answer.PromptIds);
        json.WriteTokenIds("answer_ids", answer.AnswerIds);
        json.WriteBoolean("stopped", answer.Stopped);
        json.WriteString("stop_reason", Name(answer.StopReason));
        json.WriteEndObject();
    }

    /// <summary>Why an answer ended, from what the file says.</summary>
    /// <exception cref="UrialException">The file says something else.</exception>
    public static StopReason Reason(string name, string file) => Enum.GetValues<StopReason>().Cast<StopReason?>()
        .FirstOrDefault(reason => Name(reason!.Value) == name)
        ?? throw new UrialException($"{file}: there is no reason '{name}' for which an answer ends. Restore the file, or make it again.");

    /// <summary>Why an answer ended, as the file says it.</summary>
    public static string Name(StopReason reason) => reason switch
    {
        StopReason.EndOfSequence => "end_of_sequence",
        StopReason.StopString => "stop_string",
        StopReason.Limit => "limit",
        _ => "caller",
    };
}
