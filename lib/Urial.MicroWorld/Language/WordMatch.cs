namespace Urial.MicroWorld;

/// <summary>Finds whole words and names in a text.</summary>
internal static class WordMatch
{
    /// <summary>
    /// Each place where a phrase stands as whole words, whatever its case; phrases of up to two letters (symbols) must have the same case.
    /// </summary>
    public static IEnumerable<TextSpan> Find(string text, string phrase)
    {
        var comparison = phrase.Length <= 2 ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        for (var at = text.IndexOf(phrase, comparison); at >= 0; at = text.IndexOf(phrase, at + 1, comparison))
            if (IsWhole(text, at, at + phrase.Length))
                yield return new TextSpan(at, at + phrase.Length);
    }

    /// <summary>Each place where a name stands: as whole words, with the case it has, or with a capital at its beginning.</summary>
    public static IEnumerable<TextSpan> FindName(string text, string name)
    {
        // What is behind the first letter is looked for as it is: a search that heeds case is many times as fast.
        var rest = name[1..];
        for (var at = text.IndexOf(rest, Math.Min(1, text.Length), StringComparison.Ordinal) - 1; at >= 0;
            at = at + 2 <= text.Length ? text.IndexOf(rest, at + 2, StringComparison.Ordinal) - 1 : -1)
            if ((text[at] == name[0] || text[at] == char.ToUpperInvariant(name[0])) && IsWhole(text, at, at + name.Length))
                yield return new TextSpan(at, at + name.Length);
    }

    /// <summary>
    /// Longest spans first: what overlaps a longer one (or an earlier one as long) is dropped; the rest in the text's order.
    /// </summary>
    public static List<(TextSpan Span, T Item)> Longest<T>(IEnumerable<(TextSpan Span, T Item)> spans)
    {
        var kept = new List<(TextSpan Span, T Item)>();
        foreach (var candidate in spans.OrderByDescending(s => s.Span.Length).ThenBy(s => s.Span.Start))
            if (!kept.Any(k => k.Span.Overlaps(candidate.Span)))
                kept.Add(candidate);
        kept.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return kept;
    }

    private static bool IsWhole(string text, int start, int end) =>
        (start == 0 || !char.IsLetterOrDigit(text[start - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]));
}
