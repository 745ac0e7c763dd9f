using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Urial;

/// <summary>
/// Cuts a text into words by a regular expression: one step of a pre-tokenizer.
/// Tokenizers match code points, .NET matches UTF-16 units and so sees no letter outside the basic plane. A text that has such
/// characters is matched through a shadow, in which each of them is one character of the same Unicode category.
/// </summary>
internal sealed class WordSplitter
{
    /// <summary>How GPT-2 splits: the expression that Hugging Face's ByteLevel applies with <c>use_regex</c>.</summary>
    public static WordSplitter ByteLevel { get; } =
        new(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", keepMatches: true, keepGaps: true);

    // Case folding reaches the long s (U+017F), which .NET's IgnoreCase does not.
    private const string Contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private const string FoldedContractions = "(?:'[sS\u017F]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])";

    private readonly Regex _regex;
    private readonly bool _keepMatches;
    private readonly bool _keepGaps;

    /// <param name="pattern">The expression, in .NET syntax.</param>
    /// <param name="keepMatches">Whether what matches becomes words.</param>
    /// <param name="keepGaps">Whether what lies between matches becomes words.</param>
    /// <exception cref="ArgumentException">.NET does not read the expression.</exception>
    public WordSplitter(string pattern, bool keepMatches, bool keepGaps)
    {
        _regex = new Regex(pattern.Replace(Contractions, FoldedContractions), RegexOptions.Compiled | RegexOptions.CultureInvariant);
        _keepMatches = keepMatches;
        _keepGaps = keepGaps;
    }

    /// <summary>Cuts a text; words come in order and none is empty.</summary>
    public List<Range> Split(ReadOnlySpan<char> text)
    {
        var words = new List<Range>(text.Length / 4 + 1);
        var offsets = text.IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? null : new List<int>(text.Length);
        var shadow = offsets is null ? text : Shadow(text, offsets);
        var done = 0;
        foreach (var match in _regex.EnumerateMatches(shadow))
        {
            Add(done, match.Index, _keepGaps);
            Add(match.Index, match.Index + match.Length, _keepMatches);
            done = match.Index + match.Length;
        }
        Add(done, shadow.Length, _keepGaps);
        return words;

        void Add(int start, int stop, bool keep)
        {
            if (keep && start < stop)
                words.Add(offsets is null ? start..stop : offsets[start]..offsets[stop]);
        }
    }

    // One character per code point; offsets[i] is where code point i starts in the text, and a last entry is the text's length.
    private static string Shadow(ReadOnlySpan<char> text, List<int> offsets)
    {
        var shadow = new StringBuilder(text.Length);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            offsets.Add(at);
            at += rune.Utf16SequenceLength;
            shadow.Append(rune.IsBmp ? (char)rune.Value : Representative(Rune.GetUnicodeCategory(rune)));
        }
        offsets.Add(at);
        return shadow.ToString();
    }

    /// <summary>A character of the basic plane of a category, one that no tokenizer's expression names.</summary>
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
