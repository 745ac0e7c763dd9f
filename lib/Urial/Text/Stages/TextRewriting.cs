using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>Small normalisers that look at one character at a time.</summary>
internal static class TextRewriting
{
    /// <summary>In lower case, whatever the language.</summary>
    public static string Lowercase(string text)
    {
        var lower = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            lower.Append(rune.Value switch
            {
                0x130 => "i\u0307", // the one letter whose lower case is two: a dotted capital I
                // letters of Unicode 17, which .NET 10 does not know
                0xA7CE or 0xA7D2 or 0xA7D4 => new Rune(rune.Value + 1).ToString(),
                >= 0x16EA0 and <= 0x16EB8 => new Rune(rune.Value + 0x1B).ToString(),
                _ => Rune.ToLowerInvariant(rune).ToString(),
            });
        return lower.ToString();
    }

    /// <summary>Without combining marks, which are accents once a text is decomposed.</summary>
    public static string WithoutMarks(string text) => Keep(text, rune => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark) ? rune : null);

    /// <summary>Without control characters, and with other white space as spaces: SentencePiece's <c>nmt</c>.</summary>
    public static string WithoutControls(string text) => Keep(text, rune => rune.Value switch
    {
        >= 0x01 and <= 0x08 or 0x0B or >= 0x0E and <= 0x1F or 0x7F or 0x8F or 0x9F => null,
        0x09 or 0x0A or 0x0C or 0x0D or 0x1680 or >= 0x200B and <= 0x200F or 0x2028 or 0x2029 or 0x2581 or 0xFEFF or 0xFFFD =>
            new Rune(' '),
        _ => rune,
    });

    private static string Keep(string text, Func<Rune, Rune?> change)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (change(rune) is { } changed)
                kept.Append(changed.ToString());
        return kept.ToString();
    }
}
