using System.Numerics;
using System.Text.RegularExpressions;

namespace Urial;

/// <summary>The filters that make text.</summary>
internal static partial class JinjaTextFilters
{
    private static readonly object Required = JinjaArguments.Required;

    /// <summary>Each by its name.</summary>
    public static readonly IReadOnlyDictionary<string, JinjaFilter> All = new Dictionary<string, JinjaFilter>
    {
        ["string"] = Plain("string", text => text),
        ["safe"] = Plain("safe", text => text), // no value is escaped, so none must be kept from it
        ["upper"] = Plain("upper", JinjaWords.Upper),
        ["lower"] = Plain("lower", JinjaWords.Lower),
        ["capitalize"] = Plain("capitalize", JinjaWords.Capitalize),
        ["title"] = Plain("title", Title),
        ["escape"] = Plain("escape", Escape),
        ["e"] = Plain("e", Escape),
        ["forceescape"] = Plain("forceescape", Escape),
        ["wordcount"] = (value, given) =>
        {
            given.None("wordcount");
            return new BigInteger(Words().Count(JinjaText.Print(value)));
        },
        ["trim"] = (value, given) => JinjaStripping.Strip(JinjaText.Print(value), "trim", given),
        ["replace"] = (value, given) =>
        {
            var bound = given.Bind("replace", ("old", Required), ("new", Required), ("count", null));
            return JinjaTextMethods.Replace(JinjaText.Print(value), JinjaText.Print(bound[0]), JinjaText.Print(bound[1]),
                bound[2] is null ? -1 : JinjaNumber.Clamped(bound[2], "a count"));
        },
        ["format"] = (value, given) => given.Named.Count > 0 && given.Positional.Count > 0
            ? throw new JinjaFault("format takes values either with names or without")
            : JinjaFormat.Percent(JinjaText.Print(value), given.Named.Count > 0 ? given.Named : new JinjaTuple(given.Positional)),
        ["center"] = (value, given) => JinjaTextMethods.Find(JinjaText.Print(value), "center")!
            .Call(JinjaArguments.Of(given.Bind("center", ("width", new BigInteger(80)))[0])),
        ["truncate"] = Truncate,
        ["indent"] = Indent,
        ["join"] = Join,
        ["tojson"] = JinjaJson.Of,
    };

    private static JinjaFilter Plain(string name, Func<string, string> change) => (value, given) =>
    {
        given.None(name);
        return change(JinjaText.Print(value));
    };

    // Words begin behind white space, a hyphen or an opening bracket.
    private static string Title(string text) => string.Concat(WordBeginnings().Split(text).Where(part => part.Length > 0).Select(part =>
    {
        var first = JinjaValue.Characters(part)[0];
        return JinjaWords.Upper(first) + JinjaWords.Lower(part[first.Length..]);
    }));

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")
        .Replace("'", "&#39;").Replace("\"", "&#34;");

    private static object? Truncate(object? value, JinjaArguments given)
    {
        var bound = given.Bind("truncate", ("length", new BigInteger(255)), ("killwords", false), ("end", "..."), ("leeway", null));
        if (value is not string text)
            return value is JinjaUndefined ? value : throw new JinjaFault($"truncate needs a string, not {JinjaValue.Kind(value)}");
        var letters = JinjaValue.Characters(text);
        var length = JinjaNumber.Clamped(bound[0], "the length of truncate");
        var end = JinjaText.Print(bound[2]);
        var leeway = bound[3] is null ? 5 : JinjaNumber.Clamped(bound[3], "the leeway of truncate"); // Jinja's policy truncate.leeway
        var kept = length - JinjaValue.Length(end)!.Value;
        if (kept < 0 || leeway < 0)
            throw new JinjaFault("truncate needs a length that its ending fits into");
        if (letters.Count <= (long)length + leeway)
            return text;
        var cut = string.Concat(letters.Take(kept));
        if (!JinjaValue.IsTrue(bound[1]) && cut.LastIndexOf(' ') is >= 0 and var space)
            cut = cut[..space];
        return cut + end;
    }

    private static object? Indent(object? value, JinjaArguments given)
    {
        var bound = given.Bind("indent", ("width", new BigInteger(4)), ("first", false), ("blank", false));
        var margin = bound[0] as string ?? new string(' ', Math.Clamp(JinjaNumber.Clamped(bound[0], "the width of indent"), 0, 1000));
        var text = value as string ?? (value is JinjaUndefined missing ? throw missing.Fault()
            : throw new JinjaFault($"indent needs a string, not {JinjaValue.Kind(value)}"));
        var blank = JinjaValue.IsTrue(bound[2]);
        var lines = JinjaSplitting.Lines(text + "\n").Cast<string>()
            .Select((line, i) => i > 0 && (blank || line.Length > 0) ? margin + line : line);
        return (JinjaValue.IsTrue(bound[1]) ? margin : "") + string.Join('\n', lines);
    }

    private static object? Join(object? value, JinjaArguments given)
    {
        var bound = given.Bind("join", ("d", ""), ("attribute", null));
        var path = JinjaMembers.Path(bound[1]);
        return string.Join(JinjaText.Print(bound[0]), JinjaValue.Items(value).Select(item => JinjaText.Print(path(item))));
    }

    [GeneratedRegex(@"([-\s({\[<]+)")]
    private static partial Regex WordBeginnings();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words();
}
