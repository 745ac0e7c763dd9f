namespace Urial;

/// <summary>A measured number with what it takes to believe it.</summary>
/// <param name="Value">The statistic of the whole sample.</param>
/// <param name="Interval">Its bootstrap interval.</param>
/// <param name="N">How many independent units (queries, answers) it rests on.</param>
public sealed record Estimate(double Value, Interval Interval, int N)
{
    /// <summary>The number as a reader sees it: <c>0.778 [0.741, 0.812] n=300</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Value:F3} {Interval} n={N}");
}
