namespace Urial;

/// <summary>How far a run has come.</summary>
/// <param name="Name">What is being done: <c>answering</c>, <c>scoring</c> or <c>judging</c>.</param>
/// <param name="Done">Items done in this step.</param>
/// <param name="Total">Items in this step.</param>
public sealed record RunStep(string Name, int Done, int Total)
{
    /// <summary>Whether to tell of it where each telling is a line: about ten times a step, whatever its length, and at its end.</summary>
    public bool IsTenth => Done == Total || Done * 10L / Total > (Done - 1) * 10L / Total;
}
