using System.Text.Json;

namespace Urial;

/// <summary>
/// Reads a file of queries: JSON objects, one a line, in UTF-8. An object has <c>id</c> (a string, or a whole number as in just-eval)
/// and one of <c>instruction</c>, <c>messages</c> (objects with <c>role</c> and <c>content</c>) and <c>prompt</c> (read verbatim, with
/// <c>stop</c>, a list of strings, where it is to stop; an instruction beside it is kept as the query's text). Other fields are ignored,
/// as are empty lines; <c>source_id</c>, <c>dataset</c> and <c>datasplit</c> are handed on.
/// </summary>
internal static class AnswerQueries
{
    private static readonly string[] HandedOn = ["source_id", "dataset", "datasplit"];

    /// <summary>Reads every line that is not empty; a bad line carries its error and does not stop the others.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UrialException">The file cannot be read, or holds no line.</exception>
    public static IReadOnlyList<RunLine<AnswerQuery>> Read(string path) =>
    [
        .. JsonLines.Read(path, "queries file", "\"id\" and one of \"instruction\", \"messages\" and \"prompt\"", JsonIds.TextOrNumber)
            .Select(line => line.Item(Query)),
    ];

    private static AnswerQuery Query(JsonLine line)
    {
        if (string.IsNullOrWhiteSpace(line.Id))
            throw new UrialException("The id is empty.");
        var (instruction, prompt) = (line.Text("instruction"), line.Text("prompt"));
        var messages = ConversationJson.Messages(line);
        if (messages is not null && (instruction ?? prompt) is not null)
            throw new UrialException(
                $"The line has \"messages\" and \"{(prompt is null ? "instruction" : "prompt")}\": which is to be answered? Leave one "
                    + "out.");
        var query = new AnswerQuery
        {
            Id = line.Id,
            IdIsNumber = line.HasNumberAsId,
            Instruction = instruction ?? messages?[^1].Content ?? prompt
                ?? throw new UrialException("The line has none of \"instruction\", \"messages\" and \"prompt\"."),
            Prompt = prompt,
            Conversation = prompt is null ? messages ?? [new ChatMessage("user", instruction!)] : null,
            Stop = Stop(line, prompt),
            Origin = HandedOn.Where(field => line.Text(field) is not null).ToDictionary(field => field, field => line.Text(field)!),
        };
        return query.Prompt is not "" ? query
            : throw new UrialException("The prompt is empty: a model needs at least one token before the answer.");
    }

    private static string[] Stop(JsonLine line, string? prompt)
    {
        if (line.List("stop", "strings") is not { } list)
            return [];
        if (prompt is null)
            throw new UrialException("\"stop\" belongs to a \"prompt\": a prompt style brings its own stop strings.");
        string[] stops = [.. list.EnumerateArray().Select(stop => JsonText.Of(stop, "A stop string"))];
        StopStrings.Check(stops);
        return stops;
    }
}
