using System.Numerics;

namespace Urial;

/// <summary>The tests, as in <c>value is defined</c>.</summary>
internal static class JinjaTests
{
    private static readonly object Required = JinjaArguments.Required;

    private static readonly Dictionary<string, JinjaFilter> All = new(StringComparer.Ordinal)
    {
        ["defined"] = Of("defined", value => value is not JinjaUndefined),
        ["undefined"] = Of("undefined", value => value is JinjaUndefined),
        ["none"] = Of("none", value => value is null),
        ["boolean"] = Of("boolean", value => value is bool),
        ["true"] = Of("true", value => value is true),
        ["false"] = Of("false", value => value is false),
        ["integer"] = Of("integer", value => value is BigInteger),
        ["float"] = Of("float", value => value is double),
        ["number"] = Of("number", JinjaNumber.IsNumber),
        ["string"] = Of("string", value => value is string),
        ["mapping"] = Of("mapping", value => value is JinjaDict),
        ["sequence"] = Of("sequence", value => value is string or IReadOnlyList<object?> or JinjaDict or JinjaUndefined),
        ["iterable"] = Of("iterable", value => JinjaValue.TryItems(value) is not null),
        ["callable"] = Of("callable", value => value is JinjaFunction or JinjaLoop or JinjaUndefined),
        ["escaped"] = Of("escaped", _ => false), // nothing is, where nothing escapes by itself
        ["lower"] = Of("lower", value => JinjaTextMethods.IsLower(JinjaText.Print(value))),
        ["upper"] = Of("upper", value => JinjaTextMethods.IsUpper(JinjaText.Print(value))),
        ["odd"] = Of("odd", value => JinjaValue.Equal(JinjaOperators.Binary("%", value, new BigInteger(2)), BigInteger.One)),
        ["even"] = Of("even", value => JinjaValue.Equal(JinjaOperators.Binary("%", value, new BigInteger(2)), BigInteger.Zero)),
        ["filter"] = Of("filter", value => value is string name && JinjaFilters.Has(name)),
        ["test"] = Of("test", value => value is string name && Has(name)),
        ["divisibleby"] = (value, given) => JinjaValue.Equal(
            JinjaOperators.Binary("%", value, given.Bind("divisibleby", ("num", Required))[0]), BigInteger.Zero),
        ["sameas"] = (value, given) => Same(value, given.Bind("sameas", ("other", Required))[0]),
        ["in"] = (value, given) => JinjaOperators.Contains(given.Bind("in", ("seq", Required))[0], value),
        ["eq"] = Comparison("=="),
        ["equalto"] = Comparison("=="),
        ["=="] = Comparison("=="),
        ["ne"] = Comparison("!="),
        ["!="] = Comparison("!="),
        ["lt"] = Comparison("<"),
        ["lessthan"] = Comparison("<"),
        ["<"] = Comparison("<"),
        ["le"] = Comparison("<="),
        ["<="] = Comparison("<="),
        ["gt"] = Comparison(">"),
        ["greaterthan"] = Comparison(">"),
        [">"] = Comparison(">"),
        ["ge"] = Comparison(">="),
        [">="] = Comparison(">="),
    };

    /// <summary>Whether there is a test.</summary>
    public static bool Has(string name) => All.ContainsKey(name);

    /// <summary>A test, which says true or false.</summary>
    /// <exception cref="JinjaFault">There is none of that name.</exception>
    public static JinjaFilter Find(string name) =>
        All.TryGetValue(name, out var test) ? test : throw new JinjaFault($"there is no test {name}");

    private static JinjaFilter Of(string name, Func<object?, bool> test) => (value, given) =>
    {
        given.None(name);
        return test(value);
    };

    private static JinjaFilter Comparison(string sign) => (value, given) =>
        JinjaOperators.Binary(sign, value, given.Bind(sign, ("other", Required))[0]);

    // Python's identity, as far as values here have one: None, booleans and small numbers are single objects.
    private static bool Same(object? value, object? other) => ReferenceEquals(value, other)
        || (value, other) is (bool, bool) or (BigInteger, BigInteger) or (string, string)
            && JinjaValue.Equal(value, other);
}
