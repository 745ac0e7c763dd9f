using System.Numerics;

namespace Urial;

/// <summary>
/// <c>owner.name</c> and <c>owner[key]</c> as in the sandbox: the first asks for an attribute and then for an entry, the second the
/// other way round; what would change a list or a dictionary is undefined.
/// </summary>
internal static class JinjaMembers
{
    /// <summary>The value of <c>owner.name</c>.</summary>
    /// <exception cref="JinjaFault">The owner is undefined.</exception>
    public static object? Member(object? owner, string name) => owner is JinjaUndefined missing ? throw missing.Fault()
        : TryAttribute(owner, name, out var value) || TryEntry(owner, name, out value) ? value
        : Missing(owner, name);

    /// <summary>The value of <c>owner[key]</c>.</summary>
    /// <exception cref="JinjaFault">The owner is undefined.</exception>
    public static object? Item(object? owner, object? key) => owner is JinjaUndefined missing ? throw missing.Fault()
        : TryEntry(owner, key, out var value) || key is string name && TryAttribute(owner, name, out value) ? value
        : Missing(owner, key);

    /// <summary>The value of an attribute alone, without entries.</summary>
    public static object? Attribute(object? owner, string name) => owner is JinjaUndefined missing ? throw missing.Fault()
        : TryAttribute(owner, name, out var value) ? value
        : Missing(owner, name);

    /// <summary>
    /// What filters take as an attribute: names with dots between them, of which those of digits are elements; nothing: the value itself.
    /// </summary>
    public static Func<object?, object?> Path(object? attribute, object? missing = null)
    {
        object?[] parts = attribute switch
        {
            null => [],
            string text => [.. text.Split('.').Select(part =>
                part.Length > 0 && part.All(char.IsAsciiDigit) ? JinjaNumber.Parse(part) : (object?)part)],
            _ => [attribute],
        };
        return value =>
        {
            foreach (var part in parts)
                value = Item(value, part) is var found && found is JinjaUndefined && missing is not null ? missing : found;
            return value;
        };
    }

    private static bool TryEntry(object? owner, object? key, out object? value)
    {
        value = null;
        switch (owner)
        {
            case JinjaDict map when key is not (IReadOnlyList<object?> and not JinjaTuple or JinjaDict or JinjaView):
                return map.TryGetValue(key, out value);
            case IReadOnlyList<object?> list when JinjaNumber.Whole(key) is { } at:
                return TryElement(list, at, out value);
            case string text when JinjaNumber.Whole(key) is { } at:
                return TryElement(JinjaValue.Characters(text), at, out value);
            default:
                return false;
        }
    }

    private static bool TryElement(IReadOnlyList<object?> list, BigInteger at, out object? value)
    {
        if (at.Sign < 0)
            at += list.Count;
        var there = at.Sign >= 0 && at < list.Count;
        value = there ? list[(int)at] : null;
        return there;
    }

    private static bool TryAttribute(object? owner, string name, out object? value)
    {
        value = null;
        switch (owner)
        {
            case string text:
                value = JinjaTextMethods.Find(text, name);
                break;
            case JinjaNamespace space:
                return space.Entries.TryGetValue(name, out value);
            case JinjaLoop loop:
                return loop.TryGet(name, out value);
            case JinjaDict map:
                value = JinjaCollectionMethods.Find(map, name);
                break;
            case IReadOnlyList<object?> list:
                value = JinjaCollectionMethods.Find(list, name);
                break;
            case double number when name == "is_integer":
                value = new JinjaFunction(name, _ => double.IsInteger(number));
                break;
        }
        return value is not null;
    }

    private static JinjaUndefined Missing(object? owner, object? key) => key is BigInteger at && JinjaValue.Length(owner) is { } count
        ? new JinjaUndefined(FormattableString.Invariant($"element {at} of {JinjaValue.Kind(owner)} of {count}"))
        : new JinjaUndefined($"{JinjaText.Represent(key)} of {JinjaValue.Kind(owner)}");
}
