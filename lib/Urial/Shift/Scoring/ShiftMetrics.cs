using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// The numbers of <see cref="PositionShift"/> for many positions at once, from both models' logits. The same
/// definitions as <see cref="Divergence"/> and <see cref="BaseRank"/>, over rows of a matrix; the tests hold the two together.
/// </summary>
public static class ShiftMetrics
{
    /// <summary>Compares two models at consecutive positions of one answer.</summary>
    /// <param name="baseLogits">The base model's logits, finite. // [positions, vocabulary]</param>
    /// <param name="alignedLogits">The aligned model's logits, finite. // [positions, vocabulary]</param>
    /// <param name="tokenIds">The answer's token at each position. // [positions]</param>
    /// <param name="firstPosition">The first row's 0-based position in the answer.</param>
    /// <param name="eosIds">The ids that end an answer.</param>
    /// <param name="top">How many of each model's most probable tokens to keep.</param>
    /// <returns>One value object for each row.</returns>
    /// <exception cref="ArgumentException">The shapes differ, or an id is outside the vocabulary.</exception>
    public static PositionShift[] Compare(
        Tensor baseLogits, Tensor alignedLogits, ReadOnlySpan<int> tokenIds, int firstPosition, IReadOnlySet<int> eosIds, int top)
    {
        if (!baseLogits.shape.SequenceEqual(alignedLogits.shape) || baseLogits.dim() != 2 || baseLogits.shape[0] != tokenIds.Length)
            throw new ArgumentException(
                $"Base logits [{string.Join(", ", baseLogits.shape)}], aligned logits [{string.Join(", ", alignedLogits.shape)}] and " +
                $"{tokenIds.Length} token ids must agree in positions and vocabulary.");
        var vocabulary = (int)baseLogits.shape[1];
        foreach (var id in tokenIds)
            if (id < 0 || id >= vocabulary)
                throw new ArgumentException($"Token id {id} is outside the vocabulary of {vocabulary} tokens.", nameof(tokenIds));

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var own = tensor(ToInt64(tokenIds)).unsqueeze(1);                             // [positions, 1]
        using var ids = tensor(Array.ConvertAll(Enumerable.Range(0, vocabulary).ToArray(), id => (long)id)); // [vocabulary]; no arange: see PinnedScalars
        var ownLogit = baseLogits.gather(1, own);                                     // [positions, 1]
        var above = baseLogits.gt(ownLogit) | (baseLogits.eq(ownLogit) & ids.lt(own)); // [positions, vocabulary]
        var ahead = ToInt32(above.sum(1));                                            // [positions]

        var logBase = nn.functional.log_softmax(baseLogits.to(float64), -1);          // [positions, vocabulary], nats
        var logAligned = nn.functional.log_softmax(alignedLogits.to(float64), -1);
        var (pBase, pAligned) = (logBase.exp(), logAligned.exp());
        var logMiddle = logaddexp(logBase, logAligned).sub(PinnedScalars.LnTwo);
        var fromBase = ToDouble((pBase * (logBase - logMiddle)).sum(1));
        var fromAligned = ToDouble((pAligned * (logAligned - logMiddle)).sum(1));
        var difference = logAligned - logBase;

        var ownBase = ToDouble(pBase.gather(1, own).squeeze(1));
        var ownAligned = ToDouble(pAligned.gather(1, own).squeeze(1));
        var klAlignedBase = ToDouble((pAligned * difference).sum(1));
        var klBaseAligned = ToDouble((-pBase * difference).sum(1));
        var baseEntropy = ToDouble(-(pBase * logBase).sum(1));
        var alignedEntropy = ToDouble(-(pAligned * logAligned).sum(1));
        var baseTop = TopOf(baseLogits, pBase, top);
        var alignedTop = TopOf(alignedLogits, pAligned, Math.Max(1, top)); // the first is the argmax

        var shifts = new PositionShift[tokenIds.Length];
        for (var i = 0; i < shifts.Length; i++)
            shifts[i] = new PositionShift
            {
                Position = firstPosition + i,
                TokenId = tokenIds[i],
                BaseRank = 1 + ahead[i],
                BaseProbability = ownBase[i],
                AlignedProbability = ownAligned[i],
                KlAlignedBase = Math.Max(0, klAlignedBase[i]), // rounding alone could carry it below 0
                KlBaseAligned = Math.Max(0, klBaseAligned[i]),
                Js = Math.Clamp(0.5 * (fromBase[i] + fromAligned[i]), 0, Math.Log(2)),
                BaseEntropy = baseEntropy[i],
                AlignedEntropy = alignedEntropy[i],
                AlignedArgmaxId = alignedTop[i][0].Id,
                IsEos = eosIds.Contains(tokenIds[i]),
                BaseTop = baseTop[i],
                AlignedTop = top == 0 ? [] : alignedTop[i],
            };
        return shifts;
    }

    // topk alone leaves open which of several equal logits it returns; here ties go to the smaller id, as in BaseRank.
    private static TopToken[][] TopOf(Tensor logits, Tensor probabilities, int top)
    {
        var positions = (int)logits.shape[0];
        top = Math.Min(top, (int)logits.shape[1]);
        if (top == 0)
            return [.. Enumerable.Repeat(Array.Empty<TopToken>(), positions)];
        var least = logits.topk(top, -1).values.narrow(1, top - 1, 1);                // [positions, 1]
        var reached = logits.ge(least);                                               // at least `top` in each row
        var places = reached.nonzero().data<long>().ToArray();                        // [hits, 2]: row, id
        var scores = logits.masked_select(reached).to(float32).data<float>().ToArray(); // [hits], in the same order
        var chances = ToDouble(probabilities.masked_select(reached));                 // [hits]
        return [.. Enumerable.Range(0, scores.Length)
            .GroupBy(hit => places[2 * hit])
            .OrderBy(row => row.Key)
            .Select(row => row
                .OrderByDescending(hit => scores[hit])
                .ThenBy(hit => places[2 * hit + 1])
                .Take(top)
                .Select(hit => new TopToken((int)places[2 * hit + 1], chances[hit]))
                .ToArray())];
    }

    private static double[] ToDouble(Tensor t) => t.contiguous().data<double>().ToArray();

    private static int[] ToInt32(Tensor t) => t.to(int32).data<int>().ToArray();

    private static long[] ToInt64(ReadOnlySpan<int> ids)
    {
        var wide = new long[ids.Length];
        for (var i = 0; i < wide.Length; i++)
            wide[i] = ids[i];
        return wide;
    }
}
