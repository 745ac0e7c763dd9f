namespace Urial;

/// <summary>
/// Reads files of written answers: JSON objects, one a line, in UTF-8, with <c>instruction</c> and either <c>output</c> or
/// <c>opener</c>, <c>body</c> and <c>closer</c>; optionally <c>id</c> (else the line's number), <c>kind</c> and <c>topic</c>.
/// Other fields are ignored, as are empty lines.
/// </summary>
public static class WrittenExamples
{
    private const string What = "file of written answers";
    private const string Fields = "\"instruction\" and \"output\", or \"instruction\", \"opener\", \"body\" and \"closer\"";
    private static readonly string[] Parts = ["opener", "body", "closer"];

    /// <summary>This project's examples to tune a model on: 900, in their parts.</summary>
    public static string TrainPath => Repository.Path("data", "alignment", "train.jsonl");

    /// <summary>This project's examples to measure a model by, never to be tuned on: 100, in their parts.</summary>
    public static string DevPath => Repository.Path("data", "alignment", "dev.jsonl");

    /// <summary>This project's test questions: 235, with kind, without answers. <c>ShiftQueries</c> and <c>urial generate</c> read
    /// them.</summary>
    public static string TestPath => Repository.Path("data", "alignment", "test.jsonl");

    /// <summary>Reads a file that one bad line refuses.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UrialException">
    /// The file cannot be read, holds no line, or has a bad one; the message names file and line.
    /// </exception>
    public static IReadOnlyList<WrittenExample> ReadAll(string path)
    {
        var all = JsonLines.ReadAll(path, What, Fields, Example, JsonIds.None);
        var twice = all.GroupBy(example => example.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? all
            : throw new UrialException($"{path}: the id \"{twice.Key}\" stands in {twice.Count()} lines. Ids must differ.");
    }

    /// <summary>Reads every line that is not empty; a bad line carries its error and does not stop the others.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UrialException">The file cannot be read, or holds no line.</exception>
    internal static IReadOnlyList<RunLine<WrittenExample>> Read(string path)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. JsonLines.Read(path, What, Fields, JsonIds.None).Select(Unique)];

        RunLine<WrittenExample> Unique(JsonLine json)
        {
            var line = json.Item(Example);
            var id = line.Item?.Id;
            return id is null || first.TryAdd(id, line.Number) ? line with { Id = id }
                : new RunLine<WrittenExample>(line.Number, id, null,
                    $"The id \"{id}\" is already used in line {first[id]}. Ids must differ.");
        }
    }

    private static WrittenExample Example(JsonLine line)
    {
        var id = line.Text("id") ?? FormattableString.Invariant($"line-{line.Number}");
        var instruction = line.Text("instruction") ?? throw new UrialException("The field \"instruction\" is missing.");
        var output = line.Text("output");
        string?[] parts = [.. Parts.Select(line.Text)];
        if (output is not null && parts.Any(part => part is not null))
            throw new UrialException("The line has \"output\" and parts of an answer: which is meant? Leave one out.");
        if (output is null && parts.All(part => part is null))
            throw new UrialException($"The line has no answer. It needs {Fields}.");
        if (output is null && Array.FindIndex(parts, part => part is null) is var lacking and >= 0)
            throw new UrialException($"The field \"{Parts[lacking]}\" is missing; write \"\" where the answer has no such part.");
        var example = output is not null ? WrittenExample.Whole(id, instruction, output)
            : WrittenExample.InParts(id, instruction, parts[0]!, parts[1]!, parts[2]!);
        return example with { Kind = line.Text("kind"), Topic = line.Text("topic") };
    }
}
