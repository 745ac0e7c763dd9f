using System.Text.RegularExpressions;

namespace Urial.MicroWorld;

/// <summary>Finds the yes or no of an answer.</summary>
public static partial class Verdicts
{
    /// <summary>The last yes or no that an answer decides by, and where the word stands; null where it decides nothing.</summary>
    public static (bool Yes, TextSpan Span)? Find(string text)
    {
        var word = Pattern().Matches(text).Select(m => m.Groups["word"]).LastOrDefault();
        return word is null ? null
            : (word.Value.ToLowerInvariant() is "yes" or "right" or "true" or "correct",
                new TextSpan(word.Index, word.Index + word.Length));
    }

    // At the beginning of a sentence ("Yes, …"), or behind words that announce it ("the answer is no", "makes it a yes").
    [GeneratedRegex("""
        (?:(?<=^|\n|[.!?:]\ |\*)(?<word>yes|no)\b(?!\ (?:one|record|need|other))
        |\b(?:answer\ (?:is|would\ be)|makes\ it|it\ is|that\ is|so)
        \ (?:an?\ |therefore\ |clearly\ )?(?<word>yes|no)\b
        |\b(?:that|this|it)\ is\ (?:indeed\ |quite\ )?(?<word>right|true|correct|wrong|false|not\ (?:right|true|correct))(?=[.,!\n]|$))
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
