using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>Escapes in Jinja's strings, which are Python's.</summary>
internal static class JinjaEscape
{
    /// <summary>Resolves the escape at a place of a text, which begins with a backslash and has at least one character after it.</summary>
    /// <returns>Where the text goes on; null where the escape is cut off, or is a character's name.</returns>
    public static int? Resolve(string text, int at, StringBuilder value)
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
            case 'N': return null;
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
}
