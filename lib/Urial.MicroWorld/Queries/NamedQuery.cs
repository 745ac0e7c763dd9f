namespace Urial.MicroWorld;

/// <summary>A query with the id it has in a file.</summary>
public sealed record NamedQuery(string Id, Query Query);
