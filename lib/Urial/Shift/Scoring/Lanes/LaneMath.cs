using System.Runtime.CompilerServices;

namespace Urial;

/// <summary>
/// The two functions that a divergence needs of every token, as power series without branches: several times as fast as the runtime's
/// own, which serve every number there is. The tests hold them to these.
/// </summary>
internal static class LaneMath
{
    // 1.5 × 2⁵²: added to a smaller number it leaves that number's whole part in the lowest bits.
    private const double WholePart = 6755399441055744.0;

    private const double Ln2 = 0.6931471805599453;

    // The same in two parts, the first with so many zeros at its end that n times it is exact for n up to 2¹¹.
    private const double Ln2High = 0.6931471803691238;
    private const double Ln2Low = 1.9082149292705877e-10;

    /// <summary>eˣ of x ≤ 0; below −700, where it is less than 1e-304, that of −700.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, ILanes<T>
    {
        x = T.Max(x, T.All(-700));
        var bits = T.MultiplyAdd(x, T.All(1 / Ln2), T.All(WholePart));
        var n = bits - T.All(WholePart);
        // eˣ = 2ⁿ eʳ with |r| ≤ ½ ln 2: Taylor's series to r¹³ is exact to 4e-18.
        var r = T.MultiplyAdd(n, T.All(-Ln2Low), T.MultiplyAdd(n, T.All(-Ln2High), x));
        var r2 = r * r;
        var r4 = r2 * r2;
        var c0 = T.MultiplyAdd(T.MultiplyAdd(r, T.All(1 / 6.0), T.All(1 / 2.0)), r2, r + T.All(1));
        var c4 = T.MultiplyAdd(T.MultiplyAdd(r, T.All(1 / 5040.0), T.All(1 / 720.0)), r2,
            T.MultiplyAdd(r, T.All(1 / 120.0), T.All(1 / 24.0)));
        var c8 = T.MultiplyAdd(T.MultiplyAdd(r, T.All(1 / 39916800.0), T.All(1 / 3628800.0)), r2,
            T.MultiplyAdd(r, T.All(1 / 362880.0), T.All(1 / 40320.0)));
        var c12 = T.MultiplyAdd(r, T.All(1 / 6227020800.0), T.All(1 / 479001600.0));
        return T.Scale(T.MultiplyAdd(T.MultiplyAdd(T.MultiplyAdd(c12, r4, c8), r4, c4), r4, c0), bits);
    }

    /// <summary>ln of the mean of two numbers over the larger of them: between −ln 2 and 0, and 0 exactly where they are equal.</summary>
    /// <param name="larger">At least the other, and above 0.</param>
    /// <param name="smaller">0 or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogMeanOverLarger<T>(T larger, T smaller)
        where T : struct, ILanes<T>
    {
        // ln y = 2 artanh s with s = (y − 1) ÷ (y + 1), here −⅓ to 0: the series to s³¹ is exact to 2e-18.
        var s = (smaller - larger) / T.MultiplyAdd(larger, T.All(3), smaller);
        var z = s * s;
        var z2 = z * z;
        var z4 = z2 * z2;
        var c0 = T.MultiplyAdd(T.MultiplyAdd(z, T.All(2 / 7.0), T.All(2 / 5.0)), z2, T.MultiplyAdd(z, T.All(2 / 3.0), T.All(2)));
        var c4 = T.MultiplyAdd(T.MultiplyAdd(z, T.All(2 / 15.0), T.All(2 / 13.0)), z2,
            T.MultiplyAdd(z, T.All(2 / 11.0), T.All(2 / 9.0)));
        var c8 = T.MultiplyAdd(T.MultiplyAdd(z, T.All(2 / 23.0), T.All(2 / 21.0)), z2,
            T.MultiplyAdd(z, T.All(2 / 19.0), T.All(2 / 17.0)));
        var c12 = T.MultiplyAdd(T.MultiplyAdd(z, T.All(2 / 31.0), T.All(2 / 29.0)), z2,
            T.MultiplyAdd(z, T.All(2 / 27.0), T.All(2 / 25.0)));
        return s * T.MultiplyAdd(T.MultiplyAdd(T.MultiplyAdd(c12, z4, c8), z4, c4), z4, c0);
    }
}
