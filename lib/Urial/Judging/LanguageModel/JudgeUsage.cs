namespace Urial;

/// <summary>What judging cost, retries included.</summary>
/// <param name="Calls">Requests that were sent; 0 for a judge that asks no model, and for a replayed reply.</param>
/// <param name="InputTokens">Tokens read by the judge as its server counts them; 0 where it does not say.</param>
/// <param name="OutputTokens">Tokens written by the judge, likewise.</param>
public sealed record JudgeUsage(int Calls, long InputTokens, long OutputTokens)
{
    /// <summary>Nothing was sent.</summary>
    public static JudgeUsage None { get; } = new(0, 0, 0);

    /// <summary>Both together.</summary>
    public static JudgeUsage operator +(JudgeUsage a, JudgeUsage b) =>
        new(a.Calls + b.Calls, a.InputTokens + b.InputTokens, a.OutputTokens + b.OutputTokens);
}
