namespace Urial.MicroWorld;

/// <summary>Kinds of query that belong together.</summary>
public static class QueryKinds
{
    /// <summary>The kinds that have an answer: all but the unknowable and the unsafe.</summary>
    public static QueryKind[] Answerable { get; } = [.. Enum.GetValues<QueryKind>().Except([QueryKind.Unknowable, QueryKind.Unsafe])];

    /// <summary>All kinds.</summary>
    public static QueryKind[] All { get; } = Enum.GetValues<QueryKind>();
}
