namespace Urial;

/// <summary>The mean of a number over the positions of one group: a label, a kind of question, a part of the answer.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Positions">Positions in it.</param>
/// <param name="Value">The mean over them, pooled; its interval resamples the answers that have at least one.</param>
public sealed record GroupedMean(string Group, int Positions, Estimate Value);
