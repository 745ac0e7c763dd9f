namespace Urial;

/// <summary>The filters that take each item for itself: map, and those that keep some.</summary>
internal static class JinjaPickingFilters
{
    /// <summary>Each by its name.</summary>
    public static readonly IReadOnlyDictionary<string, JinjaFilter> All = new Dictionary<string, JinjaFilter>
    {
        ["map"] = Map,
        ["select"] = (value, given) => Pick(value, given, ofAttribute: false, keep: true),
        ["reject"] = (value, given) => Pick(value, given, ofAttribute: false, keep: false),
        ["selectattr"] = (value, given) => Pick(value, given, ofAttribute: true, keep: true),
        ["rejectattr"] = (value, given) => Pick(value, given, ofAttribute: true, keep: false),
    };

    private static object? Map(object? value, JinjaArguments given) => Lazy(value, () =>
    {
        if (given.Positional.Count == 0)
        {
            var bound = given.Bind("map", ("attribute", JinjaArguments.Required), ("default", null));
            return JinjaMembers.Path(bound[0], bound[1]);
        }
        var filter = JinjaFilters.Find(JinjaText.Print(given.Positional[0]));
        var rest = given.Skip(1);
        return item => filter(item, rest);
    }, (items, make) => items.Select(make));

    private static object? Pick(object? value, JinjaArguments given, bool ofAttribute, bool keep) => Lazy(value, () =>
    {
        if (ofAttribute && given.Positional.Count == 0)
            throw new JinjaFault("the name of an attribute is missing");
        var path = JinjaMembers.Path(ofAttribute ? given.Positional[0] : null);
        var rest = ofAttribute ? given.Skip(1) : given;
        if (rest.Positional.Count == 0)
            return item => JinjaValue.IsTrue(path(item));
        var test = JinjaTests.Find(JinjaText.Print(rest.Positional[0]));
        var arguments = rest.Skip(1);
        return item => test(path(item), arguments);
    }, (items, passes) => items.Where(item => JinjaValue.IsTrue(passes(item)) == keep));

    // Nothing is looked at before the first item is taken, as in a generator; and nothing at all where there is no item.
    private static JinjaGenerator Lazy(object? value, Func<Func<object?, object?>> make,
        Func<IEnumerable<object?>, Func<object?, object?>, IEnumerable<object?>> apply)
    {
        return new JinjaGenerator(Items());

        IEnumerable<object?> Items()
        {
            if (!JinjaValue.IsTrue(value))
                yield break;
            foreach (var item in apply(JinjaValue.Items(value), make()))
                yield return item;
        }
    }
}
