using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Urial;

/// <summary>
/// Entropies and divergences of two rows of logits, in nats, in two passes over them: the definitions of <see cref="Divergence"/> with
/// every sum and exponential in double, as many tokens at a time as the processor has lanes.
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
    /// <summary>Compares two rows.</summary>
    /// <param name="baseLogits">Finite. // [vocabulary]</param>
    /// <param name="alignedLogits">Finite. // [vocabulary]</param>
    /// <param name="scratch">Room for the exponentials of both. // [2 × vocabulary]</param>
    public static RowDivergences Of(ReadOnlySpan<float> baseLogits, ReadOnlySpan<float> alignedLogits, Span<double> scratch) =>
        Vector512.IsHardwareAccelerated ? Over<EightLanes>(baseLogits, alignedLogits, scratch)
        : Vector256.IsHardwareAccelerated ? Over<FourLanes>(baseLogits, alignedLogits, scratch)
        : Over<OneLane>(baseLogits, alignedLogits, scratch);

    /// <summary>The same over lanes of a given kind, whether this processor has them or the runtime makes them of smaller ones.</summary>
    internal static RowDivergences Over<T>(ReadOnlySpan<float> baseLogits, ReadOnlySpan<float> alignedLogits, Span<double> scratch)
        where T : struct, ILanes<T>
    {
        var lanes = baseLogits.Length - baseLogits.Length % T.Count; // from here on one at a time
        var baseRow = new Row(baseLogits, scratch[..baseLogits.Length]);
        var alignedRow = new Row(alignedLogits, scratch.Slice(baseLogits.Length, baseLogits.Length));
        baseRow.Exponentials<T>(0, lanes);
        baseRow.Exponentials<OneLane>(lanes, baseLogits.Length);
        alignedRow.Exponentials<T>(0, lanes);
        alignedRow.Exponentials<OneLane>(lanes, baseLogits.Length);
        var many = Sums<T>(baseRow, alignedRow, 0, lanes);
        var rest = Sums<OneLane>(baseRow, alignedRow, lanes, baseLogits.Length);
        return new RowDivergences(
            Math.Max(0, many.Kl + rest.Kl), // rounding alone could carry it below 0
            Math.Max(0, -many.Reverse - rest.Reverse),
            Math.Clamp(-0.5 * (many.Js + rest.Js), 0, Math.Log(2)),
            baseRow.Entropy,
            alignedRow.Entropy,
            baseRow.Largest + baseRow.Log,
            alignedRow.Largest + alignedRow.Log);
    }

    // Compiled for good at once: until it were, the first answers would take longer than all that follow.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Kl, double Reverse, double Js) Sums<T>(in Row baseRow, in Row alignedRow, int from, int to)
        where T : struct, ILanes<T>
    {
        ref readonly var baseLogits = ref MemoryMarshal.GetReference(baseRow.Logits);
        ref readonly var alignedLogits = ref MemoryMarshal.GetReference(alignedRow.Logits);
        ref readonly var baseExponentials = ref MemoryMarshal.GetReference(baseRow.Into);
        ref readonly var alignedExponentials = ref MemoryMarshal.GetReference(alignedRow.Into);
        var (baseLargest, alignedLargest) = (T.All(baseRow.Largest), T.All(alignedRow.Largest));
        var (baseShare, alignedShare) = (T.All(1 / baseRow.Sum), T.All(1 / alignedRow.Sum));
        var logs = T.All(alignedRow.Log - baseRow.Log);
        var tiny = T.All(double.Epsilon);
        var kl = T.All(0);
        var reverse = T.All(0);
        var js = T.All(0);
        for (var i = from; i < to; i += T.Count)
        {
            // ln P_aligned − ln P_base, the large parts taken out first: beside a large logit a sum would be rounded away.
            var d = T.Load(in alignedLogits, i) - alignedLargest - (T.Load(in baseLogits, i) - baseLargest) - logs;
            var pBase = T.Load(in baseExponentials, i) * baseShare;
            var pAligned = T.Load(in alignedExponentials, i) * alignedShare;
            kl = T.MultiplyAdd(pAligned, d, kl);
            reverse = T.MultiplyAdd(pBase, d, reverse);
            var larger = T.Max(T.Max(pBase, pAligned), tiny);
            var smaller = T.Min(pBase, pAligned);
            js += T.MultiplyAdd(larger + smaller, LaneMath.LogMeanOverLarger(larger, smaller), smaller * T.Abs(d));
        }
        return (T.Sum(kl), T.Sum(reverse), T.Sum(js));
    }

    // One side: its logits, and their exponentials relative to the largest.
    private ref struct Row(ReadOnlySpan<float> logits, Span<double> into)
    {
        private double _moment; // Σ x eˣ

        public readonly ReadOnlySpan<float> Logits = logits;
        public readonly Span<double> Into = into;
        public readonly double Largest = LogitRow.Largest(logits);

        public double Sum { get; private set; }

        public readonly double Log => Math.Log(Sum);

        public readonly double Entropy => Math.Max(0, Log - _moment / Sum);

        // Σ eˣ and Σ x eˣ of x = logit − largest.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Exponentials<T>(int from, int to)
            where T : struct, ILanes<T>
        {
            ref readonly var logits = ref MemoryMarshal.GetReference(Logits);
            ref var into = ref MemoryMarshal.GetReference(Into);
            var largest = T.All(Largest);
            var sum = T.All(0);
            var moment = T.All(0);
            for (var i = from; i < to; i += T.Count)
            {
                var x = T.Load(in logits, i) - largest;
                var e = LaneMath.Exp(x);
                sum += e;
                moment = T.MultiplyAdd(e, x, moment);
                T.Store(e, ref into, i);
            }
            Sum += T.Sum(sum);
            _moment += T.Sum(moment);
        }
    }
}
