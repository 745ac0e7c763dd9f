namespace Urial;

/// <summary>
/// The shares and means of positions: of one set of answers (<see cref="ShiftSummary"/>), or as differences of two
/// (<see cref="ShiftDifference"/>).
/// </summary>
public abstract record ShiftNumbers
{
    /// <summary>All numbers from three ways of taking them.</summary>
    /// <param name="micro">A class's share of pooled positions.</param>
    /// <param name="macro">The mean over answers of a class's share in each.</param>
    /// <param name="mean">The mean of a column over pooled positions; null where only bounds of it are known.</param>
    private protected ShiftNumbers(
        Func<ShiftClass, Estimate> micro, Func<ShiftClass, Estimate> macro, Func<PositionColumn, Estimate?> mean)
    {
        Micro = ShiftShares.Of(micro);
        Macro = ShiftShares.Of(macro);
        Means = PositionShift.Summarised.Select(column => (column.Name, Mean: mean(column))).Where(column => column.Mean is not null)
            .ToDictionary(column => column.Name, column => column.Mean!);
    }

    /// <summary>Shares of all positions pooled, so that long answers weigh more (the paper's way); differences sum to 0.</summary>
    public ShiftShares Micro { get; }

    /// <summary>Means over answers of each answer's own shares, so that every answer weighs the same; differences sum to 0.</summary>
    public ShiftShares Macro { get; }

    /// <summary>
    /// Means over positions pooled, by the column's name in files: <c>Means["js"]</c>. Without those of which only bounds are known
    /// (<see cref="ShiftSummary.MeanBounds"/>).
    /// </summary>
    public IReadOnlyDictionary<string, Estimate> Means { get; }

    /// <summary>KL(aligned‖base) in nats, mean over positions pooled.</summary>
    public Estimate MeanKlAlignedBase => Known("kl_aligned_base");

    /// <summary>KL(base‖aligned) in nats, mean over positions pooled.</summary>
    public Estimate MeanKlBaseAligned => Known("kl_base_aligned");

    /// <summary>Jensen–Shannon divergence in nats, mean over positions pooled.</summary>
    public Estimate MeanJs => Known("js");

    /// <summary>Base rank (1-based), mean over positions pooled.</summary>
    public Estimate MeanBaseRank => Means["base_rank"];

    /// <summary>P_base(o_t), mean over positions pooled.</summary>
    public Estimate MeanBaseProbability => Means["base_prob"];

    private Estimate Known(string column) => Means.TryGetValue(column, out var mean) ? mean
        : throw new UrialException($"The mean of {column} is known within bounds only, since a server told the most probable tokens alone: "
            + "see MeanBounds, or start the server with --max-logprobs -1 and run with --top-logprobs -1.");
}
