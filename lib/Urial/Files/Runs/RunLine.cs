namespace Urial;

/// <summary>One line of a run's input: something to work on, or what is wrong with the line.</summary>
/// <param name="Number">1-based line number.</param>
/// <param name="Id">The line's id, where one could be read.</param>
/// <param name="Item">What is to be worked on; null where the line is none.</param>
/// <param name="Error">What is wrong; null where nothing is.</param>
internal sealed record RunLine<T>(int Number, string? Id, T? Item, string? Error) where T : class;
