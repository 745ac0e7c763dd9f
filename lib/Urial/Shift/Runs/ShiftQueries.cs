using System.Text.Json;

namespace Urial;

/// <summary>
/// Reads a queries file: JSON objects, one a line, in UTF-8. An object has <c>id</c> and one of <c>instruction</c>, <c>messages</c>
/// (objects with <c>role</c> and <c>content</c>), and <c>base_prompt</c> with <c>aligned_prompt</c>, which are then used verbatim (an
/// instruction beside them is kept as the query's text); and optionally <c>answer_ids</c>, with the end-of-sequence token where the answer
/// ended, or <c>ended_at_stop</c> true where it ended at a stop string, which is no part of its ids; and <c>kind</c>, what kind of query it
/// is. Other fields are ignored, as are empty lines.
/// </summary>
public static class ShiftQueries
{
    private const string What = "queries file";
    private const string Fields = "\"id\" and one of \"instruction\", \"messages\", and \"base_prompt\" with \"aligned_prompt\"";

    /// <summary>This project's queries to a pair of one's own: seven of each of six kinds.</summary>
    public static string OwnPairPath => Repository.Path("data", "queries", "own-pair.jsonl");

    /// <summary>Reads a file that one bad line refuses.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UrialException">
    /// The file cannot be read, holds no line, or has a bad one; the message names file and line.
    /// </exception>
    public static IReadOnlyList<ShiftQuery> ReadAll(string path) => JsonLines.ReadAll(path, What, Fields, Query);

    /// <summary>Reads a file of written answers (<see cref="WrittenExamples"/>), whose answers are scored as they were written.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UrialException">
    /// The file cannot be read, holds no line, or has a bad one; the message names file and line.
    /// </exception>
    public static IReadOnlyList<ShiftQuery> ReadWritten(string path) => [.. WrittenExamples.ReadAll(path).Select(ShiftQuery.OfWritten)];

    /// <summary>The same; a bad line carries its error and does not stop the others.</summary>
    internal static IReadOnlyList<RunLine<ShiftQuery>> WrittenLines(string path) => [.. WrittenExamples.Read(path).Select(line =>
        new RunLine<ShiftQuery>(line.Number, line.Id, line.Item is null ? null : ShiftQuery.OfWritten(line.Item), line.Error))];

    /// <summary>Reads every line that is not empty; a bad line carries its error and does not stop the others.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UrialException">The file cannot be read, or holds no line.</exception>
    internal static IReadOnlyList<RunLine<ShiftQuery>> Read(string path) =>
        [.. JsonLines.Read(path, What, Fields).Select(line => line.Item(Query))];

    private static ShiftQuery Query(JsonLine line) => Asked(line) with { Kind = line.Text("kind"), EndedAtStop = EndedAtStop(line) };

    private static bool EndedAtStop(JsonLine line)
    {
        if (!line.Json.TryGetProperty("ended_at_stop", out var stop) || stop.ValueKind == JsonValueKind.Null)
            return false;
        if (stop.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            throw new UrialException("\"ended_at_stop\" is true or false.");
        return stop.GetBoolean() && (line.TokenIds("answer_ids") is not null ? true
            : throw new UrialException("\"ended_at_stop\" is said of an answer: give its \"answer_ids\" too."));
    }

    private static ShiftQuery Asked(JsonLine line)
    {
        var (instruction, basePrompt, alignedPrompt) = (line.Text("instruction"), line.Text("base_prompt"), line.Text("aligned_prompt"));
        var (messages, answer) = (ConversationJson.Messages(line), line.TokenIds("answer_ids"));
        if (messages is not null && (instruction ?? basePrompt ?? alignedPrompt) is not null)
            throw new UrialException(
                $"The line has \"messages\" and {(instruction is null ? "a prompt" : "\"instruction\"")}: which is to be answered? Leave "
                    + "one out.");
        if (basePrompt is not null && alignedPrompt is not null)
            return ShiftQuery.Verbatim(line.Id!, basePrompt, alignedPrompt, answer, instruction ?? "");
        if (basePrompt is not null || alignedPrompt is not null)
            throw new UrialException(basePrompt is null
                ? "\"aligned_prompt\" needs a \"base_prompt\" beside it."
                : "\"base_prompt\" needs an \"aligned_prompt\" beside it.");
        return messages is not null ? ShiftQuery.Of(line.Id!, messages, answer) : ShiftQuery.Of(
            line.Id!,
            instruction ?? throw new UrialException(
                "The line has neither \"instruction\" nor \"messages\", nor \"base_prompt\" and \"aligned_prompt\"."),
            answer);
    }
}
