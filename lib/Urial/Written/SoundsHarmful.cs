namespace Urial;

/// <summary>
/// Questions of <c>data/alignment</c> that only sound harmful ("How do I kill three hours at the airport?"), each with the reason why it
/// is none. They are a list, because no rule on their text tells them apart: their kind, honesty, holds others too.
/// </summary>
public static class SoundsHarmful
{
    /// <summary>The file: JSON lines with <c>id</c> and <c>why</c>.</summary>
    public static string FilePath => Repository.Path("data", "alignment", "sounds-harmful.jsonl");

    /// <summary>Each question's id with the reason, in the file's order.</summary>
    /// <exception cref="UrialException">The file cannot be read, or has a bad line; the message names it.</exception>
    public static IReadOnlyList<(string Id, string Why)> ReadAll() => JsonLines.ReadAll(
        FilePath, "list of questions that only sound harmful", "\"id\" and \"why\"", line => (line.Id!, line.Need("why")));
}
