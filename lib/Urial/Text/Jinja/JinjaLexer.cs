using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>
/// Cuts a Jinja template into tokens. White space is treated as in the environment of transformers: <c>trim_blocks</c> (a newline after
/// a block goes) and <c>lstrip_blocks</c> (indentation before a block goes) are on, <c>-</c> strips all, <c>+</c> strips nothing, and the
/// template's own last newline goes.
/// </summary>
internal sealed class JinjaLexer
{
    private static readonly string[] Operators = ["**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "<", ">", "=", ".", ",",
        ":", "|", "(", ")", "[", "]", "{", "}"];
    private readonly JinjaSource _file;
    private readonly string _text;
    private readonly List<JinjaToken> _tokens = [];
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
            if (sign == '-')
                AddData(data.TrimEnd(JinjaText.WhiteSpace));
            else
                AddData(sign != '+' && kind != '{' ? WithoutIndentation(data, lineStarting) : data);
            _at = open + 2 + (sign is '-' or '+' ? 1 : 0);
            if (kind == '#')
                SkipComment(open);
            else
                ReadTag(open, kind == '{');
            lineStarting = _text[_at - 1] == '\n';
        }
        Add(JinjaTokenKind.End, "", _text.Length);
        return _tokens;
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
        return (line > 0 || lineStarting) && data.AsSpan(line).Trim(JinjaText.WhiteSpace).IsEmpty ? data[..line] : data;
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
            while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
                _at++;
            if (_at == _text.Length)
                throw _file.Error(Line(open), $"{(output ? "{{" : "{%")} is not closed by {end}");
            var signed = _text[_at] is '-' or '+' ? 1 : 0;
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
            while (_at < _text.Length && JinjaText.WhiteSpace.Contains(_text[_at]))
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
        {
            while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
                _at++;
            var digits = _text[start.._at].Replace("_", "");
            if (_at + 1 < _text.Length && _text[_at] == '.' && char.IsAsciiDigit(_text[_at + 1])
                || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                throw _file.Unsupported(Line(start), $"the number that begins with {digits}");
            Add(JinjaTokenKind.Integer, digits, start);
        }
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

    private void ReadString(char quote)
    {
        var start = _at++;
        var value = new StringBuilder();
        while (_at < _text.Length && _text[_at] != quote)
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
                _at = JinjaText.Unescape(_text, _at, value) ?? throw _file.Error(Line(_at), "an escape in a string is not complete");
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

    private int Line(int at) => 1 + _text.AsSpan(0, Math.Min(at, _text.Length)).Count('\n');
}
