using System.Numerics;

namespace Urial;

/// <summary>Cuts texts as Python's strings do.</summary>
internal static class JinjaSplitting
{
    /// <summary>What <c>split</c> gives.</summary>
    /// <exception cref="JinjaFault">The separator is empty or no string.</exception>
    public static List<object?> Split(string text, JinjaArguments arguments)
    {
        var (separator, most) = Read("split", arguments);
        return separator is null ? Words(text, most) : [.. text.Split(separator, most < 0 ? int.MaxValue : most + 1)];
    }

    /// <summary>What <c>rsplit</c> gives: as split, and where the number of cuts is limited, the last ones.</summary>
    /// <exception cref="JinjaFault">The separator is empty or no string.</exception>
    public static List<object?> RightSplit(string text, JinjaArguments arguments)
    {
        var (separator, most) = Read("rsplit", arguments);
        if (most < 0)
            return Split(text, arguments);
        // Cut the text written backwards from its beginning.
        var parts = separator is null ? Words(Backwards(text), most)
            : [.. Backwards(text).Split(Backwards(separator), most + 1)];
        return [.. parts.Select(part => (object?)Backwards((string)part!)).Reverse()];
    }

    /// <summary>What <c>splitlines</c> gives.</summary>
    public static List<object?> Lines(string text, bool keepEnds = false)
    {
        var lines = new List<object?>();
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && !EndsLine(text[end]))
                end++;
            var next = end == text.Length ? end : end + (text.AsSpan(end).StartsWith("\r\n") ? 2 : 1);
            lines.Add(text[start..(keepEnds ? next : end)]);
            start = next;
        }
        return lines;
    }

    /// <summary>What <c>partition</c> and <c>rpartition</c> give: what is before the separator, itself, what is behind.</summary>
    /// <exception cref="JinjaFault">The separator is empty.</exception>
    public static JinjaTuple Partition(string text, string separator, bool fromRight)
    {
        if (separator.Length == 0)
            throw Empty();
        var at = fromRight ? text.LastIndexOf(separator, StringComparison.Ordinal) : text.IndexOf(separator, StringComparison.Ordinal);
        return at >= 0 ? new JinjaTuple([text[..at], separator, text[(at + separator.Length)..]])
            : fromRight ? new JinjaTuple(["", "", text]) : new JinjaTuple([text, "", ""]);
    }

    private static (string? Separator, int Most) Read(string name, JinjaArguments arguments)
    {
        var bound = arguments.Bind(name, ("sep", null), ("maxsplit", BigInteger.MinusOne));
        var separator = bound[0] switch
        {
            null => null,
            "" => throw Empty(),
            string given => given,
            JinjaUndefined missing => throw missing.Fault(),
            _ => throw new JinjaFault($"{name} needs a string, not {JinjaValue.Kind(bound[0])}"),
        };
        return (separator, Math.Min(JinjaNumber.Clamped(bound[1], "a number of cuts"), int.MaxValue - 1));
    }

    private static bool EndsLine(char letter) =>
        letter is >= '\n' and <= '\r' or >= '\u001C' and <= '\u001E' or '\u0085' or '\u2028' or '\u2029';

    private static JinjaFault Empty() => new("a text cannot be cut at an empty separator");

    private static List<object?> Words(string text, int most)
    {
        var words = new List<object?>();
        for (var at = 0; ;)
        {
            while (at < text.Length && JinjaWords.IsSpace(text[at]))
                at++;
            if (at == text.Length)
                return words;
            var end = at;
            if (words.Count == most)
                end = text.Length;
            while (end < text.Length && !JinjaWords.IsSpace(text[end]))
                end++;
            words.Add(text[at..end]);
            at = end;
        }
    }

    private static string Backwards(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        Array.Reverse(runes);
        return string.Concat(runes);
    }
}
