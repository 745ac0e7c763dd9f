using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>Text as Python has it: escapes, white space, and how values print.</summary>
internal static class JinjaText
{
    /// <summary>What Python's <c>str.strip</c> takes for white space.</summary>
    public static readonly char[] WhiteSpace =
        [.. Enumerable.Range(0, char.MaxValue).Select(code => (char)code)
            .Where(letter => char.IsWhiteSpace(letter) || letter is >= '\u001C' and <= '\u001F')];

    /// <summary>Resolves the escape at a place of a text, which begins with a backslash and has at least one character after it;
    /// returns where the text goes on, or null where the escape is cut off.</summary>
    public static int? Unescape(string text, int at, StringBuilder value)
    {
        var letter = text[at + 1];
        switch (letter)
        {
            case '\n': return at + 2;
            case 'a': value.Append('\a'); return at + 2;
            case 'b': value.Append('\b'); return at + 2;
            case 'f': value.Append('\f'); return at + 2;
            case 'n': value.Append('\n'); return at + 2;
            case 'r': value.Append('\r'); return at + 2;
            case 't': value.Append('\t'); return at + 2;
            case 'v': value.Append('\v'); return at + 2;
            case '\\' or '\'' or '"': value.Append(letter); return at + 2;
            case >= '0' and <= '7':
                var (code, end) = (0, at + 1);
                for (; end < text.Length && end < at + 4 && text[end] is >= '0' and <= '7'; end++)
                    code = 8 * code + (text[end] - '0');
                value.Append((char)code);
                return end;
            case 'x' or 'u' or 'U':
                var length = letter == 'x' ? 2 : letter == 'u' ? 4 : 8;
                if (at + 2 + length > text.Length || !int.TryParse(text.AsSpan(at + 2, length), NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture, out var point) || point is < 0 or > 0x10FFFF)
                    return null;
                value.Append(point > 0xFFFF ? char.ConvertFromUtf32(point) : ((char)point).ToString());
                return at + 2 + length;
            default: // as Python: an unknown escape is no escape
                value.Append('\\').Append(letter);
                return at + 2;
        }
    }

    /// <summary>A value as <c>str</c> prints it.</summary>
    public static string Print(object? value) => value switch
    {
        string text => text,
        JinjaUndefined => "",
        _ => Represent(value),
    };

    /// <summary>A value as <c>repr</c> prints it.</summary>
    public static string Represent(object? value) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        string text => Quote(text),
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number == Math.Floor(number) && Math.Abs(number) < 1e16
            ? number.ToString("0.0", CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant(),
        IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(Represent))}]",
        IReadOnlyDictionary<string, object?> map =>
            $"{{{string.Join(", ", map.Select(entry => $"{Quote(entry.Key)}: {Represent(entry.Value)}"))}}}",
        _ => "Undefined",
    };

    private static string Quote(string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var quoted = new StringBuilder().Append(quote);
        foreach (var rune in text.EnumerateRunes())
            quoted.Append(rune.Value switch
            {
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when rune.Value == quote => $"\\{quote}",
                _ when rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                    or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                    or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) =>
                    rune.ToString(),
                < 0x100 => $"\\x{rune.Value:x2}",
                < 0x10000 => $"\\u{rune.Value:x4}",
                _ => $"\\U{rune.Value:x8}",
            });
        return quoted.Append(quote).ToString();
    }
}
