namespace Urial.MicroWorld;

/// <summary>What is counted in an experiment's continuations; each check becomes a cell.</summary>
/// <param name="Group">What kind of thing is measured.</param>
/// <param name="Name">The cell's name, unique within a report.</param>
/// <param name="Target">What the rate should reach, or null.</param>
/// <param name="Hit">Whether a continuation, already cut, counts.</param>
internal sealed record QualityCheck(string Group, string Name, QualityTarget? Target, Func<QualityAnswer, bool> Hit);
