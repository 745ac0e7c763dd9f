namespace Urial;

/// <summary>
/// A <see cref="PositionShift"/> from what two sides say at a position, of which one or both are behind a server. Where both tell every
/// token's probability it is that of two models in this process; else divergences and entropies have bounds.
/// </summary>
internal static class ServedPosition
{
    /// <summary>Compares two sides.</summary>
    /// <param name="base">What the base model says.</param>
    /// <param name="aligned">What the aligned model says.</param>
    /// <param name="position">0-based position in the answer.</param>
    /// <param name="tokenId">The answer's token there.</param>
    /// <param name="isEos">Whether it ends the answer.</param>
    /// <param name="top">How many of each side's most probable tokens to keep.</param>
    /// <exception cref="UrialException">A server's numbers cannot be a model's.</exception>
    public static PositionShift Of(ServedSide @base, ServedSide aligned, int position, int tokenId, bool isEos, int top)
    {
        var vocabulary = Shared(@base, aligned);
        var bounds = DivergenceBounds.Of(@base.Known(vocabulary), aligned.Known(vocabulary));
        var (rank, isCensored) = @base.Rank(tokenId);
        return new PositionShift
        {
            Position = position,
            TokenId = tokenId,
            BaseRank = rank,
            RankCensored = isCensored,
            BaseProbability = @base.Probability(tokenId),
            AlignedProbability = aligned.Probability(tokenId),
            KlAlignedBase = bounds.KlAlignedBase.Value,
            KlBaseAligned = bounds.KlBaseAligned.Value,
            Js = bounds.Js.Value,
            BaseEntropy = bounds.BaseEntropy.Value,
            AlignedEntropy = bounds.AlignedEntropy.Value,
            AlignedArgmaxId = aligned.ArgmaxId,
            IsEos = isEos,
            BaseTop = @base.Top(top),
            AlignedTop = aligned.Top(top),
            Bounds = bounds.AreExact ? null : bounds,
        };
    }

    // Of a server that tells a part of the vocabulary, its size is what the tokenizer's folder says; a whole list counts for itself.
    private static int Shared(ServedSide @base, ServedSide aligned) => (@base.IsWhole, aligned.IsWhole) switch
    {
        (true, false) => @base.Vocabulary,
        (false, true) => aligned.Vocabulary,
        _ => Math.Min(@base.Vocabulary, aligned.Vocabulary),
    };
}
