namespace Urial;

/// <summary>One measured quality beside the target it was to reach.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The share, with its interval and n.</param>
/// <param name="Target">The target share, 0 to 1.</param>
/// <param name="AtMost">Whether the target is an upper bound (refusals without an example) rather than a lower one.</param>
public sealed record MeasuredQuality(string Name, Estimate Value, double Target, bool AtMost = false) : INamed
{
    /// <summary>Whether the value itself reaches the target.</summary>
    public bool Met => AtMost ? Value.Value <= Target : Value.Value >= Target;

    /// <summary>Whether its whole interval reaches it.</summary>
    public bool SurelyMet => AtMost ? Value.Interval.High <= Target : Value.Interval.Low >= Target;

    /// <summary>The verdict in words: <c>✓ ≥ 97 %</c>.</summary>
    public string Verdict => $"{(Met ? "✓" : "✗")} {(AtMost ? "≤" : "≥")} {Numbers.Percent(Target, 0)}";
}
