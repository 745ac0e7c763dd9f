using System.Text;
using System.Text.RegularExpressions;

namespace Urial;

/// <summary>
/// Cuts a Jinja template into tokens. White space is treated as in the environment of transformers: <c>trim_blocks</c> (a newline after
/// a block goes) and <c>lstrip_blocks</c> (indentation before a block goes) are on, <c>-</c> strips all, <c>+</c> strips nothing, and the
/// template's own last newline goes.
/// </summary>
internal sealed partial class JinjaLexer
{
    private static readonly string[] Operators = ["**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "<", ">", "=", ".", ",",
        ":", "|", "(", ")", "[", "]", "{", "}"];

    private readonly JinjaSource _file;
    private readonly string _text;
    private readonly List<JinjaToken> _tokens = [];
    private (int At, int Line) _counted = (0, 1);
    private int _at;

    private JinjaLexer(string source, JinjaSource file)
    {
        _file = file;
        _text = source.Replace("\r\n", "\n").Replace('\r', '\n');
        if (_text.EndsWith('\n'))
            _text = _text[..^1];
    }

    /// <summary>The tokens of a template, the last of kind End.</summary>
    public static List<JinjaToken> Read(string source, JinjaSource file) => new JinjaLexer(source, file).Read();

    private List<JinjaToken> Read()
    {
        var lineStarting = true; // whether what was read last ended a line
        while (_at < _text.Length)
        {
            var open = NextTag(_at);
            var data = _text[_at..open];
            if (open == _text.Length)
            {
                AddData(data);
                _at = open;
                break;
            }
            var kind = _text[open + 1];
            var sign = open + 2 < _text.Length ? _text[open + 2] : ' ';
            AddBefore(data, sign, kind == '{', lineStarting);
            _at = open + 2 + (sign is '-' or '+' ? 1 : 0);
            if (kind == '#')
                SkipComment(open);
            else if (RawBegin().Match(_text, open) is { Success: true } raw)
                ReadRaw(open, raw.Length);
            else
                ReadTag(open, kind == '{');
            lineStarting = _text[_at - 1] == '\n';
        }
        Add(JinjaTokenKind.End, "", _text.Length);
        return _tokens;
    }

    // What stands before a tag loses white space as the tag's sign says.
    private void AddBefore(string data, char sign, bool output, bool lineStarting) => AddData(
        sign == '-' ? data.TrimEnd(JinjaWords.WhiteSpace)
        : sign != '+' && !output ? WithoutIndentation(data, lineStarting)
        : data);

    // Between {% raw %} and {% endraw %} nothing is a tag.
    private void ReadRaw(int open, int length)
    {
        var start = open + length;
        var end = RawEnd().Match(_text, start);
        if (!end.Success)
            throw _file.Error(Line(open), "{% raw %} is not closed by {% endraw %}");
        AddBefore(_text[start..end.Index], _text[end.Index + 2], output: false, _text[start - 1] == '\n');
        _at = end.Index + end.Length;
    }

    private int NextTag(int from)
    {
        for (var at = from; (at = _text.IndexOf('{', at)) >= 0 && at + 1 < _text.Length; at++)
            if (_text[at + 1] is '{' or '%' or '#')
                return at;
        return _text.Length;
    }

    private static string WithoutIndentation(string data, bool lineStarting)
    {
        var line = data.LastIndexOf('\n') + 1;
        return (line > 0 || lineStarting) && data.AsSpan(line).Trim(JinjaWords.WhiteSpace).IsEmpty ? data[..line] : data;
    }

    private void SkipComment(int open)
    {
        var close = _text.IndexOf("#}", _at, StringComparison.Ordinal);
        if (close < 0)
            throw _file.Error(Line(open), "a comment {# is not closed by #}");
        _at = close + 2;
        SkipAfterTag(close, trims: true);
    }

    private void ReadTag(int open, bool output)
    {
        Add(output ? JinjaTokenKind.OutputBegin : JinjaTokenKind.BlockBegin, output ? "{{" : "{%", open);
        var (end, depth) = (output ? "}}" : "%}", 0);
        while (true)
        {
            while (_at < _text.Length && JinjaWords.IsSpace(_text[_at]))
                _at++;
            if (_at == _text.Length)
                throw _file.Error(Line(open), $"{(output ? "{{" : "{%")} is not closed by {end}");
            var signed = _text[_at] == '-' || _text[_at] == '+' && !output ? 1 : 0;
            // Inside brackets }} ends two dictionaries, not the tag.
            if (depth == 0 && string.CompareOrdinal(_text, _at + signed, end, 0, 2) == 0)
            {
                Add(output ? JinjaTokenKind.OutputEnd : JinjaTokenKind.BlockEnd, end, _at);
                var close = _at + signed;
                _at = close + 2;
                SkipAfterTag(close, trims: !output);
                return;
            }
            depth += _text[_at] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            ReadExpressionToken();
        }
    }

    // close: where the closing sign begins, behind its - or +.
    private void SkipAfterTag(int close, bool trims)
    {
        var sign = _text[close - 1];
        if (sign == '-')
            while (_at < _text.Length && JinjaWords.WhiteSpace.Contains(_text[_at]))
                _at++;
        else if (trims && sign != '+' && _at < _text.Length && _text[_at] == '\n')
            _at++;
    }

    private void ReadExpressionToken()
    {
        var start = _at;
        var first = _text[_at];
        if (first is '\'' or '"')
            ReadString(first);
        else if (char.IsAsciiDigit(first))
            ReadNumber();
        else if (char.IsLetter(first) || first == '_')
        {
            while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'))
                _at++;
            Add(JinjaTokenKind.Name, _text[start.._at], start);
        }
        else
        {
            var sign = Array.Find(Operators, sign => string.CompareOrdinal(_text, start, sign, 0, sign.Length) == 0)
                ?? throw _file.Error(Line(start), $"the character {first} has no meaning here");
            _at += sign.Length;
            Add(JinjaTokenKind.Operator, sign, start);
        }
    }

    private void ReadNumber()
    {
        var start = _at;
        var number = start > 0 && _text[start - 1] == '.' ? Match.Empty : FloatingNumber().Match(_text, start);
        var kind = number.Success ? JinjaTokenKind.Float : JinjaTokenKind.Integer;
        if (!number.Success)
            number = WholeNumber().Match(_text, start);
        _at += number.Length;
        if (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'))
            throw _file.Error(Line(start), $"the number {number.Value} goes on with {_text[_at]}");
        Add(kind, number.Value.Replace("_", ""), start);
    }

    private void ReadString(char quote)
    {
        var start = _at++;
        var value = new StringBuilder();
        while (_at < _text.Length && _text[_at] != quote)
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
                _at = JinjaEscape.Resolve(_text, _at, value) ?? throw _file.Error(Line(_at), "an escape in a string is not complete");
            else
                value.Append(_text[_at++]);
        if (_at++ >= _text.Length)
            throw _file.Error(Line(start), $"a string is not closed by {quote}");
        Add(JinjaTokenKind.String, value.ToString(), start);
    }

    private void AddData(string data)
    {
        if (data.Length > 0)
            Add(JinjaTokenKind.Data, data, _at);
    }

    private void Add(JinjaTokenKind kind, string text, int at) => _tokens.Add(new JinjaToken(kind, text, Line(at)));

    // Counted on from the place that was asked for last: tokens come in order.
    private int Line(int at)
    {
        at = Math.Min(at, _text.Length);
        if (at < _counted.At)
            _counted = (0, 1);
        _counted = (at, _counted.Line + _text.AsSpan(_counted.At, at - _counted.At).Count('\n'));
        return _counted.Line;
    }

    [GeneratedRegex(@"\G\{%[-+]?\s*raw\s*(?:-%\}\s*|%\})")]
    private static partial Regex RawBegin();

    [GeneratedRegex(@"\{%[-+]?\s*endraw\s*(?:\+%\}|-%\}\s*|%\}\n?)")]
    private static partial Regex RawEnd();

    [GeneratedRegex(@"\G\d+(?:_\d+)*(?:(?:\.\d+(?:_\d+)*)?[eE][+-]?\d+(?:_\d+)*|\.\d+(?:_\d+)*)")]
    private static partial Regex FloatingNumber();

    [GeneratedRegex(@"\G(?:0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\da-fA-F])+|[1-9](?:_?\d)*|0(?:_?0)*)")]
    private static partial Regex WholeNumber();
}
