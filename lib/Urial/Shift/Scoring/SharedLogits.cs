using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// Compares two models whose vocabularies differ: over the ids that both share (<see cref="SharedVocabulary"/>), each distribution
/// renormalised over these. What the other ids held before is kept beside the numbers.
/// </summary>
internal static class SharedLogits
{
    /// <summary>As <see cref="ShiftMetrics"/> does, of rows that are as wide as each model's own vocabulary.</summary>
    /// <param name="vocabulary">What the models share.</param>
    /// <param name="baseLogits">The base model's logits, finite. // [positions, base vocabulary]</param>
    /// <param name="alignedLogits">The aligned model's logits, finite. // [positions, aligned vocabulary]</param>
    /// <param name="tokenIds">The answer's token at each position, shared ids all. // [positions]</param>
    /// <param name="firstPosition">The first row's 0-based position in the answer.</param>
    /// <param name="eosIds">The ids that end an answer.</param>
    /// <param name="top">How many of each model's most probable tokens to keep.</param>
    public static PositionShift[] Compare(SharedVocabulary vocabulary, Tensor baseLogits, Tensor alignedLogits, ReadOnlySpan<int> tokenIds,
        int firstPosition, IReadOnlySet<int> eosIds, int top)
    {
        if (vocabulary.IsWhole)
            return ShiftMetrics.Compare(baseLogits, alignedLogits, tokenIds, firstPosition, eosIds, top);
        using var scope = NewDisposeScope();
        var places = Array.ConvertAll(tokenIds.ToArray(), vocabulary.IndexOf);
        var shifts = ShiftMetrics.Compare(
            Shared(vocabulary, baseLogits), Shared(vocabulary, alignedLogits), places, firstPosition, new HashSet<int>(), top);
        var (baseLeftOut, alignedLeftOut) = (LeftOut(vocabulary, baseLogits), LeftOut(vocabulary, alignedLogits));
        for (var i = 0; i < shifts.Length; i++)
            shifts[i] = shifts[i] with
            {
                TokenId = tokenIds[i],
                IsEos = eosIds.Contains(tokenIds[i]),
                AlignedArgmaxId = vocabulary.IdAt(shifts[i].AlignedArgmaxId),
                BaseTop = Named(vocabulary, shifts[i].BaseTop),
                AlignedTop = Named(vocabulary, shifts[i].AlignedTop),
                BaseLeftOut = baseLeftOut[i],
                AlignedLeftOut = alignedLeftOut[i],
            };
        return shifts;
    }

    /// <summary>Log probabilities of every id up to the last that is shared; −∞ for one that is not. // [ids]</summary>
    /// <param name="vocabulary">What the models share.</param>
    /// <param name="logits">One row of a model's logits. // [1, vocabulary]</param>
    public static double[] LogProbabilities(SharedVocabulary vocabulary, Tensor logits)
    {
        using var scope = NewDisposeScope();
        var shared = Divergence.LogSoftmax(Shared(vocabulary, logits).contiguous().data<float>().ToArray());
        if (vocabulary.Scattered is not { } ids)
            return shared;
        var all = new double[ids[^1] + 1];
        Array.Fill(all, double.NegativeInfinity);
        for (var i = 0; i < ids.Length; i++)
            all[ids[i]] = shared[i];
        return all;
    }

    private static Tensor Shared(SharedVocabulary vocabulary, Tensor logits) => vocabulary.Scattered is { } ids
        ? logits.index_select(1, tensor(Array.ConvertAll(ids, id => (long)id)))
        : logits.narrow(1, 0, vocabulary.Count); // [positions, shared]

    // The probability of the ids that are not shared, in the model's whole distribution. // [positions]
    private static double[] LeftOut(SharedVocabulary vocabulary, Tensor logits)
    {
        var ids = vocabulary.LeftOut(logits.shape[1]);
        if (ids.Length == 0)
            return new double[logits.shape[0]];
        var all = logits.to(float64);
        return [.. (all.index_select(1, tensor(ids)).logsumexp(1) - all.logsumexp(1)).exp().data<double>()];
    }

    private static TopToken[] Named(SharedVocabulary vocabulary, IReadOnlyList<TopToken> top) =>
        [.. top.Select(token => token with { Id = vocabulary.IdAt(token.Id) })];
}
