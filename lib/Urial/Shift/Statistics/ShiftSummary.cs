namespace Urial;

/// <summary>
/// What a set of answers says together. All intervals resample whole answers (one per query); N of each estimate is the
/// number of answers.
/// </summary>
public sealed record ShiftSummary
{
    /// <summary>Whether end-of-sequence tokens count as positions.</summary>
    public required bool WithEos { get; init; }

    /// <summary>Positions counted.</summary>
    public required int Positions { get; init; }

    /// <summary>Answers with at least one position counted: without end-of-sequence, an answer that is nothing else drops out.</summary>
    public required int Answers { get; init; }

    /// <summary>Those of them that did not end (<see cref="ShiftedAnswer.Ended"/>). Look at the summary without them, too: <see cref="Endings.ThatEnded"/>.</summary>
    public required int NotEnded { get; init; }

    /// <summary>Shares of all positions pooled, so that long answers weigh more (the paper's way).</summary>
    public required ShiftShares Micro { get; init; }

    /// <summary>Means over answers of each answer's own shares, so that every answer weighs the same.</summary>
    public required ShiftShares Macro { get; init; }

    /// <summary>KL(aligned‖base) in nats, mean over positions pooled.</summary>
    public required Estimate MeanKlAlignedBase { get; init; }

    /// <summary>KL(base‖aligned) in nats, mean over positions pooled.</summary>
    public required Estimate MeanKlBaseAligned { get; init; }

    /// <summary>Jensen–Shannon divergence in nats, mean over positions pooled.</summary>
    public required Estimate MeanJs { get; init; }

    /// <summary>Base rank (1-based), mean over positions pooled.</summary>
    public required Estimate MeanBaseRank { get; init; }

    /// <summary>P_base(o_t), mean over positions pooled.</summary>
    public required Estimate MeanBaseProbability { get; init; }
}
