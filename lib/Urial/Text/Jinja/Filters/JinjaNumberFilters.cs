using System.Globalization;
using System.Numerics;

namespace Urial;

/// <summary>The filters that make numbers.</summary>
internal static class JinjaNumberFilters
{
    /// <summary>Each by its name.</summary>
    public static readonly IReadOnlyDictionary<string, JinjaFilter> All = new Dictionary<string, JinjaFilter>
    {
        ["abs"] = Abs,
        ["int"] = Int,
        ["float"] = (value, given) => Float(value) ?? given.Bind("float", ("default", 0.0))[0],
        ["round"] = Round,
        ["sum"] = Sum,
        ["length"] = (value, given) => Length("length", value, given),
        ["count"] = (value, given) => Length("count", value, given),
    };

    private static object? Abs(object? value, JinjaArguments given)
    {
        given.None("abs");
        return value switch
        {
            double number => Math.Abs(number),
            _ when JinjaNumber.Whole(value) is { } number => BigInteger.Abs(number),
            _ => throw new JinjaFault($"abs needs a number, not {JinjaValue.Kind(value)}"),
        };
    }

    private static object Length(string name, object? value, JinjaArguments given)
    {
        given.None(name);
        return value is JinjaLoop loop && loop.TryGet("length", out var length) ? length!
            : JinjaValue.Length(value) is { } count ? new BigInteger(count)
            : throw new JinjaFault($"{JinjaValue.Kind(value)} has no length");
    }

    private static object? Int(object? value, JinjaArguments given)
    {
        var bound = given.Bind("int", ("default", BigInteger.Zero), ("base", new BigInteger(10)));
        if (JinjaNumber.Clamped(bound[1], "the base of int") != 10)
            throw JinjaFault.Unsupported("the filter int with a base");
        if (JinjaNumber.Whole(value) is { } number)
            return number;
        if (value is string text && Digits(text) is { } digits && BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out number))
            return number;
        return Float(value) is { } floating && double.IsFinite(floating) ? new BigInteger(Math.Truncate(floating)) : bound[0];
    }

    private static double? Float(object? value) => value switch
    {
        JinjaUndefined missing => throw missing.Fault(),
        string text => Digits(text) is not { } digits ? null : digits.TrimStart('+', '-').ToLowerInvariant() switch
        {
            "inf" or "infinity" => digits[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            "nan" => double.NaN,
            _ => double.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture, out var number) ? number : null,
        },
        _ => JinjaNumber.IsNumber(value) ? JinjaNumber.Float(value) : null,
    };

    // Python allows white space around a number and single underscores between its digits.
    private static string? Digits(string text)
    {
        var digits = text.Trim(JinjaWords.WhiteSpace);
        for (var i = digits.IndexOf('_'); i >= 0; i = digits.IndexOf('_', i + 1))
            if (i == 0 || i + 1 == digits.Length || !char.IsAsciiDigit(digits[i - 1]) || !char.IsAsciiDigit(digits[i + 1]))
                return null;
        return digits.Length == 0 ? null : digits.Replace("_", "");
    }

    private static object? Round(object? value, JinjaArguments given)
    {
        var bound = given.Bind("round", ("precision", BigInteger.Zero), ("method", "common"));
        var digits = JinjaNumber.Clamped(bound[0], "the precision of round");
        if (!JinjaNumber.IsNumber(value))
            throw (value as JinjaUndefined)?.Fault() ?? new JinjaFault($"round needs a number, not {JinjaValue.Kind(value)}");
        if (bound[1] is not ("common" or "ceil" or "floor"))
            throw new JinjaFault("the method of round must be common, ceil or floor");
        if (bound[1] is "common")
            return JinjaNumber.Whole(value) is not { } whole ? JinjaNumber.Round(JinjaNumber.Float(value), digits)
                : digits >= 0 ? whole : new BigInteger(JinjaNumber.Round((double)whole, digits));
        var scale = digits >= 0 ? (object)BigInteger.Pow(10, Math.Min(digits, 400)) : Math.Pow(10, digits);
        var scaled = JinjaNumber.Float(JinjaNumber.Binary("*", value, scale));
        var rounded = bound[1] is "ceil" ? Math.Ceiling(scaled) : Math.Floor(scaled);
        return JinjaNumber.Binary("/", double.IsFinite(rounded) ? new BigInteger(rounded) : rounded, scale);
    }

    private static object? Sum(object? value, JinjaArguments given)
    {
        var bound = given.Bind("sum", ("attribute", null), ("start", BigInteger.Zero));
        if (bound[1] is string)
            throw new JinjaFault("sum cannot begin with a string; join can");
        var path = JinjaMembers.Path(bound[0]);
        return JinjaValue.Items(value).Aggregate(bound[1], (sum, item) => JinjaOperators.Binary("+", sum, path(item)));
    }
}
