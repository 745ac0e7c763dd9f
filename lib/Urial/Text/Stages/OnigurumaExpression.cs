using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>
/// An expression as tokenizer.json holds it, which Hugging Face tokenizers give to Oniguruma (Ruby's syntax, whole Unicode code points),
/// put into .NET's syntax. What means something else there, or is not known here, is refused rather than passed through.
/// Source: Oniguruma's doc/RE.
/// </summary>
internal sealed class OnigurumaExpression
{
    private readonly string _source;
    private readonly StringBuilder _target = new();
    private int _at;

    /// <param name="source">The expression.</param>
    /// <exception cref="NotSupportedException">It uses what is not known here; the message names it.</exception>
    public OnigurumaExpression(string source)
    {
        _source = source;
        Alternatives(ignoreCase: false);
        if (_at < source.Length)
            throw Unknown(source[_at..]);
    }

    /// <summary>The expression in .NET's syntax.</summary>
    public string Target => _target.ToString();

    /// <summary>The characters that the expression names one by one or as ranges.</summary>
    public List<(int First, int Last)> Named { get; } = [];

    private bool AtEnd => _at == _source.Length;

    private void Alternatives(bool ignoreCase)
    {
        while (!AtEnd && _source[_at] != ')')
            if (Take("|"))
                _target.Append('|');
            else if (Take("(?i)"))
                ignoreCase = true;
            else
                Quantified(ignoreCase);
    }

    private void Quantified(bool ignoreCase)
    {
        var start = _target.Length;
        Atom(ignoreCase);
        while (Quantifier() is { } quantifier)
        {
            _at += quantifier.Length;
            var counted = quantifier[0] == '{';
            if (counted && Take("?"))
                throw Unknown(quantifier + "?");
            if (quantifier.StartsWith("{,", StringComparison.Ordinal))
                quantifier = "{0" + quantifier[1..];
            if (Take("?"))
                _target.Append(quantifier).Append('?');
            else if (!counted && Take("+")) // possessive: never gives back what it took
                _target.Insert(start, "(?>").Append(quantifier).Append(')');
            else
                // In a group of its own, so that a further quantifier, which .NET would read as part of this one, is applied to it.
                _target.Insert(start, "(?:").Append(quantifier).Append(')');
        }
    }

    private string? Quantifier()
    {
        if (AtEnd)
            return null;
        if (_source[_at] is '*' or '+' or '?')
            return _source.Substring(_at, 1);
        if (_source[_at] != '{')
            return null;
        var end = _source.IndexOf('}', _at);
        var inside = end < 0 ? "" : _source[(_at + 1)..end];
        return inside.Length > 0 && inside != "," && inside.All(letter => char.IsAsciiDigit(letter) || letter == ',')
            && inside.Count(letter => letter == ',') <= 1 ? _source[_at..(end + 1)] : null;
    }

    private void Atom(bool ignoreCase)
    {
        switch (_source[_at])
        {
            case '(':
                Group(ignoreCase);
                break;
            case '[':
                new OnigurumaClass(this, ignoreCase).Read();
                break;
            case '\\':
                _at++;
                Escape(ignoreCase);
                break;
            case '.':
                _at++;
                _target.Append("[^\\n]");
                break;
            case '^': // always the beginning of a line, though not of an empty last one
                _at++;
                _target.Append(@"(?:\A|(?<=\n)(?!\z))");
                break;
            case '$': // always the end of a line
                _at++;
                _target.Append(@"(?=\n|\z)");
                break;
            case '*' or '+' or '?':
                throw Unknown(_source[_at..]);
            default:
                Literal(Next(), ignoreCase);
                break;
        }
    }

    private void Group(bool ignoreCase)
    {
        foreach (var (opening, inner) in new[] { ("(?:", ignoreCase), ("(?=", ignoreCase), ("(?!", ignoreCase), ("(?<=", ignoreCase),
            ("(?<!", ignoreCase), ("(?>", ignoreCase), ("(?i:", true), ("(?-i:", false) })
            if (Take(opening))
            {
                _target.Append(opening is "(?i:" or "(?-i:" ? "(?:" : opening);
                Close(inner);
                return;
            }
        if (_source.AsSpan(_at).StartsWith("(?"))
            throw Unknown(_source[_at..Math.Min(_at + 4, _source.Length)]);
        _at++;
        _target.Append("(?:"); // nothing refers to what a group took
        Close(ignoreCase);
    }

    private void Close(bool ignoreCase)
    {
        Alternatives(ignoreCase);
        if (!Take(")"))
            throw Unknown("( without )");
        _target.Append(')');
    }

    private void Escape(bool ignoreCase)
    {
        if (IsShorthand)
        {
            var (inside, negated) = OnigurumaClass.Shorthand(this, ignoreCase);
            _target.Append(negated ? "[^" : "[").Append(inside).Append(']');
        }
        else if (Take("A"))
            _target.Append("\\A");
        else if (Take("z"))
            _target.Append("\\z");
        else
            Literal(EscapedCharacter(), ignoreCase);
    }

    /// <summary>The character that an escape stands for; the backslash was read already.</summary>
    internal int EscapedCharacter()
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
            'x' when Take("{") => Hexadecimal(_source.IndexOf('}', _at) - _at, 1),
            'x' => Hexadecimal(2, 0),
            'u' => Hexadecimal(4, 0),
            > 0x7F => letter,
            _ when !char.IsAsciiLetterOrDigit((char)letter) => letter,
            _ => throw Unknown("\\" + (char)letter),
        };
    }

    private int Hexadecimal(int digits, int closing)
    {
        if (digits < 1 || _at + digits > _source.Length
            || !int.TryParse(_source.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point))
            throw Unknown("a hexadecimal escape that is not complete");
        _at += digits + closing;
        return point;
    }

    private void Literal(int point, bool ignoreCase)
    {
        var forms = OnigurumaClass.Forms(Name(point, point), ignoreCase).Select(OnigurumaClass.Written).ToArray();
        _target.Append(forms.Length == 1 ? forms[0] : $"[{string.Concat(forms)}]");
    }

    /// <summary>Notes that the expression names these characters.</summary>
    internal int Name(int first, int last)
    {
        if (last > char.MaxValue || first is >= 0xD800 and <= 0xDFFF)
            throw Unknown($"U+{last:X4}, a character beyond the basic plane");
        Named.Add((first, last));
        return first;
    }

    /// <summary>The next code point, read.</summary>
    internal int Next()
    {
        if (AtEnd)
            throw Unknown("an end too early");
        var point = char.ConvertToUtf32(_source, _at);
        _at += point > char.MaxValue ? 2 : 1;
        return point;
    }

    /// <summary>Reads a text if it comes next.</summary>
    internal bool Take(string text)
    {
        if (!_source.AsSpan(_at).StartsWith(text, StringComparison.Ordinal))
            return false;
        _at += text.Length;
        return true;
    }

    /// <summary>Takes the last character back.</summary>
    internal void Back() => _at--;

    /// <summary>Whether the letter after a backslash stands for a set of characters.</summary>
    internal bool IsShorthand => !AtEnd && _source[_at] is 'p' or 'P' or 's' or 'S' or 'd' or 'D' or 'w' or 'W' or 'h' or 'H';

    /// <summary>Appends to the expression in .NET's syntax.</summary>
    internal void Append(string text) => _target.Append(text);

    /// <summary>What to throw for what is not known here.</summary>
    internal NotSupportedException Unknown(string what) => new($"{ShortText.Of(what, 40)} in {_source}");
}
