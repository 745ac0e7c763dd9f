namespace Urial;

/// <summary>What a model costs. Prices change, so the reader gives them.</summary>
/// <param name="InputPerMillion">US dollars per million tokens read.</param>
/// <param name="OutputPerMillion">US dollars per million tokens written.</param>
public sealed record JudgePrice(decimal InputPerMillion, decimal OutputPerMillion)
{
    /// <summary>What this usage costs, in US dollars.</summary>
    public decimal Of(JudgeUsage usage) => (usage.InputTokens * InputPerMillion + usage.OutputTokens * OutputPerMillion) / 1_000_000;
}
