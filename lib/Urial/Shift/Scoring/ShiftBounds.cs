namespace Urial;

/// <summary>
/// What is certain of the numbers of a position over the whole vocabulary where a server tells only the most probable tokens: in nats.
/// </summary>
/// <param name="KlAlignedBase">Of KL(aligned‖base).</param>
/// <param name="KlBaseAligned">Of KL(base‖aligned).</param>
/// <param name="Js">Of the Jensen–Shannon divergence.</param>
/// <param name="BaseEntropy">Of the base distribution's entropy.</param>
/// <param name="AlignedEntropy">Of the aligned distribution's entropy.</param>
public sealed record ShiftBounds(Bounds KlAlignedBase, Bounds KlBaseAligned, Bounds Js, Bounds BaseEntropy, Bounds AlignedEntropy)
{
    /// <summary>Whether every number is known.</summary>
    public bool AreExact =>
        KlAlignedBase.IsExact && KlBaseAligned.IsExact && Js.IsExact && BaseEntropy.IsExact && AlignedEntropy.IsExact;
}
