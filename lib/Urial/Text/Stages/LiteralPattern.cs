namespace Urial;

/// <summary>Finds a string, character by character.</summary>
internal sealed class LiteralPattern(string content) : IPattern
{
    /// <inheritdoc/>
    public List<(int Start, int End)> Find(ReadOnlySpan<char> text)
    {
        var found = new List<(int, int)>();
        if (content.Length == 0)
            return found;
        for (var at = 0; text[at..].IndexOf(content, StringComparison.Ordinal) is >= 0 and var step; at += content.Length)
        {
            at += step;
            found.Add((at, at + content.Length));
        }
        return found;
    }
}
