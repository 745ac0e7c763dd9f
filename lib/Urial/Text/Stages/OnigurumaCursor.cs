using System.Globalization;

namespace Urial;

/// <summary>Reads an expression in Oniguruma's syntax from left to right.</summary>
internal sealed class OnigurumaCursor(string source)
{
    private int _at;

    /// <summary>Whether all is read.</summary>
    public bool AtEnd => _at == source.Length;

    /// <summary>What is left.</summary>
    public ReadOnlySpan<char> Rest => source.AsSpan(_at);

    /// <summary>The next code point, read.</summary>
    public int Next()
    {
        if (AtEnd)
            throw Unknown("an end too early");
        var point = char.ConvertToUtf32(source, _at);
        _at += point > char.MaxValue ? 2 : 1;
        return point;
    }

    /// <summary>Reads a text if it comes next.</summary>
    public bool Take(string text)
    {
        if (!source.AsSpan(_at).StartsWith(text, StringComparison.Ordinal))
            return false;
        _at += text.Length;
        return true;
    }

    /// <summary>Takes the last character back.</summary>
    public void Back() => _at--;

    /// <summary>Whether the letter after a backslash stands for a set of characters.</summary>
    public bool IsShorthand => !AtEnd && source[_at] is 'p' or 'P' or 's' or 'S' or 'd' or 'D' or 'w' or 'W' or 'h' or 'H';

    /// <summary>The quantifier that comes next, read, or null where there is none.</summary>
    public string? Quantifier()
    {
        if (AtEnd)
            return null;
        var length = Rest[0] is '*' or '+' or '?' ? 1 : Rest[0] == '{' ? Rest.IndexOf('}') + 1 : 0;
        var counts = length > 1 ? Rest[1..(length - 1)] : [];
        if (length == 0 || length > 1 && (counts.ContainsAnyExcept("0123456789,") || counts.Count(',') > 1 || counts.Trim(',').IsEmpty))
            return null;
        _at += length;
        return source.Substring(_at - length, length);
    }

    /// <summary>The character that an escape stands for; the backslash was read already.</summary>
    public int EscapedCharacter()
    {
        var letter = Next();
        return letter switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'f' => '\f',
            'v' => '\v',
            'a' => '\a',
            'e' => 0x1B,
            'x' when Take("{") => Hexadecimal(source.IndexOf('}', _at) - _at, 1),
            'x' => Hexadecimal(2, 0),
            'u' => Hexadecimal(4, 0),
            > 0x7F => letter,
            _ when !char.IsAsciiLetterOrDigit((char)letter) => letter,
            _ => throw Unknown("\\" + (char)letter),
        };
    }

    private int Hexadecimal(int digits, int closing)
    {
        if (digits < 1 || _at + digits > source.Length
            || !int.TryParse(source.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point))
            throw Unknown("a hexadecimal escape that is not complete");
        _at += digits + closing;
        return point;
    }

    /// <summary>What to throw for what is not known here.</summary>
    public NotSupportedException Unknown(string what) => new($"{ShortText.Of(what, 40)} in {source}");
}
