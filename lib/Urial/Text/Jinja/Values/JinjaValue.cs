using System.Collections;
using System.Numerics;
using System.Text.Json;

namespace Urial;

/// <summary>
/// What Python's values are here: null, bool, BigInteger, double, string, lists (any IReadOnlyList of values), <see cref="JinjaTuple"/>,
/// <see cref="JinjaDict"/> and the other types of this folder; what they are called, and what they have in common.
/// </summary>
internal static class JinjaValue
{
    /// <summary>A value of JSON, as Python's json module reads it.</summary>
    /// <exception cref="UrialException">A string holds half of a surrogate pair.</exception>
    public static object? Of(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new JinjaDict();
                foreach (var entry in json.EnumerateObject())
                    map[JsonText.Name(entry)] = Of(entry.Value);
                return map;
            case JsonValueKind.Array:
                return json.EnumerateArray().Select(Of).ToList();
            case JsonValueKind.String:
                return JsonText.Of(json, "A text of the conversation");
            case JsonValueKind.Number:
                var text = json.GetRawText();
                return text.AsSpan().ContainsAny('.', 'e', 'E') ? json.GetDouble() : JinjaNumber.Parse(text);
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            default:
                return json.ValueKind == JsonValueKind.True;
        }
    }

    /// <summary>Whether a value counts as true.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null or JinjaUndefined => false,
        bool flag => flag,
        BigInteger number => !number.IsZero,
        double number => number != 0,
        string text => text.Length > 0,
        IReadOnlyCollection<object?> list => list.Count > 0,
        JinjaDict map => map.Count > 0,
        _ => true,
    };

    /// <summary>What a loop runs over; null where there can be none.</summary>
    public static IEnumerable<object?>? TryItems(object? value) => value switch
    {
        IEnumerable<object?> items => items,
        JinjaDict map => map.Keys,
        string text => Characters(text),
        JinjaUndefined => [],
        _ => null,
    };

    /// <summary>What a loop runs over.</summary>
    /// <exception cref="JinjaFault">There is nothing to run over.</exception>
    public static IEnumerable<object?> Items(object? value) =>
        TryItems(value) ?? throw new JinjaFault($"{Kind(value)} has no items to loop over");

    /// <summary>The characters of a text, as Python counts them: code points.</summary>
    public static IReadOnlyList<string> Characters(string text) => [.. text.EnumerateRunes().Select(rune => rune.ToString())];

    /// <summary>How many items a value has; null where it has no number of them.</summary>
    public static int? Length(object? value) => value switch
    {
        string text => text.EnumerateRunes().Count(),
        IReadOnlyCollection<object?> list => list.Count,
        JinjaDict map => map.Count,
        JinjaUndefined => 0,
        _ => null,
    };

    /// <summary>Whether two values are equal.</summary>
    public static bool Equal(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => a == b,
        (JinjaUndefined, JinjaUndefined) or (null, null) => true,
        (JinjaDict a, JinjaDict b) =>
            a.Count == b.Count && a.All(entry => b.TryGetValue(entry.Key, out var other) && Equal(entry.Value, other)),
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a is JinjaTuple == b is JinjaTuple && a is JinjaRange == b is JinjaRange
            && a.Count == b.Count && a.Zip(b).All(pair => Equal(pair.First, pair.Second)),
        _ => JinjaNumber.IsNumber(left) && JinjaNumber.IsNumber(right) ? JinjaNumber.Compare(left, right) == 0
            : ReferenceEquals(left, right),
    };

    /// <summary>Which of two values comes first; null where they cannot be ordered (NaN).</summary>
    /// <exception cref="JinjaFault">Values of such kinds have no order.</exception>
    public static int? Compare(string sign, object? left, object? right)
    {
        switch (left, right)
        {
            case (string a, string b):
                return Codes(a).AsSpan().SequenceCompareTo(Codes(b));
            case (JinjaRange, _) or (_, JinjaRange):
                break;
            case (IReadOnlyList<object?> a, IReadOnlyList<object?> b) when a is JinjaTuple == b is JinjaTuple:
                foreach (var (one, other) in a.Zip(b))
                    if (!Equal(one, other))
                        return Compare(sign, one, other);
                return a.Count.CompareTo(b.Count);
            case var _ when JinjaNumber.IsNumber(left) && JinjaNumber.IsNumber(right):
                return JinjaNumber.Compare(left, right);
        }
        throw (left as JinjaUndefined ?? right as JinjaUndefined)?.Fault() ?? NoOperation(sign, left, right);

        // As Python orders text: by code points, which UTF-16 does not.
        static int[] Codes(string text) => [.. text.EnumerateRunes().Select(rune => rune.Value)];
    }

    /// <summary>What a value is called in messages.</summary>
    public static string Kind(object? value) => value switch
    {
        null => "none",
        JinjaUndefined missing => $"{missing.What}, which is undefined,",
        bool => "a boolean",
        BigInteger or double => "a number",
        string => "a string",
        JinjaTuple => "a tuple",
        JinjaRange => "a range",
        IReadOnlyList<object?> => "a list",
        JinjaDict or JinjaView => "a dictionary",
        JinjaNamespace => "a namespace",
        JinjaLoop => "a loop",
        IEnumerable => "a generator",
        _ => "a function",
    };

    /// <summary>What to throw for an operator that two values do not have.</summary>
    public static JinjaFault NoOperation(string sign, object? left, object? right) =>
        new($"{sign} does not work between {Kind(left)} and {Kind(right)}");
}
