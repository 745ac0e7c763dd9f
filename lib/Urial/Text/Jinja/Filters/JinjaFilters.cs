namespace Urial;

/// <summary>The filters by name: those of text, numbers, lists and of picking items.</summary>
internal static class JinjaFilters
{
    // What Jinja has and this library does not: a page's markup, and what differs from run to run.
    private static readonly string[] Unsupported = ["filesizeformat", "groupby", "pprint", "random", "striptags", "urlencode", "urlize",
        "wordwrap", "xmlattr"];

    private static readonly Dictionary<string, JinjaFilter> All = new IReadOnlyDictionary<string, JinjaFilter>[]
    {
        JinjaTextFilters.All, JinjaNumberFilters.All, JinjaListFilters.All, JinjaPickingFilters.All,
    }.SelectMany(filters => filters).ToDictionary(StringComparer.Ordinal);

    /// <summary>Whether there is a filter.</summary>
    public static bool Has(string name) => All.ContainsKey(name);

    /// <summary>A filter.</summary>
    /// <exception cref="JinjaFault">There is none of that name.</exception>
    public static JinjaFilter Find(string name) => All.TryGetValue(name, out var filter) ? filter
        : throw (Unsupported.Contains(name) ? JinjaFault.Unsupported($"the filter {name}") : new JinjaFault($"there is no filter {name}"));
}
