namespace Urial;

/// <summary>Which of two arms a judge prefers.</summary>
public enum PairwiseOutcome
{
    /// <summary>The first arm wins.</summary>
    Win,

    /// <summary>Neither is better.</summary>
    Tie,

    /// <summary>The second arm wins.</summary>
    Lose,
}
