using System.Runtime.Intrinsics;

namespace Urial;

/// <summary>
/// Entropies and divergences of two rows of logits, in nats, in two passes over them: the definitions of <see cref="Divergence"/> with
/// every sum and exponential in double, eight tokens at a time.
/// </summary>
/// <param name="KlAlignedBase">KL(aligned‖base).</param>
/// <param name="KlBaseAligned">KL(base‖aligned).</param>
/// <param name="Js">Jensen–Shannon divergence.</param>
/// <param name="BaseEntropy">Entropy of the base distribution.</param>
/// <param name="AlignedEntropy">Entropy of the aligned distribution.</param>
/// <param name="BaseLogSum">ln Σ exp of the base logits: a logit less this is a log probability.</param>
/// <param name="AlignedLogSum">ln Σ exp of the aligned logits.</param>
internal readonly record struct RowDivergences(
    double KlAlignedBase, double KlBaseAligned, double Js, double BaseEntropy, double AlignedEntropy, double BaseLogSum,
    double AlignedLogSum)
{
    private static readonly int Width = Vector512<double>.Count;

    /// <summary>Compares two rows.</summary>
    /// <param name="baseLogits">Finite. // [vocabulary]</param>
    /// <param name="alignedLogits">Finite. // [vocabulary]</param>
    /// <param name="scratch">Room for the exponentials of both. // [2 × vocabulary]</param>
    public static RowDivergences Of(ReadOnlySpan<float> baseLogits, ReadOnlySpan<float> alignedLogits, Span<double> scratch)
    {
        var b = scratch[..baseLogits.Length];                                  // base exponentials
        var a = scratch.Slice(baseLogits.Length, baseLogits.Length);           // aligned exponentials
        double baseMax = LogitRow.Largest(baseLogits), alignedMax = LogitRow.Largest(alignedLogits);
        var (baseSum, baseMoment) = Exponentials(baseLogits, baseMax, b);
        var (alignedSum, alignedMoment) = Exponentials(alignedLogits, alignedMax, a);
        var (baseLog, alignedLog) = (Math.Log(baseSum), Math.Log(alignedSum));

        var kl = Vector512<double>.Zero;
        var reverse = Vector512<double>.Zero;
        var js = Vector512<double>.Zero;
        for (var i = 0; i < baseLogits.Length; i += Width)
        {
            // ln P_aligned − ln P_base, the large parts taken out first: beside a large logit a sum would be rounded away.
            var d = Load(alignedLogits, i) - Vector512.Create(alignedMax) - Vector512.Create(alignedLog)
                - (Load(baseLogits, i) - Vector512.Create(baseMax) - Vector512.Create(baseLog));
            var pBase = Load(b, i) / Vector512.Create(baseSum);
            var pAligned = Load(a, i) / Vector512.Create(alignedSum);
            kl += pAligned * d;
            reverse -= pBase * d;
            // With q = smaller ÷ larger: ln of the middle ÷ larger = ln((1 + q) ÷ 2), which is exactly 0 where both agree.
            var larger = Vector512.Max(pBase, pAligned);
            var smaller = Vector512.Min(pBase, pAligned);
            var q = smaller / Vector512.Max(larger, Vector512.Create(double.Epsilon));
            js -= (larger + smaller) * Vector512.Log((Vector512<double>.One + q) * 0.5) + smaller * Vector512.Abs(d);
        }
        return new RowDivergences(
            Math.Max(0, Vector512.Sum(kl)), // rounding alone could carry it below 0
            Math.Max(0, Vector512.Sum(reverse)),
            Math.Clamp(0.5 * Vector512.Sum(js), 0, Math.Log(2)),
            Math.Max(0, baseLog - baseMoment / baseSum),
            Math.Max(0, alignedLog - alignedMoment / alignedSum),
            baseMax + baseLog,
            alignedMax + alignedLog);
    }

    // Σ e^x and Σ x e^x of x = logit − largest; the exponentials go into `into`.
    private static (double Sum, double Moment) Exponentials(ReadOnlySpan<float> logits, double largest, Span<double> into)
    {
        var sum = Vector512<double>.Zero;
        var moment = Vector512<double>.Zero;
        for (var i = 0; i < logits.Length; i += Width)
        {
            var x = Load(logits, i) - Vector512.Create(largest);
            var e = Vector512.Exp(x);
            if (logits.Length - i < Width)
                e = Vector512.ConditionalSelect(FirstLanes(logits.Length - i), e, Vector512<double>.Zero);
            sum += e;
            moment += e * x;
            Store(e, into, i);
        }
        return (Vector512.Sum(sum), Vector512.Sum(moment));
    }

    // Beyond the end a row goes on with zeros, whose probability is set to 0.
    private static Vector512<double> Load(ReadOnlySpan<float> row, int i)
    {
        if (row.Length - i >= Width)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(row.Slice(i, Width)));
            return Vector512.Create(low, high);
        }
        Span<float> rest = stackalloc float[Vector256<float>.Count];
        row[i..].CopyTo(rest);
        var (first, second) = Vector256.Widen(Vector256.Create<float>(rest));
        return Vector512.Create(first, second);
    }

    private static Vector512<double> Load(ReadOnlySpan<double> row, int i)
    {
        if (row.Length - i >= Width)
            return Vector512.Create(row.Slice(i, Width));
        Span<double> rest = stackalloc double[Vector512<double>.Count];
        row[i..].CopyTo(rest);
        return Vector512.Create<double>(rest);
    }

    private static void Store(Vector512<double> values, Span<double> row, int i)
    {
        if (row.Length - i >= Width)
            values.CopyTo(row[i..]);
        else
            for (var lane = 0; i + lane < row.Length; lane++)
                row[i + lane] = values[lane];
    }

    private static Vector512<double> FirstLanes(int count) =>
        Vector512.LessThan(Vector512<double>.Indices, Vector512.Create((double)count));
}
