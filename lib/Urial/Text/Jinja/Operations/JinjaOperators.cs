using System.Numerics;
using System.Text;

namespace Urial;

/// <summary>What operators do to values: Python's arithmetic, comparisons, membership, elements and slices.</summary>
internal static class JinjaOperators
{
    private const int Longest = 10_000_000; // characters or items that * may make

    /// <summary>Two values with an operator between them.</summary>
    /// <exception cref="JinjaFault">The operator does not work between them.</exception>
    public static object? Binary(string sign, object? left, object? right)
    {
        switch (sign)
        {
            case "==":
                return JinjaValue.Equal(left, right);
            case "!=":
                return !JinjaValue.Equal(left, right);
            case "~":
                return JinjaText.Print(left) + JinjaText.Print(right);
            case "in":
                return Contains(right, left);
            case "not in":
                return !Contains(right, left);
            case "<":
                return JinjaValue.Compare(sign, left, right) < 0;
            case "<=":
                return JinjaValue.Compare(sign, left, right) <= 0;
            case ">":
                return JinjaValue.Compare(sign, left, right) > 0;
            case ">=":
                return JinjaValue.Compare(sign, left, right) >= 0;
            case "%" when left is string format:
                return JinjaFormat.Percent(format, right);
        }
        if ((left as JinjaUndefined ?? right as JinjaUndefined) is { } missing)
            throw missing.Fault();
        return (sign, left, right) switch
        {
            _ when JinjaNumber.IsNumber(left) && JinjaNumber.IsNumber(right) => JinjaNumber.Binary(sign, left, right),
            ("+", string a, string b) => a + b,
            ("+", JinjaTuple a, JinjaTuple b) => new JinjaTuple([.. a, .. b]),
            ("+", JinjaTuple or JinjaRange, _) or ("+", _, JinjaTuple or JinjaRange) => throw JinjaValue.NoOperation(sign, left, right),
            ("+", IReadOnlyList<object?> a, IReadOnlyList<object?> b) => (List<object?>)[.. a, .. b],
            ("*", string or IReadOnlyList<object?>, _) when JinjaNumber.Whole(right) is { } times => Repeat(left, times),
            ("*", _, string or IReadOnlyList<object?>) when JinjaNumber.Whole(left) is { } times => Repeat(right, times),
            _ => throw JinjaValue.NoOperation(sign, left, right),
        };
    }

    /// <summary>A value behind a sign.</summary>
    /// <exception cref="JinjaFault">It is no number.</exception>
    public static object Signed(string sign, object? value) => value switch
    {
        double number => sign == "-" ? -number : number,
        _ when JinjaNumber.Whole(value) is { } number => sign == "-" ? -number : number,
        JinjaUndefined missing => throw missing.Fault(),
        _ => throw new JinjaFault($"{JinjaValue.Kind(value)} has no sign"),
    };

    /// <summary>Whether a value is in another.</summary>
    /// <exception cref="JinjaFault">Nothing can be in it.</exception>
    public static bool Contains(object? owner, object? value) => owner switch
    {
        string text => value is string part ? text.Contains(part, StringComparison.Ordinal)
            : throw new JinjaFault($"only a string can be in a string, not {JinjaValue.Kind(value)}"),
        JinjaDict map => map.TryGetValue(value, out _),
        IEnumerable<object?> items => items.Any(item => JinjaValue.Equal(item, value)),
        JinjaUndefined => false,
        _ => throw new JinjaFault($"nothing can be in {JinjaValue.Kind(owner)}"),
    };

    /// <summary>The part <c>[from:to:step]</c> of a text, list or tuple.</summary>
    /// <exception cref="JinjaFault">It has no parts, or a bound is no whole number.</exception>
    public static object? Slice(object? owner, object? from, object? to, object? step)
    {
        if (owner is JinjaUndefined missing)
            throw missing.Fault();
        var items = owner switch
        {
            string text => JinjaValue.Characters(text),
            IReadOnlyList<object?> list => list,
            _ => throw new JinjaFault($"{JinjaValue.Kind(owner)} cannot be sliced"),
        };
        var by = step is null ? 1 : JinjaNumber.Clamped(step, "a slice's step");
        if (by == 0)
            throw new JinjaFault("the step of a slice is 0");
        // The bounds of Python's slice.indices: before the first or behind the last is as good as there.
        var (low, high) = by > 0 ? (0, items.Count) : (-1, items.Count - 1);
        var start = Bound(from, by > 0 ? low : high);
        var stop = Bound(to, by > 0 ? high : low);
        var part = new List<object?>();
        for (long at = start; by > 0 ? at < stop : at > stop; at += by)
            part.Add(items[(int)at]);
        return owner switch
        {
            string => string.Concat(part),
            JinjaTuple or JinjaRange => new JinjaTuple(part),
            _ => part,
        };

        int Bound(object? bound, int open)
        {
            if (bound is null)
                return open;
            long at = JinjaNumber.Clamped(bound, "a slice's bound");
            return (int)Math.Clamp(at < 0 ? at + items.Count : at, low, high);
        }
    }

    private static object Repeat(object? value, BigInteger times)
    {
        var count = times.Sign < 0 ? BigInteger.Zero : times;
        if (count * (JinjaValue.Length(value) ?? 0) > Longest)
            throw new JinjaFault("the result of * is too long");
        if (value is string text)
            return text.Length == 0 ? "" : new StringBuilder().Insert(0, text, (int)count).ToString();
        var items = (IReadOnlyList<object?>)value!;
        if (items is JinjaRange)
            throw JinjaValue.NoOperation("*", value, times);
        var all = items.Count == 0 ? [] : Enumerable.Repeat(items, (int)count).SelectMany(list => list).ToList();
        return value is JinjaTuple ? new JinjaTuple(all) : all;
    }
}
