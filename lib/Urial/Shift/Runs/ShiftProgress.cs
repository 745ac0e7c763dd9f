namespace Urial;

/// <summary>How far a run has come.</summary>
/// <param name="Stage">What is being done: <c>answering</c> or <c>scoring</c>.</param>
/// <param name="Done">Queries done in this stage.</param>
/// <param name="Total">Queries in this stage.</param>
public sealed record ShiftProgress(string Stage, int Done, int Total);
