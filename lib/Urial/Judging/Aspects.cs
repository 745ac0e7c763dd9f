namespace Urial;

/// <summary>The six aspects as files and tables name them.</summary>
public static class Aspects
{
    /// <summary>All six, in the paper's order.</summary>
    public static IReadOnlyList<Aspect> All { get; } = Enum.GetValues<Aspect>();

    /// <summary>The five that Just-Eval scores on its 800 general examples.</summary>
    public static IReadOnlyList<Aspect> General { get; } = [.. All.Where(aspect => aspect != Aspect.Safety)];

    /// <summary>The name in files: <c>helpfulness</c>.</summary>
    public static string Name(this Aspect aspect) => aspect.ToString().ToLowerInvariant();

    /// <summary>The name as a column of the published tables: <c>helpful</c>.</summary>
    public static string Column(this Aspect aspect) => aspect switch
    {
        Aspect.Helpfulness => "helpful",
        Aspect.Clarity => "clear",
        Aspect.Factuality => "factual",
        Aspect.Depth => "deep",
        Aspect.Engagement => "engaging",
        Aspect.Safety => "safe",
        _ => throw new ArgumentOutOfRangeException(nameof(aspect), aspect, "Not an aspect."),
    };

    /// <summary>The aspect of a name, whatever its case; null for none.</summary>
    public static Aspect? Parse(string name) =>
        Enum.TryParse<Aspect>(name, ignoreCase: true, out var aspect) && char.IsLetter(name[0]) ? aspect : null;
}
