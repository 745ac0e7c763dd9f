namespace Urial.MicroWorld;

/// <summary>
/// Cuts a text into sentences: at line breaks, and behind a full stop, exclamation or question mark that a blank follows.
/// </summary>
internal static class Sentences
{
    public static List<TextSpan> Of(string text)
    {
        var spans = new List<TextSpan>();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var lineEnd = i == text.Length || text[i] == '\n';
            // A single letter before the full stop is an initial, and no sentence ends on a bullet such as "1.".
            var stop = !lineEnd && text[i] == ' ' && i > 2 && text[i - 1] is '.' or '!' or '?' && char.IsLetterOrDigit(text[i - 2])
                && i - start > 3;
            if (!lineEnd && !stop)
                continue;
            if (text[start..i].Trim().Length > 0)
                spans.Add(Trimmed(text, start, i));
            start = i + 1;
        }
        return spans;
    }

    private static TextSpan Trimmed(string text, int start, int end)
    {
        while (char.IsWhiteSpace(text[start]))
            start++;
        while (char.IsWhiteSpace(text[end - 1]))
            end--;
        return new TextSpan(start, end);
    }
}
