using System.Buffers;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// The numbers of <see cref="PositionShift"/> for many positions at once, from both models' logits. The same
/// definitions as <see cref="Divergence"/> and <see cref="BaseRank"/>, over rows of a matrix; the tests hold the two together.
/// </summary>
internal static class ShiftMetrics
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
        var (baseRows, alignedRows) = (Rows(baseLogits), Rows(alignedLogits));
        var shifts = new PositionShift[tokenIds.Length];
        var ids = tokenIds.ToArray();
        // Rows side by side: none needs another, and no thread waits for a row that is not its own.
        Parallel.For(0, shifts.Length, () => ArrayPool<double>.Shared.Rent(2 * vocabulary), (row, _, scratch) =>
        {
            shifts[row] = Compare(Row(baseRows, row), Row(alignedRows, row), ids[row], firstPosition + row, eosIds, top, scratch);
            return scratch;
        }, scratch => ArrayPool<double>.Shared.Return(scratch));
        return shifts;
    }

    private static PositionShift Compare(
        ReadOnlySpan<float> baseRow, ReadOnlySpan<float> alignedRow, int id, int position, IReadOnlySet<int> eosIds, int top,
        double[] scratch)
    {
        var found = RowDivergences.Of(baseRow, alignedRow, scratch);
        var alignedTop = TopOf(alignedRow, found.AlignedLogSum, Math.Max(1, top)); // the first is the argmax
        return new PositionShift
        {
            Position = position,
            TokenId = id,
            BaseRank = LogitRow.Rank(baseRow, id),
            BaseProbability = Math.Exp(baseRow[id] - found.BaseLogSum),
            AlignedProbability = Math.Exp(alignedRow[id] - found.AlignedLogSum),
            KlAlignedBase = found.KlAlignedBase,
            KlBaseAligned = found.KlBaseAligned,
            Js = found.Js,
            BaseEntropy = found.BaseEntropy,
            AlignedEntropy = found.AlignedEntropy,
            AlignedArgmaxId = alignedTop[0].Id,
            IsEos = eosIds.Contains(id),
            BaseTop = TopOf(baseRow, found.BaseLogSum, top),
            AlignedTop = top == 0 ? [] : alignedTop,
        };
    }

    private static TopToken[] TopOf(ReadOnlySpan<float> logits, double logSum, int count)
    {
        var ids = LogitRow.Top(logits, count);
        var tokens = new TopToken[ids.Length];
        for (var i = 0; i < ids.Length; i++)
            tokens[i] = new TopToken(ids[i], Math.Exp(logits[ids[i]] - logSum));
        return tokens;
    }

    private static Tensor Rows(Tensor logits) => logits.to(float32).cpu().contiguous(); // [positions, vocabulary]

    private static ReadOnlySpan<float> Row(Tensor rows, int row)
    {
        var vocabulary = (int)rows.shape[1];
        return MemoryMarshal.Cast<byte, float>(rows.bytes).Slice(row * vocabulary, vocabulary);
    }
}
