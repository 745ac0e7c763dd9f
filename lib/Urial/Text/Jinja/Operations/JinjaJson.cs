using System.Globalization;
using System.Numerics;
using System.Text;

namespace Urial;

/// <summary>
/// The filter tojson as transformers has it: Python's <c>json.dumps</c> with <c>ensure_ascii</c> off, so that letters stay readable and
/// HTML is not escaped.
/// </summary>
internal sealed class JinjaJson
{
    private readonly StringBuilder _text = new();
    private readonly bool _ascii;
    private readonly string? _indent;
    private readonly string _between;
    private readonly string _colon;
    private readonly bool _sorted;

    private JinjaJson(bool ascii, string? indent, string between, string colon, bool sorted) =>
        (_ascii, _indent, _between, _colon, _sorted) = (ascii, indent, between, colon, sorted);

    /// <summary>A value as JSON.</summary>
    /// <param name="value">The value.</param>
    /// <param name="arguments">ensure_ascii, indent, separators, sort_keys.</param>
    /// <exception cref="JinjaFault">A value is none of JSON.</exception>
    public static string Of(object? value, JinjaArguments arguments)
    {
        var bound = arguments.Bind("tojson", ("ensure_ascii", false), ("indent", null), ("separators", null), ("sort_keys", false));
        var indent = bound[1] switch
        {
            null => null,
            string text => text,
            var width => new string(' ', Math.Clamp(JinjaNumber.Clamped(width, "the indent of tojson"), 0, 1000)),
        };
        var (between, colon) = bound[2] switch
        {
            null => (indent is null ? ", " : ",", ": "),
            IReadOnlyList<object?> and [string comma, string sign] => (comma, sign),
            _ => throw new JinjaFault("the separators of tojson must be two strings"),
        };
        var json = new JinjaJson(JinjaValue.IsTrue(bound[0]), indent, between, colon, JinjaValue.IsTrue(bound[3]));
        json.Write(value, 0);
        return json._text.ToString();
    }

    private void Write(object? value, int depth)
    {
        JinjaDepth.Check();
        switch (value)
        {
            case JinjaRange:
                throw Unfit(value);
            case string text:
                Quote(text);
                break;
            case JinjaDict map:
                var entries = map.Select(entry => (Key: entry.Key, entry.Value));
                if (_sorted)
                    entries = JinjaSorting.Sort(entries, entry => entry.Key);
                Block('{', '}', entries, depth, entry =>
                {
                    Quote(Name(entry.Key));
                    _text.Append(_colon);
                    Write(entry.Value, depth + 1);
                });
                break;
            case IReadOnlyList<object?> list:
                Block('[', ']', list, depth, item => Write(item, depth + 1));
                break;
            default:
                _text.Append(Scalar(value));
                break;
        }
    }

    private void Block<T>(char open, char close, IEnumerable<T> items, int depth, Action<T> write)
    {
        _text.Append(open);
        var any = false;
        foreach (var item in items)
        {
            if (any)
                _text.Append(_between);
            any = true;
            Break(depth + 1);
            write(item);
        }
        if (any)
            Break(depth);
        _text.Append(close);
    }

    private void Break(int depth)
    {
        if (_indent is null)
            return;
        _text.Append('\n');
        for (var i = 0; i < depth; i++)
            _text.Append(_indent);
    }

    private static string Name(object? key) => key as string ?? Scalar(key);

    private static string Scalar(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        BigInteger number => number.ToString(CultureInfo.InvariantCulture),
        double number => double.IsFinite(number) ? JinjaText.Float(number)
            : double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity",
        _ => throw Unfit(value),
    };

    private static JinjaFault Unfit(object? value) =>
        value is JinjaUndefined missing ? missing.Fault() : new JinjaFault($"{JinjaValue.Kind(value)} is no value of JSON");

    private void Quote(string text)
    {
        _text.Append('"');
        foreach (var letter in text)
            _text.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                _ when letter < ' ' || _ascii && letter > '~' => $"\\u{(int)letter:x4}",
                _ => letter.ToString(),
            });
        _text.Append('"');
    }
}
