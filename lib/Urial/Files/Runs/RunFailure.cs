namespace Urial;

/// <summary>A line of a run's input of which nothing came.</summary>
/// <param name="Line">1-based line number.</param>
/// <param name="Id">The line's id, where one could be read.</param>
/// <param name="Error">Why.</param>
public sealed record RunFailure(int Line, string? Id, string Error);
