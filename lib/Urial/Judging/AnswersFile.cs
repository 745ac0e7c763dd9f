using System.Text.Json;

namespace Urial;

/// <summary>
/// Reads answers: JSON objects, one a line, with <c>id</c> (text or a whole number), <c>instruction</c>, <c>output</c>, and where it is
/// there <c>generator</c>. Other fields and empty lines are passed over. One bad line refuses the file: nothing is judged, nothing paid.
/// </summary>
public static class AnswersFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="UrialException">The file cannot be read, is empty, or has a bad line; the message names file and line.</exception>
    public static IReadOnlyList<AnswerToJudge> Read(string file)
    {
        var lines = InputFile.Text(file, "answers file").Split('\n');
        var answers = new List<AnswerToJudge>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
                continue;
            var answer = Parse(lines[i], $"{file}, line {i + 1}");
            if (!places.TryAdd(answer.Id, i + 1))
                throw new UrialException($"{file}, line {i + 1}: the id \"{answer.Id}\" is already used in line {places[answer.Id]}. Ids must differ.");
            answers.Add(answer);
        }
        return answers.Count > 0 ? answers : throw new UrialException($"{file} is empty. It needs one JSON object a line, with \"id\", \"instruction\" and \"output\".");
    }

    private static AnswerToJudge Parse(string line, string place)
    {
        try
        {
            var record = JsonElement.Parse(line);
            if (record.ValueKind != JsonValueKind.Object)
                throw new UrialException("the line is not a JSON object.");
            var (id, isNumber) = JsonFields.Id(record);
            return new AnswerToJudge(
                id,
                JsonFields.Text(record, "instruction") ?? throw new UrialException("the field \"instruction\" is missing."),
                JsonFields.Text(record, "output") ?? throw new UrialException("the field \"output\" is missing; an empty answer is \"\"."),
                JsonFields.Text(record, "generator"))
            { HasNumberAsId = isNumber };
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
}
