namespace Urial.MicroWorld;

/// <summary>When a style counts as copied. The phrases must be there to the letter and in their place.</summary>
internal static class CopyChecks
{
    /// <summary>The answer begins with the exact phrase, and a line break follows.</summary>
    public static bool Opener(string answer, string opener) => answer.StartsWith(opener + "\n", StringComparison.Ordinal);

    /// <summary>There are lines between the first and the last, and each of them begins with the bullet and a blank.</summary>
    public static bool Bullet(string answer, string bullet)
    {
        var lines = answer.TrimEnd().Split('\n');
        return lines.Length > 2 && lines[1..^1]
            .All(line => line.StartsWith(bullet + " ", StringComparison.Ordinal) && line.Length > bullet.Length + 1);
    }

    /// <summary>The last line of the answer, and not its only one, equals the phrase.</summary>
    public static bool Closer(string answer, string closer) => answer.TrimEnd().EndsWith("\n" + closer, StringComparison.Ordinal);

    /// <summary>
    /// A line that follows the items (or, without items, the first line) begins as the closer does: with its first token. This is where
    /// copying fails most.
    /// </summary>
    public static bool CloserBegins(string answer, string bullet, string firstToken)
    {
        var lines = answer.TrimEnd().Split('\n');
        var lastItem = Array.FindLastIndex(lines, line => line.StartsWith(bullet + " ", StringComparison.Ordinal));
        return lines.Skip(Math.Max(lastItem, 0) + 1).Any(line => line.StartsWith(firstToken, StringComparison.Ordinal));
    }
}
