using System.Text;

namespace Urial;

/// <summary>What Python's operators, Jinja's filters and tests, and the methods of strings do to values.</summary>
internal sealed class JinjaOperations(JinjaSource file)
{
    /// <summary>Whether a value counts as true.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null or JinjaUndefined => false,
        bool flag => flag,
        long number => number != 0,
        double number => number != 0,
        string text => text.Length > 0,
        IReadOnlyList<object?> list => list.Count > 0,
        IReadOnlyDictionary<string, object?> map => map.Count > 0,
        _ => true,
    };

    /// <summary>Whether a value passes a test.</summary>
    public static bool Test(string name, object? value) => name switch
    {
        "defined" => value is not JinjaUndefined,
        "undefined" => value is JinjaUndefined,
        "none" => value is null,
        "string" => value is string,
        "mapping" => value is IReadOnlyDictionary<string, object?>,
        "iterable" or "sequence" => value is string or IReadOnlyList<object?> or IReadOnlyDictionary<string, object?> or JinjaUndefined,
        "boolean" => value is bool,
        "number" => value is bool or long or double,
        "true" => value is true,
        _ => value is false,
    };

    /// <summary>The items that a loop runs over.</summary>
    public IReadOnlyList<object?> Items(object? value, int line) => value switch
    {
        IReadOnlyList<object?> list => list,
        IReadOnlyDictionary<string, object?> map => [.. map.Keys],
        string text => [.. text.EnumerateRunes().Select(rune => rune.ToString())],
        JinjaUndefined => [],
        _ => throw file.Error(line, $"{Kind(value)} has no items to loop over"),
    };

    /// <summary>The entry of a dictionary or the element of a list or string.</summary>
    public object? Item(object? owner, object? key, int line) => owner switch
    {
        JinjaUndefined missing => throw file.Error(line, $"{missing.What} is undefined"),
        IReadOnlyDictionary<string, object?> map when key is string name =>
            map.TryGetValue(name, out var value) ? value : new JinjaUndefined($"'{name}' of a dictionary"),
        IReadOnlyList<object?> list when key is long at => at >= -list.Count && at < list.Count
            ? list[(int)(at < 0 ? at + list.Count : at)]
            : new JinjaUndefined($"element {at} of a list of {list.Count}"),
        string text when key is long => Item(Items(text, line), key, line),
        _ => new JinjaUndefined($"{JinjaText.Represent(key)} of {Kind(owner)}"),
    };

    /// <summary>A part of a list or string.</summary>
    public object? Slice(object? owner, object? from, object? to, int line)
    {
        if (owner is not (string or IReadOnlyList<object?>))
            throw file.Error(line, owner is JinjaUndefined missing ? $"{missing.What} is undefined" : $"{Kind(owner)} cannot be sliced");
        var items = Items(owner, line);
        var (start, stop) = (Bound(from, 0), Bound(to, items.Count));
        var part = items.Skip(start).Take(Math.Max(0, stop - start)).ToList();
        return owner is string ? string.Concat(part) : part;

        int Bound(object? bound, int missing) => bound switch
        {
            null => missing,
            long at => (int)Math.Clamp(at < 0 ? at + items.Count : at, 0, items.Count),
            _ => throw file.Error(line, $"a slice needs whole numbers, not {Kind(bound)}"),
        };
    }

    /// <summary>Two values with an operator between them.</summary>
    public object? Binary(string sign, object? left, object? right, int line) => (sign, left, right) switch
    {
        ("==", _, _) => Equal(left, right),
        ("!=", _, _) => !Equal(left, right),
        ("~", _, _) => JinjaText.Print(left) + JinjaText.Print(right),
        ("in" or "not in", _, string text) when left is string part => text.Contains(part, StringComparison.Ordinal) == (sign == "in"),
        ("in" or "not in", _, IReadOnlyList<object?> or IReadOnlyDictionary<string, object?> or JinjaUndefined) =>
            Items(right, line).Any(item => Equal(left, item)) == (sign == "in"),
        ("+", string a, string b) => a + b,
        ("+", IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Concat(b).ToList(),
        ("<" or ">" or "<=" or ">=", string a, string b) => Order(sign, string.CompareOrdinal(a, b)),
        _ when Whole(left) is { } a && Whole(right) is { } b => sign switch
        {
            "+" => a + b,
            "-" => a - b,
            "%" when b != 0 => a - b * (long)Math.Floor((double)a / b), // the sign of the divisor, as in Python
            "%" => throw file.Error(line, "the divisor of % is 0"),
            _ => Order(sign, a.CompareTo(b)),
        },
        _ => throw file.Error(line, $"{sign} does not work between {Kind(left)} and {Kind(right)}"),
    };

    /// <summary>A value through a filter.</summary>
    public object? Filter(string name, object? value, List<object?> arguments, int line) => (name, value) switch
    {
        ("trim", _) => Strip("strip", JinjaText.Print(value), arguments, line),
        (_, string text) => (long)text.EnumerateRunes().Count(),
        (_, IReadOnlyDictionary<string, object?> map) => (long)map.Count,
        (_, IReadOnlyList<object?> or JinjaUndefined) => (long)Items(value, line).Count,
        _ => throw file.Error(line, $"{Kind(value)} has no length"),
    };

    /// <summary>What a method of a string gives.</summary>
    public object? Method(string name, object? owner, List<object?> arguments, int line) => owner is string text
        ? Strip(name, text, arguments, line)
        : throw file.Error(line, owner is JinjaUndefined missing ? $"{missing.What} is undefined" : $"{Kind(owner)} has no method {name}");

    private string Strip(string name, string text, List<object?> arguments, int line)
    {
        var letters = arguments switch
        {
            [] or [null] => JinjaText.WhiteSpace,
            [string given] => given.ToCharArray(),
            _ => throw file.Error(line, $"{name} takes one string, not {arguments.Count} arguments"),
        };
        if (letters.Length == 0) // which .NET would take for white space
            return text;
        return name switch
        {
            "lstrip" => text.TrimStart(letters),
            "rstrip" => text.TrimEnd(letters),
            _ => text.Trim(letters),
        };
    }

    private static bool Equal(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => a == b,
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => Equal(pair.First, pair.Second)),
        (IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b) =>
            a.Count == b.Count && a.All(entry => b.TryGetValue(entry.Key, out var other) && Equal(entry.Value, other)),
        (JinjaUndefined, JinjaUndefined) or (null, null) => true,
        _ => Number(left) is { } a && Number(right) is { } b && a == b,
    };

    private static bool Order(string sign, int order) =>
        sign switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };

    private static long? Whole(object? value) => value switch { long number => number, bool flag => flag ? 1 : 0, _ => null };

    private static double? Number(object? value) => value is double number ? number : Whole(value);

    private static string Kind(object? value) => value switch
    {
        null => "none",
        JinjaUndefined missing => $"{missing.What}, which is undefined,",
        bool => "a boolean",
        long or double => "a number",
        string => "a string",
        IReadOnlyList<object?> => "a list",
        _ => "a dictionary",
    };
}
