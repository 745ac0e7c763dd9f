using System.Globalization;
using System.Numerics;
using System.Text;

namespace Urial;

/// <summary>The methods of strings.</summary>
internal static class JinjaTextMethods
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static readonly object Required = JinjaArguments.Required;

    private static readonly string[] Unsupported = ["encode", "expandtabs", "format_map", "isidentifier", "isprintable", "istitle",
        "maketrans", "translate"];

    private static readonly Dictionary<string, Func<string, JinjaArguments, object?>> Methods = new(StringComparer.Ordinal)
    {
        ["capitalize"] = (text, given) => Plain("capitalize", given, JinjaWords.Capitalize(text)),
        ["casefold"] = (text, given) => Plain("casefold", given, JinjaWords.Lower(text).Replace("ß", "ss").Replace('ς', 'σ')),
        ["lower"] = (text, given) => Plain("lower", given, JinjaWords.Lower(text)),
        ["upper"] = (text, given) => Plain("upper", given, JinjaWords.Upper(text)),
        ["title"] = (text, given) => Plain("title", given, JinjaWords.Title(text)),
        ["swapcase"] = (text, given) => Plain("swapcase", given, string.Concat(text.EnumerateRunes().Select(rune =>
            Rune.IsUpper(rune) ? JinjaWords.Lower(rune.ToString()) : JinjaWords.Upper(rune.ToString())))),
        ["strip"] = (text, given) => JinjaStripping.Strip(text, "strip", given),
        ["lstrip"] = (text, given) => JinjaStripping.Strip(text, "lstrip", given),
        ["rstrip"] = (text, given) => JinjaStripping.Strip(text, "rstrip", given),
        ["split"] = (text, given) => JinjaSplitting.Split(text, given),
        ["rsplit"] = (text, given) => JinjaSplitting.RightSplit(text, given),
        ["splitlines"] = (text, given) =>
            JinjaSplitting.Lines(text, JinjaValue.IsTrue(given.Bind("splitlines", ("keepends", false))[0])),
        ["partition"] = (text, given) => JinjaSplitting.Partition(text, Text("partition", given), fromRight: false),
        ["rpartition"] = (text, given) => JinjaSplitting.Partition(text, Text("rpartition", given), fromRight: true),
        ["startswith"] = (text, given) => Borders("startswith", text, given, (whole, part) => whole.StartsWith(part, Ordinal)),
        ["endswith"] = (text, given) => Borders("endswith", text, given, (whole, part) => whole.EndsWith(part, Ordinal)),
        ["removeprefix"] = (text, given) => Text("removeprefix", given) is var part && part.Length > 0
            && text.StartsWith(part, StringComparison.Ordinal) ? text[part.Length..] : text,
        ["removesuffix"] = (text, given) => Text("removesuffix", given) is var part && part.Length > 0
            && text.EndsWith(part, StringComparison.Ordinal) ? text[..^part.Length] : text,
        ["replace"] = (text, given) =>
        {
            var bound = given.Bind("replace", ("old", Required), ("new", Required), ("count", BigInteger.MinusOne));
            return Replace(text, Text("replace", bound[0]), Text("replace", bound[1]), JinjaNumber.Clamped(bound[2], "a count"));
        },
        ["find"] = (text, given) => new BigInteger(Find("find", text, given, last: false)),
        ["rfind"] = (text, given) => new BigInteger(Find("rfind", text, given, last: true)),
        ["index"] = (text, given) => Found(Find("index", text, given, last: false)),
        ["rindex"] = (text, given) => Found(Find("rindex", text, given, last: true)),
        ["count"] = (text, given) => new BigInteger(Count(Part("count", text, given, out var part, out _), part)),
        ["join"] = (text, given) => string.Join(text, JinjaValue.Items(given.Bind("join", ("iterable", Required))[0])
            .Select(item => Text("join", item))),
        ["format"] = JinjaFormat.Braces,
        ["center"] = (text, given) => Pad("center", text, given),
        ["ljust"] = (text, given) => Pad("ljust", text, given),
        ["rjust"] = (text, given) => Pad("rjust", text, given),
        ["zfill"] = (text, given) =>
        {
            var width = JinjaNumber.Clamped(given.Bind("zfill", ("width", Required))[0], "a width");
            var sign = text.StartsWith('-') || text.StartsWith('+') ? 1 : 0;
            return text[..sign] + new string('0', Math.Clamp(width - JinjaValue.Length(text)!.Value, 0, 10_000)) + text[sign..];
        },
        ["isalpha"] = (text, given) => Plain("isalpha", given, All(text, Rune.IsLetter)),
        ["isalnum"] = (text, given) => Plain("isalnum", given, All(text, rune => Rune.IsLetter(rune) || Rune.IsNumber(rune))),
        ["isascii"] = (text, given) => Plain("isascii", given, Ascii.IsValid(text)),
        ["isdecimal"] = (text, given) => Plain("isdecimal", given, All(text, Rune.IsDigit)),
        ["isdigit"] = (text, given) => Plain("isdigit", given, All(text, rune => CharUnicodeInfo.GetDigitValue(rune.ToString(), 0) >= 0)),
        ["isnumeric"] = (text, given) =>
            Plain("isnumeric", given, All(text, rune => CharUnicodeInfo.GetNumericValue(rune.ToString(), 0) >= 0)),
        ["isspace"] = (text, given) => Plain("isspace", given, text.Length > 0 && text.All(JinjaWords.IsSpace)),
        ["islower"] = (text, given) => Plain("islower", given, IsLower(text)),
        ["isupper"] = (text, given) => Plain("isupper", given, IsUpper(text)),
    };

    /// <summary>A method; null where strings have none of that name.</summary>
    public static JinjaFunction? Find(string text, string name) =>
        Methods.TryGetValue(name, out var method) ? new JinjaFunction(name, arguments => method(text, arguments))
        : Unsupported.Contains(name) ? new JinjaFunction(name, _ => throw JinjaFault.Unsupported($"the method {name}"))
        : null;

    /// <summary>Whether there are letters, and no capitals among them.</summary>
    public static bool IsLower(string text) => text.EnumerateRunes().Any(JinjaWords.IsCased)
        && text.EnumerateRunes().Where(JinjaWords.IsCased).All(Rune.IsLower);

    /// <summary>Whether there are letters, and all are capitals.</summary>
    public static bool IsUpper(string text) => text.EnumerateRunes().Any(JinjaWords.IsCased)
        && text.EnumerateRunes().Where(JinjaWords.IsCased).All(Rune.IsUpper);

    /// <summary>A text with parts of it replaced.</summary>
    /// <param name="text">The text.</param>
    /// <param name="old">What is replaced; where it is empty, the new text goes between all characters and around them.</param>
    /// <param name="new">What comes in its place.</param>
    /// <param name="count">How often at most; negative: always.</param>
    public static string Replace(string text, string old, string @new, int count)
    {
        if (count < 0)
            count = int.MaxValue;
        var replaced = new StringBuilder();
        if (old.Length == 0)
        {
            foreach (var letter in JinjaValue.Characters(text))
                replaced.Append(count-- > 0 ? @new : "").Append(letter);
            return replaced.Append(count > 0 ? @new : "").ToString();
        }
        var at = 0;
        for (var next = 0; count-- > 0 && (next = text.IndexOf(old, at, StringComparison.Ordinal)) >= 0; at = next + old.Length)
            replaced.Append(text, at, next - at).Append(@new);
        return replaced.Append(text, at, text.Length - at).ToString();
    }

    private static object? Plain(string name, JinjaArguments given, object? result)
    {
        given.None(name);
        return result;
    }

    private static bool All(string text, Func<Rune, bool> test) => text.Length > 0 && text.EnumerateRunes().All(test);

    private static string Text(string name, JinjaArguments given) => Text(name, given.Bind(name, ("text", Required))[0]);

    private static string Text(string name, object? value) => value as string
        ?? throw ((value as JinjaUndefined)?.Fault() ?? new JinjaFault($"{name} needs a string, not {JinjaValue.Kind(value)}"));

    // The part of a text between the bounds that may follow the first argument, and that argument.
    private static string Part(string name, string text, JinjaArguments given, out object? first, out int start)
    {
        var bound = given.Bind(name, ("text", Required), ("start", null), ("end", null));
        first = bound[0];
        start = bound[1] is null ? 0 : JinjaNumber.Clamped(bound[1], "a start");
        var length = JinjaValue.Length(text)!.Value;
        start = Math.Max(0, start < 0 ? start + length : start);
        if (start > length)
            start = length + 1; // nothing is found there, not even an empty text
        return bound[1] is null && bound[2] is null ? text : (string)JinjaOperators.Slice(text, new BigInteger(start), bound[2], null)!;
    }

    private static object Borders(string name, string text, JinjaArguments given, Func<string, string, bool> test)
    {
        var part = Part(name, text, given, out var wanted, out _);
        return wanted is JinjaTuple several ? several.Any(one => test(part, Text(name, one))) : test(part, Text(name, wanted));
    }

    private static int Find(string name, string text, JinjaArguments given, bool last)
    {
        var part = Part(name, text, given, out var wanted, out var start);
        var sought = Text(name, wanted);
        var at = last ? part.LastIndexOf(sought, Ordinal) : part.IndexOf(sought, Ordinal);
        return at < 0 || start > JinjaValue.Length(text) ? -1 : start + JinjaValue.Length(part[..at])!.Value;
    }

    private static object Found(int at) => at >= 0 ? new BigInteger(at) : throw new JinjaFault("the text that is looked for is not there");

    private static int Count(string text, object? wanted)
    {
        var part = Text("count", wanted);
        if (part.Length == 0)
            return JinjaValue.Length(text)!.Value + 1;
        var count = 0;
        for (var at = 0; (at = text.IndexOf(part, at, StringComparison.Ordinal)) >= 0; at += part.Length)
            count++;
        return count;
    }

    private static string Pad(string name, string text, JinjaArguments given)
    {
        var bound = given.Bind(name, ("width", Required), ("fillchar", " "));
        var missing = Math.Clamp(JinjaNumber.Clamped(bound[0], "a width") - JinjaValue.Length(text)!.Value, 0, 10_000);
        var fill = Text(name, bound[1]);
        if (JinjaValue.Length(fill) != 1)
            throw new JinjaFault($"{name} fills with one character");
        // Python's center puts the odd one to the left where the width is odd.
        var left = name switch
        {
            "ljust" => 0,
            "rjust" => missing,
            _ => missing / 2 + (missing & JinjaNumber.Clamped(bound[0], "a width") & 1),
        };
        return string.Concat(Enumerable.Repeat(fill, left)) + text + string.Concat(Enumerable.Repeat(fill, missing - left));
    }
}
