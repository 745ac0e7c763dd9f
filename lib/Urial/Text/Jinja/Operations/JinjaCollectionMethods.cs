using System.Numerics;

namespace Urial;

/// <summary>The methods of dictionaries, lists and tuples; those that would change their owner are undefined, as in the sandbox.</summary>
internal static class JinjaCollectionMethods
{
    private static readonly string[] DictChanges = ["clear", "pop", "popitem", "setdefault", "update"];
    private static readonly string[] ListChanges = ["append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"];

    /// <summary>A method of a dictionary; null where it has none of that name.</summary>
    public static object? Find(JinjaDict map, string name) => name switch
    {
        "items" => Method(name, _ => new JinjaView("dict_items", [.. map.Select(entry => new JinjaTuple([entry.Key, entry.Value]))])),
        "keys" => Method(name, _ => new JinjaView("dict_keys", map.Keys)),
        "values" => Method(name, _ => new JinjaView("dict_values", [.. map.Select(entry => entry.Value)])),
        "copy" => Method(name, _ => Copy(map)),
        "get" => new JinjaFunction(name, arguments =>
        {
            var bound = arguments.Bind(name, ("key", JinjaArguments.Required), ("default", null));
            return map.TryGetValue(bound[0], out var value) ? value : bound[1];
        }),
        "fromkeys" => new JinjaFunction(name, _ => throw JinjaFault.Unsupported("the method fromkeys")),
        _ => DictChanges.Contains(name) ? Forbidden(name, "a dictionary") : null,
    };

    /// <summary>A method of a list or tuple; null where it has none of that name.</summary>
    public static object? Find(IReadOnlyList<object?> list, string name) => name switch
    {
        "index" => new JinjaFunction(name, arguments =>
        {
            var value = arguments.Bind(name, ("value", JinjaArguments.Required))[0];
            for (var i = 0; i < list.Count; i++)
                if (JinjaValue.Equal(list[i], value))
                    return new BigInteger(i);
            throw new JinjaFault($"{JinjaText.Represent(value)} is not in the list");
        }),
        "count" => new JinjaFunction(name, arguments =>
        {
            var value = arguments.Bind(name, ("value", JinjaArguments.Required))[0];
            return new BigInteger(list.Count(item => JinjaValue.Equal(item, value)));
        }),
        "copy" when list is not (JinjaTuple or JinjaRange) => Method(name, _ => list.ToList()),
        _ => list is not (JinjaTuple or JinjaRange) && ListChanges.Contains(name) ? Forbidden(name, "a list") : null,
    };

    private static JinjaFunction Method(string name, Func<JinjaArguments, object?> call) => new(name, arguments =>
    {
        arguments.None(name);
        return call(arguments);
    });

    private static JinjaDict Copy(JinjaDict map)
    {
        var copy = new JinjaDict();
        foreach (var (key, value) in map)
            copy[key] = value;
        return copy;
    }

    private static JinjaUndefined Forbidden(string name, string owner) =>
        new($"the method {name} of {owner}", "changes it, which templates must not");
}
