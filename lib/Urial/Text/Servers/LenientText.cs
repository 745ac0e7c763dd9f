using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>The characters that language models write where JSON has others.</summary>
internal static class LenientText
{
    /// <summary>
    /// A character's plain form: that of ASCII for full-width characters and for other scripts' digits, colons and commas.
    /// </summary>
    public static char Plain(char c) => c switch
    {
        < '\u0080' => c,
        >= '！' and <= '～' => (char)(c - '！' + '!'),
        '、' or '،' or '﹐' or '︐' => ',',
        '﹕' or '︓' or '∶' or '꞉' => ':',
        '−' => '-',
        _ when char.IsDigit(c) => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)),
        _ => c,
    };

    /// <summary>A text in its plain form, without invisible characters and blanks at its ends: for keys, scores, verdicts.</summary>
    public static string Plain(string text) => string.Concat(text.Where(c => !IsInvisible(c)).Select(Plain)).Trim();

    /// <summary>What ends a string that begins with a quote; null where the character is no quote.</summary>
    public static char? Closing(char quote) => quote switch
    {
        '"' or '\'' or '＂' or '＇' or '”' or '`' => quote,
        '“' => '”',
        '‘' => '’',
        '«' => '»',
        '「' => '」',
        '『' => '』',
        _ => null,
    };

    /// <summary>The place behind blanks, invisible characters and comments.</summary>
    public static int SkipBlank(string text, int at)
    {
        while (at < text.Length)
            if (char.IsWhiteSpace(text[at]) || IsInvisible(text[at]))
                at++;
            else if (text[at] == '#' || Begins(text, at, "//"))
                at = Behind(text, at, "\n");
            else if (Begins(text, at, "/*"))
                at = Behind(text, at + 2, "*/");
            else
                break;
        return at;
    }

    /// <summary>The text with half surrogate pairs replaced, which no file can hold.</summary>
    public static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    // Zero-width spaces and joiners, byte-order marks, marks of direction.
    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private static bool Begins(string text, int at, string with) => string.CompareOrdinal(text, at, with, 0, with.Length) == 0;

    private static int Behind(string text, int at, string end) =>
        text.IndexOf(end, at, StringComparison.Ordinal) is >= 0 and var found ? found + end.Length : text.Length;
}
