namespace Urial;

/// <summary>One line of a queries file: a query, or what is wrong with the line.</summary>
/// <param name="Number">1-based line number.</param>
/// <param name="Id">The line's id, where one could be read.</param>
/// <param name="Query">The query; null where the line is no query.</param>
/// <param name="Error">What is wrong; null where nothing is.</param>
public sealed record ShiftLine(int Number, string? Id, ShiftQuery? Query, string? Error);
