namespace Urial.MicroWorld;

/// <summary>Some kinds of query under one name.</summary>
/// <param name="Name">What tables and charts call them.</param>
/// <param name="Kinds">The kinds.</param>
public sealed record QueryGroup(string Name, params QueryKind[] Kinds) : INamed
{
    /// <summary>A kind under its own name, as <see cref="QueryKindNames.Name"/> has it.</summary>
    public static QueryGroup Of(QueryKind kind) => new(kind.Name(), kind);
}
