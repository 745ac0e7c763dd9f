using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Urial;

/// <summary>
/// Sums whose order depends on their length alone, not on the width of the processor's vectors: sixteen side by side, as
/// System.Numerics.Tensors has them with vectors of 512 bits. With <see cref="PanelKernel"/>, whose sums run in order, a text gets the same
/// logits with any vectors, to the last bit.
/// </summary>
internal static class PackedSums
{
    private const int Lanes = 16;

    /// <summary>Σ x.</summary>
    public static float Of(ReadOnlySpan<float> x) => Of<Itself>(x);

    /// <summary>Σ x².</summary>
    public static float OfSquares(ReadOnlySpan<float> x) => Of<Square>(x);

    private static float Of<TTerm>(ReadOnlySpan<float> x)
        where TTerm : ITerm
    {
        if (x.Length < Lanes)
            return OfFew<TTerm>(x);
        Vector256<float> lower = default, upper = default;
        // Eights of sixteens behind the first sixteen, the first, and what is left; the last lanes take what fills no sixteen.
        var eights = (x.Length - Lanes) / (8 * Lanes) * (x.Length > 8 * Lanes ? 8 * Lanes : 0);
        var rest = Lanes + eights;
        for (var at = Lanes; at < rest; at += Lanes)
            Add(x[at..]);
        Add(x);
        for (; rest + Lanes <= x.Length; rest += Lanes)
            Add(x[rest..]);
        Span<float> last = stackalloc float[Lanes];
        last.Clear();
        x[rest..].CopyTo(last[(Lanes - x.Length + rest)..]);
        Add(last);
        return Vector256.Sum(lower) + Vector256.Sum(upper);

        void Add(ReadOnlySpan<float> sixteen)
        {
            ref var first = ref MemoryMarshal.GetReference(sixteen);
            lower += TTerm.Of(Vector256.LoadUnsafe(ref first));
            upper += TTerm.Of(Vector256.LoadUnsafe(ref first, 8));
        }
    }

    /// <summary>Fewer than sixteen: eight or four side by side, or from the last to the first.</summary>
    private static float OfFew<TTerm>(ReadOnlySpan<float> x)
        where TTerm : ITerm
    {
        Span<float> two = stackalloc float[Lanes];
        two.Clear();
        if (x.Length < 4)
        {
            var sum = 0f;
            x.CopyTo(two);
            for (var i = x.Length - 1; i >= 0; i--)
                sum += TTerm.Of(Vector256.Create(two[i]))[0];
            return sum;
        }
        var lanes = x.Length < 8 ? 4 : 8;
        x[..lanes].CopyTo(two);
        x[lanes..].CopyTo(two[(3 * lanes - x.Length)..]);
        var (first, second) = (TTerm.Of(Vector256.Create<float>(two)), TTerm.Of(Vector256.Create<float>(two[lanes..])));
        return lanes == 8 ? Vector256.Sum(first + second) : Vector128.Sum(first.GetLower() + second.GetLower());
    }

    private interface ITerm
    {
        static abstract Vector256<float> Of(Vector256<float> x);
    }

    private readonly struct Itself : ITerm
    {
        public static Vector256<float> Of(Vector256<float> x) => x;
    }

    private readonly struct Square : ITerm
    {
        public static Vector256<float> Of(Vector256<float> x) => x * x;
    }
}
