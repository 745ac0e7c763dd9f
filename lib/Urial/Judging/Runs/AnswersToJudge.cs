using System.Text;
using System.Text.Json;

namespace Urial;

/// <summary>
/// Reads answers: JSON objects, one a line or in one list (as just-eval's and URIAL's own outputs are), with <c>id</c> (text or a whole
/// number), <c>instruction</c>, <c>output</c>, and where it is there <c>generator</c>. Other fields and empty lines are passed over.
/// One bad record refuses the file: nothing is judged, nothing paid.
/// </summary>
public static class AnswersToJudge
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <exception cref="UrialException">The file cannot be read, is empty, or has a bad record; the message names file and line.</exception>
    public static IReadOnlyList<AnswerToJudge> Read(string file)
    {
        var bytes = InputFile.Bytes(file, "answers file");
        InputFile.WithoutMark(bytes, file, "answers file"); // refuses UTF-16
        var answers = new List<AnswerToJudge>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (line, json) in JsonRecords.Find(bytes, $"The answers file {file}"))
        {
            var answer = Parse(json.Span, $"{file}, line {line}");
            if (!places.TryAdd(answer.Id, line))
                throw new UrialException(
                    $"{file}, line {line}: the id \"{answer.Id}\" is already used in line {places[answer.Id]}. Ids must differ.");
            answers.Add(answer);
        }
        return answers.Count > 0 ? answers : throw new UrialException($"{file} is empty. It needs one JSON object a line, with \"id\", \"instruction\" and \"output\".");
    }

    private static AnswerToJudge Parse(ReadOnlySpan<byte> json, string place)
    {
        try
        {
            var record = JsonElement.Parse(Utf8.GetString(json));
            if (record.ValueKind != JsonValueKind.Object)
                throw new UrialException("the line is not a JSON object.");
            if (!record.TryGetProperty("id", out _))
                throw new UrialException($"the field \"id\" is missing. {JsonRecords.HowToNumber}");
            var (id, isNumber) = JsonFields.Id(record);
            return new AnswerToJudge(
                id,
                JsonFields.Text(record, "instruction") ?? throw new UrialException("the field \"instruction\" is missing."),
                Output(record) ?? throw new UrialException("the field \"output\" is missing; an empty answer is \"\"."),
                JsonFields.Text(record, "generator"))
            { HasNumberAsId = isNumber };
        }
        catch (DecoderFallbackException)
        {
            throw new UrialException($"{place}: the line is not valid UTF-8: write the file again in UTF-8.");
        }
        catch (JsonException e)
        {
            throw new UrialException($"{place}: the line is not valid JSON (at byte {e.BytePositionInLine}).");
        }
        catch (UrialException e)
        {
            throw new UrialException($"{place}: {e.Message}");
        }
    }

    // URIAL's own outputs have a list there, of as many answers as were drawn.
    private static string? Output(JsonElement record)
    {
        if (!record.TryGetProperty("output", out var output) || output.ValueKind != JsonValueKind.Array)
            return JsonFields.Text(record, "output");
        return output.GetArrayLength() == 1 && output[0].ValueKind == JsonValueKind.String ? JsonFields.Value(output[0], "output")
            : throw new UrialException(
                $"the field \"output\" is a list of {output.GetArrayLength()}: which answer is meant? Leave the text of one.");
    }
}
