namespace Urial;

/// <summary>A mean score with what it counted and how.</summary>
/// <param name="Aspect">The aspect; null for a mean over several.</param>
/// <param name="Estimate">The mean, 1 to 5, with n and its interval over queries.</param>
/// <param name="Policy">How "N/A" was counted.</param>
/// <param name="NotApplicable">How many "N/A" there were.</param>
/// <param name="Failed">How many answers could not be judged; they are in no mean.</param>
public sealed record MeanScore(Aspect? Aspect, Estimate Estimate, NaPolicy Policy, int NotApplicable, int Failed)
{
    /// <summary>The mean, 1 to 5.</summary>
    public double Value => Estimate.Value;

    /// <summary>Its interval.</summary>
    public Interval Interval => Estimate.Interval;

    /// <summary>How many answers it rests on.</summary>
    public int N => Estimate.N;

    /// <summary>How it counted, in words: <c>3 N/A counted as 5</c>; empty where there was nothing to decide.</summary>
    public string Counting => string.Join("; ", new[]
    {
        NotApplicable == 0 ? null : $"{NotApplicable} N/A {(Policy == NaPolicy.AsFive ? "counted as 5" : "left out")}",
        Failed == 0 ? null : $"{Failed} failed",
    }.Where(part => part is not null));

    /// <summary>As a reader sees it: <c>4.283 [4.201, 4.360] n=800 (3 N/A left out)</c>.</summary>
    public override string ToString() => Counting.Length > 0 ? $"{Estimate} ({Counting})" : Estimate.ToString();
}
