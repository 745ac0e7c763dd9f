using System.Globalization;
using System.Text;
using static System.Net.WebUtility;

namespace Urial.Notebooks;

/// <summary>
/// Text on a page, as it is: escaped, and what would act on a reader's screen without being seen (control characters, bidirectional
/// overrides, halves of characters) by its number, as token views show it.
/// </summary>
internal static class PageText
{
    /// <summary>Text as element content or in a quoted attribute.</summary>
    public static string Html(string text) => HtmlEncode(Visible(text));

    /// <summary>The same text with <c>⟨U+202E⟩</c> for a character that nobody would see; line breaks and tabs stay.</summary>
    public static string Visible(string text)
    {
        if (!text.Any(c => IsHidden(c) || char.IsSurrogate(c)))
            return text;
        var shown = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                shown.Append(c).Append(text[++i]);
            else if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                continue;
            else if (IsHidden(c) || char.IsSurrogate(c))
                shown.Append(CultureInfo.InvariantCulture, $"⟨U+{(int)c:X4}⟩");
            else
                shown.Append(c);
        }
        return shown.ToString();
    }

    // C0 and C1, and Unicode's embeddings, overrides and isolates (UAX 9).
    private static bool IsHidden(char c) =>
        (char.IsControl(c) && c is not '\n' and not '\t') || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
