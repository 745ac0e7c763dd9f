using System.Buffers;
using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>Finds added tokens in a text: leftmost first, of those that start at one place the longest.</summary>
internal sealed class AddedTokenFinder
{
    private readonly Dictionary<char, (string Content, AddedToken Token)[]> _byFirstLetter;
    private readonly SearchValues<char> _firstLetters;

    /// <summary>A finder of these tokens, each with the spelling that it has in the searched text.</summary>
    public AddedTokenFinder(IEnumerable<(string Content, AddedToken Token)> tokens)
    {
        _byFirstLetter = tokens.Where(t => t.Content.Length > 0).GroupBy(t => t.Content[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(t => t.Content.Length).ToArray());
        _firstLetters = SearchValues.Create([.. _byFirstLetter.Keys]);
    }

    /// <summary>Cuts a text into the pieces between added tokens (Token null) and the added tokens, in order; no piece is empty.</summary>
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
                while (start > done && char.IsWhiteSpace(text[start - 1]))
                    start--;
            if (token.StripRight)
                while (stop < text.Length && char.IsWhiteSpace(text[stop]))
                    stop++;
            if (start > done)
                yield return (done, start - done, null);
            yield return (start, stop - start, token);
            done = stop;
            at = Math.Max(at, stop);
        }
        if (done < text.Length)
            yield return (done, text.Length - done, null);
    }

    private (int Start, AddedToken Token, int Length)? Next(string text, int from)
    {
        for (var start = from; start < text.Length; start++)
        {
            var step = text.AsSpan(start).IndexOfAny(_firstLetters);
            if (step < 0)
                return null;
            start += step;
            foreach (var (content, token) in _byFirstLetter[text[start]])
                if (text.AsSpan(start).StartsWith(content, StringComparison.Ordinal))
                    return (start, token, content.Length);
        }
        return null;
    }

    private static bool IsWordBefore(string text, int at) =>
        at > 0 && Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var rune, out _) == OperationStatus.Done && IsWord(rune);

    private static bool IsWordAfter(string text, int at) =>
        at < text.Length && Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out _) == OperationStatus.Done && IsWord(rune);

    private static bool IsWord(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;
}
