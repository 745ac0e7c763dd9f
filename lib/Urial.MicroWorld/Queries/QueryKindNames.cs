namespace Urial.MicroWorld;

/// <summary>What readers call a kind of query.</summary>
public static class QueryKindNames
{
    /// <summary>The kind in words: <c>two-hop</c>.</summary>
    public static string Name(this QueryKind kind) => kind switch
    {
        QueryKind.Single => "single",
        QueryKind.Several => "several",
        QueryKind.Comparison => "comparison",
        QueryKind.Constraint => "constraint",
        QueryKind.TwoHop => "two-hop",
        QueryKind.Explanation => "explanation",
        QueryKind.Unknowable => "unknowable",
        QueryKind.Unsafe => "unsafe",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of query."),
    };
}
