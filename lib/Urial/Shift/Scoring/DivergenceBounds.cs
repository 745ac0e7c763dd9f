namespace Urial;

/// <summary>
/// The least and the most that entropies and divergences over the whole vocabulary can be, given what is known of two distributions
/// (<see cref="KnownDistribution"/>). Where both are known throughout, the exact numbers.
/// </summary>
internal static class DivergenceBounds
{
    /// <summary>Bounds of two models' numbers at one position.</summary>
    /// <exception cref="ArgumentException">The vocabularies differ.</exception>
    public static ShiftBounds Of(KnownDistribution @base, KnownDistribution aligned)
    {
        if (@base.Vocabulary != aligned.Vocabulary)
            throw new ArgumentException($"The base model has {@base.Vocabulary} tokens, the aligned one {aligned.Vocabulary}.");
        if (@base.IsWhole && aligned.IsWhole)
            return Exact(@base, aligned);
        var (p, q) = (new KnownTogether(aligned, @base), new KnownTogether(@base, aligned));
        return new ShiftBounds(
            Between(LowerBound.Of(ConvexDivergence.Forward, p), UpperBound.Kl(p)),
            Between(LowerBound.Of(ConvexDivergence.Reverse, p), UpperBound.Kl(q)),
            Between(LowerBound.Of(ConvexDivergence.JensenShannon, p), UpperBound.Js(p, q)),
            EntropyBounds.Of(@base),
            EntropyBounds.Of(aligned));
    }

    private static ShiftBounds Exact(KnownDistribution @base, KnownDistribution aligned)
    {
        if (@base.Row is { } b && aligned.Row is { } a)
        {
            var found = RowDivergences.Of(b, a, new double[2 * b.Length]);
            return Exact(found.KlAlignedBase, found.KlBaseAligned, found.Js, found.BaseEntropy, found.AlignedEntropy);
        }
        var (q, p) = (@base.LogProbabilities!, aligned.LogProbabilities!);
        return Exact(Divergence.Kl(p, q), Divergence.Kl(q, p), Divergence.Js(p, q), Divergence.Entropy(q), Divergence.Entropy(p));
    }

    private static ShiftBounds Exact(double klAlignedBase, double klBaseAligned, double js, double baseEntropy, double alignedEntropy) =>
        new(Bounds.Exactly(klAlignedBase), Bounds.Exactly(klBaseAligned), Bounds.Exactly(js), Bounds.Exactly(baseEntropy),
            Bounds.Exactly(alignedEntropy));

    // Rounding must not carry one beyond the other.
    private static Bounds Between(double low, double high) => new(Math.Min(low, high), high);
}
