namespace Urial;

/// <summary>
/// A file of examples, JSON objects, one a line or in one list, with <c>query</c> and <c>answer</c>: what vanilla and retrieval ICL show.
/// </summary>
internal static class ExamplePool
{
    /// <summary>Reads every example.</summary>
    /// <exception cref="UrialException">
    /// The file cannot be read, is empty, or a line is no example; the message names file and line.
    /// </exception>
    public static IReadOnlyList<PromptExample> Read(string path) => JsonLines.ReadAll(
        path, "pool of examples", "\"query\" and \"answer\"", line => new PromptExample(Text(line, "query"), Text(line, "answer")),
        JsonIds.None);

    private static string Text(JsonLine line, string field) => line.Need(field) is var text && !string.IsNullOrWhiteSpace(text)
        ? text : throw new UrialException($"The field \"{field}\" is empty.");
}
