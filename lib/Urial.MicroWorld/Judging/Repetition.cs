namespace Urial.MicroWorld;

/// <summary>Finds answers that go round in circles.</summary>
internal static class Repetition
{
    private const int Run = 6, Times = 3;

    /// <summary>Whether a sentence of three or more words comes twice, or a run of six words three times.</summary>
    public static bool Repeats(string text, IEnumerable<string> sentences)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (sentences.Select(s => s.Trim(' ', '.', '!', '?')).Any(s => s.Count(c => c == ' ') >= 2 && !seen.Add(s)))
            return true;
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(0, Math.Max(0, words.Length - Run + 1)).GroupBy(i => string.Join(' ', words.Skip(i).Take(Run)))
            .Any(g => g.Count() >= Times);
    }
}
