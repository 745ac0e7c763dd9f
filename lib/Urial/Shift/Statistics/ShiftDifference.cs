namespace Urial;

/// <summary>
/// Two conditions compared on the same queries: each number is that of the first less that of the second. Intervals resample
/// whole queries, so that what two answers to one query have in common cancels.
/// </summary>
public sealed record ShiftDifference
{
    /// <summary>Queries that both conditions answered.</summary>
    public required int Queries { get; init; }

    /// <summary>Differences of the pooled shares, −1 to 1; the three sum to 0.</summary>
    public required ShiftShares Micro { get; init; }

    /// <summary>Differences of the means over answers of each answer's own shares; the three sum to 0.</summary>
    public required ShiftShares Macro { get; init; }

    /// <summary>Difference of the mean KL(aligned‖base) over pooled positions, nats.</summary>
    public required Estimate MeanKlAlignedBase { get; init; }

    /// <summary>Difference of the mean KL(base‖aligned) over pooled positions, nats.</summary>
    public required Estimate MeanKlBaseAligned { get; init; }

    /// <summary>Difference of the mean Jensen–Shannon divergence over pooled positions, nats.</summary>
    public required Estimate MeanJs { get; init; }

    /// <summary>Difference of the mean base rank over pooled positions.</summary>
    public required Estimate MeanBaseRank { get; init; }

    /// <summary>Difference of the mean P_base(o_t) over pooled positions.</summary>
    public required Estimate MeanBaseProbability { get; init; }
}
