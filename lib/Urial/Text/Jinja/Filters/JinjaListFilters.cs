using System.Numerics;

namespace Urial;

/// <summary>The filters of lists and dictionaries as a whole, and of values that may be missing.</summary>
internal static class JinjaListFilters
{
    private static readonly object Required = JinjaArguments.Required;

    /// <summary>Each by its name.</summary>
    public static readonly IReadOnlyDictionary<string, JinjaFilter> All = new Dictionary<string, JinjaFilter>
    {
        ["default"] = Default,
        ["d"] = Default,
        ["attr"] = (value, given) => JinjaMembers.Attribute(value, JinjaText.Print(given.Bind("attr", ("name", Required))[0])),
        ["list"] = (value, given) =>
        {
            given.None("list");
            return JinjaValue.Items(value).ToList();
        },
        ["first"] = (value, given) =>
        {
            given.None("first");
            foreach (var item in JinjaValue.Items(value))
                return item;
            return new JinjaUndefined("the first item of nothing");
        },
        ["last"] = (value, given) =>
        {
            given.None("last");
            if (value is JinjaGenerator or JinjaLoop)
                throw new JinjaFault($"{JinjaValue.Kind(value)} has no last item; make a list of it first");
            var items = JinjaValue.Items(value).ToList();
            return items.Count > 0 ? items[^1] : new JinjaUndefined("the last item of nothing");
        },
        ["reverse"] = Reverse,
        ["sort"] = Sort,
        ["unique"] = Unique,
        ["min"] = (value, given) => Extreme("min", value, given),
        ["max"] = (value, given) => Extreme("max", value, given),
        ["batch"] = Batch,
        ["slice"] = Slice,
        ["items"] = Items,
        ["dictsort"] = DictSort,
    };

    private static object? Default(object? value, JinjaArguments given)
    {
        var bound = given.Bind("default", ("default_value", ""), ("boolean", false));
        return value is JinjaUndefined || JinjaValue.IsTrue(bound[1]) && !JinjaValue.IsTrue(value) ? bound[0] : value;
    }

    private static object? Reverse(object? value, JinjaArguments given)
    {
        given.None("reverse");
        var items = JinjaValue.Items(value).Reverse();
        return value is string ? string.Concat(items) : value is JinjaGenerator ? items.ToList() : new JinjaGenerator(items);
    }

    private static object? Sort(object? value, JinjaArguments given)
    {
        var bound = given.Bind("sort", ("reverse", false), ("case_sensitive", false), ("attribute", null));
        var sensitive = JinjaValue.IsTrue(bound[1]);
        Func<object?, object?>[] paths = [.. bound[2] is string several ? several.Split(',').Select(one => JinjaMembers.Path(one))
            : [JinjaMembers.Path(bound[2])]];
        return JinjaSorting.Sort(JinjaValue.Items(value),
            item => paths.Select(path => JinjaSorting.Key(path(item), sensitive)).ToList(), JinjaValue.IsTrue(bound[0]));
    }

    private static object? Unique(object? value, JinjaArguments given)
    {
        var bound = given.Bind("unique", ("case_sensitive", false), ("attribute", null));
        var path = JinjaMembers.Path(bound[1]);
        return new JinjaGenerator(JinjaValue.Items(value)
            .DistinctBy(item => new JinjaKey(JinjaSorting.Key(path(item), JinjaValue.IsTrue(bound[0])))));
    }

    private static object? Extreme(string name, object? value, JinjaArguments given)
    {
        var bound = given.Bind(name, ("case_sensitive", false), ("attribute", null));
        var path = JinjaMembers.Path(bound[1]);
        var sensitive = JinjaValue.IsTrue(bound[0]);
        object? best = new JinjaUndefined($"the {name} of nothing");
        object? key = null;
        foreach (var item in JinjaValue.Items(value))
        {
            var own = JinjaSorting.Key(path(item), sensitive);
            if (best is JinjaUndefined || (name == "min" ? JinjaValue.Compare("<", own, key) < 0 : JinjaValue.Compare(">", own, key) > 0))
                (best, key) = (item, own);
        }
        return best;
    }

    private static object? Batch(object? value, JinjaArguments given)
    {
        var bound = given.Bind("batch", ("linecount", Required), ("fill_with", null));
        var size = JinjaNumber.Clamped(bound[0], "the size of a batch");
        return size > 0 ? new JinjaGenerator(JinjaValue.Items(value).Chunk(size).Select(items => bound[1] is null ? items.ToList()
            : (object?)items.Concat(Enumerable.Repeat(bound[1], size - items.Length)).ToList()))
            : throw new JinjaFault("a batch needs a size of 1 or more");
    }

    private static object? Slice(object? value, JinjaArguments given)
    {
        var bound = given.Bind("slice", ("slices", Required), ("fill_with", null));
        var items = JinjaValue.Items(value).ToList();
        var slices = JinjaNumber.Clamped(bound[0], "the number of slices");
        if (slices < 1)
            throw new JinjaFault("slice needs a number of slices of 1 or more");
        var (size, larger) = (items.Count / slices, items.Count % slices);
        return new JinjaGenerator(Enumerable.Range(0, slices).Select(i =>
        {
            var part = items.Skip(i * size + Math.Min(i, larger)).Take(size + (i < larger ? 1 : 0)).ToList();
            if (bound[1] is not null && i >= larger)
                part.Add(bound[1]);
            return (object?)part;
        }));
    }

    private static object? Items(object? value, JinjaArguments given)
    {
        given.None("items");
        return value switch
        {
            JinjaUndefined => new JinjaGenerator([]),
            JinjaDict map => new JinjaGenerator(map.Select(entry => (object?)new JinjaTuple([entry.Key, entry.Value]))),
            _ => throw new JinjaFault($"items needs a dictionary, not {JinjaValue.Kind(value)}"),
        };
    }

    private static object? DictSort(object? value, JinjaArguments given)
    {
        var bound = given.Bind("dictsort", ("case_sensitive", false), ("by", "key"), ("reverse", false));
        if (value is not JinjaDict map)
            throw (value as JinjaUndefined)?.Fault() ?? new JinjaFault($"dictsort needs a dictionary, not {JinjaValue.Kind(value)}");
        if (bound[1] is not ("key" or "value"))
            throw new JinjaFault("dictsort sorts by \"key\" or by \"value\"");
        var sorted = JinjaSorting.Sort(map, entry => JinjaSorting.Key(bound[1] is "key" ? entry.Key : entry.Value,
            JinjaValue.IsTrue(bound[0])), JinjaValue.IsTrue(bound[2]));
        return sorted.Select(entry => (object?)new JinjaTuple([entry.Key, entry.Value])).ToList();
    }
}
