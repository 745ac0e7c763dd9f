using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Urial;

/// <summary>
/// Finds what a regular expression of a tokenizer.json matches.
/// Tokenizers match code points, .NET matches UTF-16 units and so sees no letter outside the basic plane. A text that has such
/// characters is matched through a shadow, in which each of them is one character of the same Unicode category.
/// </summary>
internal sealed class RegexPattern : IPattern
{
    private readonly Regex _regex;
    private readonly char[] _representatives; // [categories]

    /// <param name="expression">The expression, in Oniguruma's syntax.</param>
    /// <exception cref="NotSupportedException">It uses what is not known here; the message names it.</exception>
    public RegexPattern(string expression)
    {
        var translated = new OnigurumaExpression(expression);
        _representatives = [.. Enum.GetValues<UnicodeCategory>().Order().Select(category => Unnamed(category, translated.Named))
            .Select(letter => letter ?? throw new NotSupportedException($"a range that spans nearly all characters in {expression}"))];
        try
        {
            _regex = new Regex(translated.Target, RegexOptions.Compiled | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException problem)
        {
            throw new NotSupportedException(expression, problem);
        }
    }

    /// <inheritdoc/>
    public List<(int Start, int End)> Find(ReadOnlySpan<char> text)
    {
        var found = new List<(int Start, int End)>(text.Length / 4 + 1);
        var offsets = text.IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? null : new List<int>(text.Length);
        var shadow = offsets is null ? text : Shadow(text, offsets);
        var done = -1;
        foreach (var match in _regex.EnumerateMatches(shadow))
        {
            var end = match.Index + match.Length;
            // An empty match right after another one does not count for Oniguruma.
            if (match.Length > 0 || match.Index > done)
                found.Add(offsets is null ? (match.Index, end) : (offsets[match.Index], offsets[end]));
            done = end;
        }
        return found;
    }

    // One character per code point; offsets[i] is where code point i starts in the text, and a last entry is the text's length.
    private string Shadow(ReadOnlySpan<char> text, List<int> offsets)
    {
        var shadow = new StringBuilder(text.Length);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            offsets.Add(at);
            at += rune.Utf16SequenceLength;
            shadow.Append(rune.IsBmp ? (char)rune.Value
                : IsAlphabeticSymbol(rune) ? 'Ⓐ'
                : _representatives[(int)Rune.GetUnicodeCategory(rune)]);
        }
        offsets.Add(at);
        return shadow.ToString();
    }

    // Letters in circles and squares are symbols, and word characters all the same, as those of the basic plane.
    private static bool IsAlphabeticSymbol(Rune rune) =>
        rune.Value is >= 0x1F130 and <= 0x1F149 or >= 0x1F150 and <= 0x1F169 or >= 0x1F170 and <= 0x1F189;

    // A character of a category that the expression does not name.
    private static char? Unnamed(UnicodeCategory category, List<(int First, int Last)> named)
    {
        var usual = Representative(category);
        for (var letter = (int)usual; letter <= char.MaxValue; letter++)
            if ((letter == usual || CharUnicodeInfo.GetUnicodeCategory((char)letter) == category)
                && !named.Exists(range => letter >= range.First && letter <= range.Last))
                return (char)letter;
        return null;
    }

    /// <summary>A character of the basic plane of a category.</summary>
    internal static char Representative(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\uA640',
        UnicodeCategory.LowercaseLetter => '\uA641',
        UnicodeCategory.TitlecaseLetter => '\u1F88',
        UnicodeCategory.ModifierLetter => '\uA7F8',
        UnicodeCategory.OtherLetter => '\uA000',
        UnicodeCategory.NonSpacingMark => '\u0F71',
        UnicodeCategory.SpacingCombiningMark => '\u0903',
        UnicodeCategory.EnclosingMark => '\u20DD',
        UnicodeCategory.DecimalDigitNumber => '\u0660',
        UnicodeCategory.LetterNumber => '\u2160',
        UnicodeCategory.OtherNumber => '\u2460',
        UnicodeCategory.ConnectorPunctuation => '\u203F',
        UnicodeCategory.DashPunctuation => '\u2E17',
        UnicodeCategory.OpenPunctuation => '\u2045',
        UnicodeCategory.ClosePunctuation => '\u2046',
        UnicodeCategory.InitialQuotePunctuation => '\u2E02',
        UnicodeCategory.FinalQuotePunctuation => '\u2E03',
        UnicodeCategory.OtherPunctuation => '\u2E0B',
        UnicodeCategory.MathSymbol => '\u2200',
        UnicodeCategory.CurrencySymbol => '\u20A0',
        UnicodeCategory.ModifierSymbol => '\u02D2',
        UnicodeCategory.OtherSymbol => '\u2300',
        UnicodeCategory.Format => '\u2060',
        UnicodeCategory.PrivateUse => '\uE000',
        _ => '\u0378', // unassigned
    };
}
