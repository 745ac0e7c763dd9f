using System.Buffers;
using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>Finds added tokens in a text: leftmost first, of those that start at one place the longest.</summary>
internal sealed class AddedTokenFinder
{
    private readonly Dictionary<string, AddedToken> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<char, int[]> _lengths; // of the tokens that start with a letter, longest first
    private readonly SearchValues<char> _firstLetters;

    /// <summary>
    /// A finder of these tokens, each with the spelling that it has in the searched text; of equal spellings the first counts.
    /// </summary>
    public AddedTokenFinder(IEnumerable<(string Content, AddedToken Token)> tokens)
    {
        foreach (var (content, token) in tokens)
            if (content.Length > 0)
                _tokens.TryAdd(content, token);
        _lengths = _tokens.Keys.GroupBy(content => content[0], content => content.Length)
            .ToDictionary(group => group.Key, group => group.Distinct().OrderDescending().ToArray());
        _firstLetters = SearchValues.Create([.. _lengths.Keys]);
    }

    /// <summary>
    /// Cuts a text into the pieces between added tokens (Token null) and the added tokens, in order; no piece is empty. A token that lies
    /// in white space which another one swallowed is found all the same, and the text goes on after it, unless it swallows what is before
    /// it: so does Hugging Face's <c>added_vocabulary.rs</c>, version 0.22.
    /// </summary>
    public IEnumerable<(int Start, int Length, AddedToken? Token)> Split(string text)
    {
        var done = 0;
        var at = 0;
        while (Next(text, at) is { } found)
        {
            var (start, token, length) = found;
            var stop = at = start + length;
            if (token.SingleWord && (IsWordBefore(text, start) || IsWordAfter(text, stop)))
                continue;
            if (token.StripLeft)
            {
                while (start > done && char.IsWhiteSpace(text[start - 1]))
                    start--;
                start = Math.Max(start, done);
            }
            if (token.StripRight)
                while (stop < text.Length && char.IsWhiteSpace(text[stop]))
                    stop++;
            if (start > done)
                yield return (done, start - done, null);
            if (start < stop)
                yield return (start, stop - start, token);
            done = stop;
        }
        if (done < text.Length)
            yield return (done, text.Length - done, null);
    }

    private (int Start, AddedToken Token, int Length)? Next(string text, int from)
    {
        var tokens = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var start = from; start < text.Length; start++)
        {
            var step = text.AsSpan(start).IndexOfAny(_firstLetters);
            if (step < 0)
                return null;
            start += step;
            foreach (var length in _lengths[text[start]])
                if (start + length <= text.Length && tokens.TryGetValue(text.AsSpan(start, length), out var token))
                    return (start, token, length);
        }
        return null;
    }

    private static bool IsWordBefore(string text, int at) =>
        at > 0 && Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var rune, out _) == OperationStatus.Done && IsWord(rune);

    private static bool IsWordAfter(string text, int at) =>
        at < text.Length && Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out _) == OperationStatus.Done && IsWord(rune);

    // \w of Rust's regular expressions: Unicode's Alphabetic, marks, decimal digits, connectors and the two joiners.
    private static bool IsWord(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation
        || rune.Value is 0x200C or 0x200D
            or >= 0x24B6 and <= 0x24E9 or >= 0x1F130 and <= 0x1F149 or >= 0x1F150 and <= 0x1F169 or >= 0x1F170 and <= 0x1F189;
}
