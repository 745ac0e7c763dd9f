using System.Text;

namespace Urial;

/// <summary>
/// An expression as tokenizer.json holds it, which Hugging Face tokenizers give to Oniguruma (Ruby's syntax, whole Unicode code points),
/// put into .NET's syntax. What means something else there, or is not known here, is refused rather than passed through.
/// Source: Oniguruma's doc/RE.
/// </summary>
internal sealed class OnigurumaExpression
{
    private const int DeepestGroup = 100;
    private readonly OnigurumaCursor _source;
    private readonly StringBuilder _target = new();
    private int _depth;

    /// <param name="source">The expression.</param>
    /// <exception cref="NotSupportedException">It uses what is not known here; the message names it.</exception>
    public OnigurumaExpression(string source)
    {
        _source = new OnigurumaCursor(source);
        Alternatives(ignoreCase: false);
        if (!_source.AtEnd)
            throw _source.Unknown(_source.Rest.ToString());
    }

    /// <summary>The expression in .NET's syntax.</summary>
    public string Target => _target.ToString();

    /// <summary>The characters that the expression names one by one or as ranges.</summary>
    public List<(int First, int Last)> Named { get; } = [];

    private void Alternatives(bool ignoreCase)
    {
        if (++_depth > DeepestGroup)
            throw _source.Unknown("( within many others");
        // Anywhere but at the beginning of a group it would take later alternatives into a group of their own.
        ignoreCase |= _source.Take("(?i)");
        while (!_source.AtEnd && _source.Rest[0] != ')')
            if (_source.Take("|"))
                _target.Append('|');
            else
                Quantified(ignoreCase);
        _depth--;
    }

    private void Quantified(bool ignoreCase)
    {
        var start = _target.Length;
        Atom(ignoreCase);
        while (_source.Quantifier() is { } quantifier)
        {
            var counted = quantifier[0] == '{';
            if (counted && _source.Take("?"))
                throw _source.Unknown(quantifier + "?");
            if (quantifier.StartsWith("{,", StringComparison.Ordinal))
                quantifier = "{0" + quantifier[1..];
            if (_source.Take("?"))
                _target.Append(quantifier).Append('?');
            else if (!counted && _source.Take("+")) // possessive: never gives back what it took
                _target.Insert(start, "(?>").Append(quantifier).Append(')');
            else
                // In a group of its own, so that a further quantifier, which .NET would read as part of this one, is applied to it.
                _target.Insert(start, "(?:").Append(quantifier).Append(')');
        }
    }

    private void Atom(bool ignoreCase)
    {
        if (_source.Rest[0] == '(')
            Group(ignoreCase);
        else if (_source.Rest[0] == '[')
            new OnigurumaClass(this, _source, ignoreCase).Read();
        else if (_source.Rest[0] is '*' or '+' or '?')
            throw _source.Unknown(_source.Rest.ToString());
        else if (_source.Take("\\"))
            Escape(ignoreCase);
        else if (_source.Take("."))
            _target.Append("[^\\n]");
        else if (_source.Take("^")) // always the beginning of a line, though not of an empty last one
            _target.Append(@"(?:\A|(?<=\n)(?!\z))");
        else if (_source.Take("$")) // always the end of a line
            _target.Append(@"(?=\n|\z)");
        else
            Literal(_source.Next(), ignoreCase);
    }

    private void Group(bool ignoreCase)
    {
        foreach (var (opening, inner) in new[] { ("(?:", ignoreCase), ("(?=", ignoreCase), ("(?!", ignoreCase), ("(?<=", ignoreCase),
            ("(?<!", ignoreCase), ("(?>", ignoreCase), ("(?i:", true), ("(?-i:", false) })
            if (_source.Take(opening))
            {
                _target.Append(opening is "(?i:" or "(?-i:" ? "(?:" : opening);
                Close(inner);
                return;
            }
        if (_source.Rest.StartsWith("(?"))
            throw _source.Unknown(_source.Rest[..Math.Min(4, _source.Rest.Length)].ToString());
        _source.Take("(");
        _target.Append("(?:"); // nothing refers to what a group took
        Close(ignoreCase);
    }

    private void Close(bool ignoreCase)
    {
        Alternatives(ignoreCase);
        if (!_source.Take(")"))
            throw _source.Unknown("( without )");
        _target.Append(')');
    }

    private void Escape(bool ignoreCase)
    {
        if (_source.IsShorthand)
        {
            var (inside, negated) = OnigurumaClass.Shorthand(_source, ignoreCase);
            _target.Append(negated ? "[^" : "[").Append(inside).Append(']');
        }
        else if (_source.Take("A"))
            _target.Append("\\A");
        else if (_source.Take("z"))
            _target.Append("\\z");
        else
            Literal(_source.EscapedCharacter(), ignoreCase);
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
            throw _source.Unknown($"U+{last:X4}, a character beyond the basic plane");
        Named.Add((first, last));
        return first;
    }

    /// <summary>Appends to the expression in .NET's syntax.</summary>
    internal void Append(string text) => _target.Append(text);
}
