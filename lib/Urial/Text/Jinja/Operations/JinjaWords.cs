using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>What Python takes for white space, and how it changes the case of letters.</summary>
internal static class JinjaWords
{
    /// <summary>What <c>str.strip</c> takes for white space.</summary>
    public static readonly char[] WhiteSpace =
        [.. Enumerable.Range(0, char.MaxValue).Select(code => (char)code).Where(IsSpace)];

    // Letters whose capitals are several (SpecialCasing.txt of Unicode, those without a condition); .NET leaves them as they are.
    private static readonly Dictionary<int, string> LongCapitals = new()
    {
        ['ß'] = "SS",
        ['ŉ'] = "ʼN",
        ['ǰ'] = "J\u030C",
        ['ΐ'] = "Ϊ\u0301",
        ['ΰ'] = "Ϋ\u0301",
        ['և'] = "ԵՒ",
        ['ẖ'] = "H\u0331",
        ['ẗ'] = "T\u0308",
        ['ẘ'] = "W\u030A",
        ['ẙ'] = "Y\u030A",
        ['ẚ'] = "Aʾ",
        ['ﬀ'] = "FF",
        ['ﬁ'] = "FI",
        ['ﬂ'] = "FL",
        ['ﬃ'] = "FFI",
        ['ﬄ'] = "FFL",
        ['ﬅ'] = "ST",
        ['ﬆ'] = "ST",
    };

    /// <summary>Whether a character is white space to Python.</summary>
    public static bool IsSpace(char letter) => char.IsWhiteSpace(letter) || letter is >= '\u001C' and <= '\u001F';

    /// <summary>In capitals.</summary>
    public static string Upper(string text) => string.Concat(text.EnumerateRunes().Select(Upper));

    /// <summary>In small letters.</summary>
    public static string Lower(string text)
    {
        var lower = new StringBuilder(text.Length);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            lower.Append(rune.Value switch
            {
                'Σ' when EndsWord(text, at) => "ς",
                'İ' => "i\u0307",
                _ => Rune.ToLowerInvariant(rune).ToString(),
            });
            at += rune.Utf16SequenceLength;
        }
        return lower.ToString();
    }

    /// <summary>The first letter in capitals, the others small: <c>str.capitalize</c>.</summary>
    public static string Capitalize(string text)
    {
        if (text.Length == 0)
            return text;
        var first = Rune.GetRuneAt(text, 0);
        return Title(first) + Lower(text)[Lower(first.ToString()).Length..];
    }

    /// <summary>Every letter that follows no letter in capitals, the others small: <c>str.title</c>.</summary>
    public static string Title(string text)
    {
        var title = new StringBuilder(text.Length);
        var lower = Lower(text);
        var (inside, at) = (false, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var small = Lower(rune.ToString());
            title.Append(inside ? rune.Value == 'Σ' ? lower[at].ToString() : small : Title(rune));
            at += small.Length;
            inside = IsCased(rune);
        }
        return title.ToString();
    }

    /// <summary>Whether a letter is a capital or a small one.</summary>
    public static bool IsCased(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter
        or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    private static string Upper(Rune rune) =>
        LongCapitals.TryGetValue(rune.Value, out var several) ? several : Rune.ToUpperInvariant(rune).ToString();

    private static string Title(Rune rune) => LongCapitals.TryGetValue(rune.Value, out var several)
        ? several[..1] + Lower(several[1..]) : Rune.ToUpperInvariant(rune).ToString();

    // A sigma at the end of a word is written ς: behind a letter, and not before one.
    private static bool EndsWord(string text, int at) =>
        at > 0 && char.IsLetter(text[at - 1]) && !(at + 1 < text.Length && char.IsLetter(text[at + 1]));
}
