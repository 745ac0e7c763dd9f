using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Urial;

/// <summary>
/// Reads one JSON value as language models write it: single, curly or other quotes, bare keys, trailing commas, raw line ends in strings,
/// backslashes that begin no escape, full-width punctuation and digits, comments, invisible characters. It mends spelling and never
/// structure: what is cut or ambiguous is an error, and so is a key that comes twice with two values.
/// </summary>
internal sealed class LenientJson(string text, int start)
{
    private const int Deepest = 16;
    private int _at = start;

    /// <summary>Where reading stopped.</summary>
    public int End => _at;

    /// <summary>The value that begins at the start.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public JsonNode? Read(int depth = 0)
    {
        if (depth > Deepest)
            throw new FormatException("it is nested too deeply");
        return Next() switch
        {
            '{' => Object(depth),
            '[' => Array(depth),
            _ when IsQuote => JsonValue.Create(String()),
            '-' or (>= '0' and <= '9') => Number(),
            var c when char.IsLetter(c) => Word(),
            _ => throw Unexpected(),
        };
    }

    private bool IsQuote => LenientText.Closing(text[_at]) is not null;

    private JsonObject Object(int depth)
    {
        var result = new JsonObject();
        _at++;
        while (Next() != '}')
        {
            var key = IsQuote ? String() : Bare();
            Expect(':');
            var value = Read(depth + 1);
            if (result.TryGetPropertyValue(key, out var before) && !JsonNode.DeepEquals(before, value))
                throw new FormatException($"'{key}' comes twice");
            result[key] = value;
            if (Next() == ',')
                _at++;
            else if (Next() != '}')
                throw Unexpected();
        }
        _at++;
        return result;
    }

    private JsonArray Array(int depth)
    {
        var result = new JsonArray();
        _at++;
        while (Next() != ']')
        {
            result.Add(Read(depth + 1));
            if (Next() == ',')
                _at++;
            else if (Next() != ']')
                throw Unexpected();
        }
        _at++;
        return result;
    }

    private string String()
    {
        var close = LenientText.Closing(text[_at++]);
        var result = new StringBuilder();
        for (; _at < text.Length; _at++)
        {
            var c = text[_at];
            // An apostrophe inside a word does not end a single-quoted string.
            if (c == close && !(close is '\'' or '’' && _at + 1 < text.Length && char.IsLetter(text[_at + 1])))
            {
                _at++;
                return LenientText.Whole(result.ToString());
            }
            if (c == '\\' && _at + 1 < text.Length)
                Escape(result);
            else
                result.Append(c);
        }
        throw new FormatException("it ends inside a string");
    }

    private void Escape(StringBuilder result)
    {
        var c = text[++_at];
        const NumberStyles Hex = NumberStyles.AllowHexSpecifier;
        if (c == 'u' && _at + 4 < text.Length && ushort.TryParse(text.AsSpan(_at + 1, 4), Hex, CultureInfo.InvariantCulture, out var unit))
        {
            result.Append((char)unit);
            _at += 4;
            return;
        }
        // A backslash that begins no escape is one: \underline, \sqrt, C:\users.
        result.Append(c switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            'b' => "\b",
            'f' => "\f",
            '"' or '\'' or '/' or '\\' => c.ToString(),
            _ => "\\" + c,
        });
    }

    private JsonValue Number()
    {
        var from = _at;
        while (_at < text.Length && LenientText.Plain(text[_at]) is (>= '0' and <= '9') or '-' or '+' or '.' or 'e' or 'E')
            _at++;
        var spelt = string.Concat(text[from.._at].Select(LenientText.Plain));
        // A number is one only if what may follow a value follows it: 4/5 and 4 out of 5 are none.
        return Next() is ',' or '}' or ']' && decimal.TryParse(spelt, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? JsonValue.Create(value) : throw new FormatException($"'{ShortText.Of(text[from..].Split('\n')[0], 12)}' is not a number");
    }

    private JsonNode? Word() => Bare() switch
    {
        "true" or "True" => JsonValue.Create(true),
        "false" or "False" => JsonValue.Create(false),
        "null" or "None" => null,
        "N" when _at + 1 < text.Length && LenientText.Plain(text[_at]) == '/' && LenientText.Plain(text[_at + 1]) == 'A' => Skip(2, "N/A"),
        var word and ("NaN" or "Infinity" or "A" or "B" or "tie" or "Tie" or "TIE") => JsonValue.Create(word),
        var word => throw new FormatException($"'{ShortText.Of(word, 20)}' is no value"),
    };

    private JsonValue Skip(int count, string value)
    {
        _at += count;
        return JsonValue.Create(value);
    }

    private string Bare()
    {
        var from = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] == '_'))
            _at++;
        return _at > from ? string.Concat(text[from.._at].Select(LenientText.Plain)) : throw Unexpected();
    }

    private void Expect(char c)
    {
        if (Next() != c)
            throw Unexpected();
        _at++;
    }

    /// <summary>The next character that means something, in its plain form.</summary>
    private char Next()
    {
        _at = LenientText.SkipBlank(text, _at);
        return _at < text.Length ? LenientText.Plain(text[_at]) : throw new FormatException("it is cut off");
    }

    private FormatException Unexpected() => new($"'{text[_at]}' is unexpected at character {_at + 1}");
}
