using System.Text.Json;

namespace Urial;

/// <summary>
/// Reads answers: JSON objects, one a line or in one list (as just-eval's and URIAL's own outputs are), with <c>id</c> (text or a whole
/// number), <c>instruction</c>, <c>output</c>, and where it is there <c>generator</c>. Other fields and empty lines are passed over.
/// One bad record refuses the file: nothing is judged, nothing paid.
/// </summary>
internal static class AnswersToJudge
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="UrialException">
    /// The file cannot be read, is empty, or has a bad record; the message names file and line.
    /// </exception>
    public static IReadOnlyList<AnswerToJudge> Read(string file) =>
        JsonLines.ReadAll(file, "answers file", "\"id\", \"instruction\" and \"output\"", Answer, JsonIds.TextOrNumber);

    private static AnswerToJudge Answer(JsonLine line) => new(
        line.Id is { Length: > 0 } id ? id : throw new UrialException("The field \"id\" is empty."),
        line.Need("instruction"),
        Output(line) ?? throw new UrialException("The field \"output\" is missing; an empty answer is \"\"."),
        line.Text("generator"))
    { HasNumberAsId = line.HasNumberAsId };

    // URIAL's own outputs have a list there, of as many answers as were drawn.
    private static string? Output(JsonLine line)
    {
        if (!line.Json.TryGetProperty("output", out var output) || output.ValueKind != JsonValueKind.Array)
            return line.Text("output");
        return output.GetArrayLength() == 1 ? JsonText.Of(output[0], "The field \"output\"")
            : throw new UrialException(
                $"The field \"output\" is a list of {output.GetArrayLength()}: which answer is meant? Leave the text of one.");
    }
}
