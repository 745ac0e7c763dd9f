using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Urial;

/// <summary>
/// The one product that a packed decoder is made of: some rows times a panel of <see cref="Width"/> columns, the columns' sums held in
/// registers. A sum runs over k in order, whatever stands beside it, so a row's result does not depend on how many rows there are.
/// </summary>
internal static unsafe class PanelKernel
{
    /// <summary>Columns of a panel.</summary>
    public const int Width = 64;

    /// <summary>Whether this processor has the instructions that make it worth while.</summary>
    public static bool IsFast => Vector256.IsHardwareAccelerated && System.Runtime.Intrinsics.X86.Fma.IsSupported;

    /// <summary>y = x · panel, or y += x · panel.</summary>
    /// <param name="x">[rows, k], rows <paramref name="xStride"/> apart.</param>
    /// <param name="xStride">Floats from a row of x to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="panel">[k, Width], contiguous.</param>
    /// <param name="k">Length of the sums.</param>
    /// <param name="y">[rows, Width], rows <paramref name="yStride"/> apart.</param>
    /// <param name="yStride">Floats from a row of y to the next.</param>
    /// <param name="add">Whether the products are added to what stands there.</param>
    public static void Multiply(float* x, nint xStride, int rows, float* panel, int k, float* y, nint yStride, bool add)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var row = 0;
            for (; row + 4 <= rows; row += 4)
                Four512(x + row * xStride, xStride, panel, k, y + row * yStride, yStride, add);
            if (row + 2 <= rows)
            {
                Two512(x + row * xStride, xStride, panel, k, y + row * yStride, yStride, add);
                row += 2;
            }
            if (row < rows)
                One512(x + row * xStride, panel, k, y + row * yStride, add);
        }
        else
            Multiply256(x, xStride, rows, panel, k, y, yStride, add);
    }

    /// <summary>The same for processors whose registers hold 8 floats.</summary>
    internal static void Multiply256(float* x, nint xStride, int rows, float* panel, int k, float* y, nint yStride, bool add)
    {
        if (rows == 1)
        {
            One256(x, panel, k, y, add);
            return;
        }
        // A quarter of the panel at a time: 4 rows × 16 columns are eight sums, as many as the processor's latency asks for.
        for (var column = 0; column < Width; column += 16)
        {
            var row = 0;
            for (; row + 4 <= rows; row += 4)
                Four256(x + row * xStride, xStride, panel + column, k, y + row * yStride + column, yStride, add);
            for (; row < rows; row++)
                Quarter256(x + row * xStride, panel + column, k, y + row * yStride + column, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four512(float* x, nint stride, float* w, int k, float* y, nint yStride, bool add)
    {
        float* x1 = x + stride, x2 = x1 + stride, x3 = x2 + stride;
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default;
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
        Vector512<float> d0 = default, d1 = default, d2 = default, d3 = default;
        for (var i = 0; i < k; i++, w += Width)
        {
            Vector512<float> w0 = Vector512.Load(w), w1 = Vector512.Load(w + 16), w2 = Vector512.Load(w + 32), w3 = Vector512.Load(w + 48);
            var v = Vector512.Create(x[i]);
            a0 = Vector512.FusedMultiplyAdd(v, w0, a0);
            a1 = Vector512.FusedMultiplyAdd(v, w1, a1);
            a2 = Vector512.FusedMultiplyAdd(v, w2, a2);
            a3 = Vector512.FusedMultiplyAdd(v, w3, a3);
            v = Vector512.Create(x1[i]);
            b0 = Vector512.FusedMultiplyAdd(v, w0, b0);
            b1 = Vector512.FusedMultiplyAdd(v, w1, b1);
            b2 = Vector512.FusedMultiplyAdd(v, w2, b2);
            b3 = Vector512.FusedMultiplyAdd(v, w3, b3);
            v = Vector512.Create(x2[i]);
            c0 = Vector512.FusedMultiplyAdd(v, w0, c0);
            c1 = Vector512.FusedMultiplyAdd(v, w1, c1);
            c2 = Vector512.FusedMultiplyAdd(v, w2, c2);
            c3 = Vector512.FusedMultiplyAdd(v, w3, c3);
            v = Vector512.Create(x3[i]);
            d0 = Vector512.FusedMultiplyAdd(v, w0, d0);
            d1 = Vector512.FusedMultiplyAdd(v, w1, d1);
            d2 = Vector512.FusedMultiplyAdd(v, w2, d2);
            d3 = Vector512.FusedMultiplyAdd(v, w3, d3);
        }
        Store512(y, a0, a1, a2, a3, add);
        Store512(y + yStride, b0, b1, b2, b3, add);
        Store512(y + 2 * yStride, c0, c1, c2, c3, add);
        Store512(y + 3 * yStride, d0, d1, d2, d3, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two512(float* x, nint stride, float* w, int k, float* y, nint yStride, bool add)
    {
        var x1 = x + stride;
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default;
        for (var i = 0; i < k; i++, w += Width)
        {
            Vector512<float> w0 = Vector512.Load(w), w1 = Vector512.Load(w + 16), w2 = Vector512.Load(w + 32), w3 = Vector512.Load(w + 48);
            var v = Vector512.Create(x[i]);
            a0 = Vector512.FusedMultiplyAdd(v, w0, a0);
            a1 = Vector512.FusedMultiplyAdd(v, w1, a1);
            a2 = Vector512.FusedMultiplyAdd(v, w2, a2);
            a3 = Vector512.FusedMultiplyAdd(v, w3, a3);
            v = Vector512.Create(x1[i]);
            b0 = Vector512.FusedMultiplyAdd(v, w0, b0);
            b1 = Vector512.FusedMultiplyAdd(v, w1, b1);
            b2 = Vector512.FusedMultiplyAdd(v, w2, b2);
            b3 = Vector512.FusedMultiplyAdd(v, w3, b3);
        }
        Store512(y, a0, a1, a2, a3, add);
        Store512(y + yStride, b0, b1, b2, b3, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One512(float* x, float* w, int k, float* y, bool add)
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
        for (var i = 0; i < k; i++, w += Width)
        {
            var v = Vector512.Create(x[i]);
            a0 = Vector512.FusedMultiplyAdd(v, Vector512.Load(w), a0);
            a1 = Vector512.FusedMultiplyAdd(v, Vector512.Load(w + 16), a1);
            a2 = Vector512.FusedMultiplyAdd(v, Vector512.Load(w + 32), a2);
            a3 = Vector512.FusedMultiplyAdd(v, Vector512.Load(w + 48), a3);
        }
        Store512(y, a0, a1, a2, a3, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store512(float* y, Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, bool add)
    {
        if (add)
        {
            a += Vector512.Load(y);
            b += Vector512.Load(y + 16);
            c += Vector512.Load(y + 32);
            d += Vector512.Load(y + 48);
        }
        a.Store(y);
        b.Store(y + 16);
        c.Store(y + 32);
        d.Store(y + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four256(float* x, nint stride, float* w, int k, float* y, nint yStride, bool add)
    {
        float* x1 = x + stride, x2 = x1 + stride, x3 = x2 + stride;
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default;
        Vector256<float> c0 = default, c1 = default, d0 = default, d1 = default;
        for (var i = 0; i < k; i++, w += Width)
        {
            Vector256<float> w0 = Vector256.Load(w), w1 = Vector256.Load(w + 8);
            var v = Vector256.Create(x[i]);
            a0 = Vector256.FusedMultiplyAdd(v, w0, a0);
            a1 = Vector256.FusedMultiplyAdd(v, w1, a1);
            v = Vector256.Create(x1[i]);
            b0 = Vector256.FusedMultiplyAdd(v, w0, b0);
            b1 = Vector256.FusedMultiplyAdd(v, w1, b1);
            v = Vector256.Create(x2[i]);
            c0 = Vector256.FusedMultiplyAdd(v, w0, c0);
            c1 = Vector256.FusedMultiplyAdd(v, w1, c1);
            v = Vector256.Create(x3[i]);
            d0 = Vector256.FusedMultiplyAdd(v, w0, d0);
            d1 = Vector256.FusedMultiplyAdd(v, w1, d1);
        }
        Store256(y, a0, a1, add);
        Store256(y + yStride, b0, b1, add);
        Store256(y + 2 * yStride, c0, c1, add);
        Store256(y + 3 * yStride, d0, d1, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Quarter256(float* x, float* w, int k, float* y, bool add)
    {
        Vector256<float> a0 = default, a1 = default;
        for (var i = 0; i < k; i++, w += Width)
        {
            var v = Vector256.Create(x[i]);
            a0 = Vector256.FusedMultiplyAdd(v, Vector256.Load(w), a0);
            a1 = Vector256.FusedMultiplyAdd(v, Vector256.Load(w + 8), a1);
        }
        Store256(y, a0, a1, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One256(float* x, float* w, int k, float* y, bool add)
    {
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector256<float> a4 = default, a5 = default, a6 = default, a7 = default;
        for (var i = 0; i < k; i++, w += Width)
        {
            var v = Vector256.Create(x[i]);
            a0 = Vector256.FusedMultiplyAdd(v, Vector256.Load(w), a0);
            a1 = Vector256.FusedMultiplyAdd(v, Vector256.Load(w + 8), a1);
            a2 = Vector256.FusedMultiplyAdd(v, Vector256.Load(w + 16), a2);
            a3 = Vector256.FusedMultiplyAdd(v, Vector256.Load(w + 24), a3);
            a4 = Vector256.FusedMultiplyAdd(v, Vector256.Load(w + 32), a4);
            a5 = Vector256.FusedMultiplyAdd(v, Vector256.Load(w + 40), a5);
            a6 = Vector256.FusedMultiplyAdd(v, Vector256.Load(w + 48), a6);
            a7 = Vector256.FusedMultiplyAdd(v, Vector256.Load(w + 56), a7);
        }
        Store256(y, a0, a1, add);
        Store256(y + 16, a2, a3, add);
        Store256(y + 32, a4, a5, add);
        Store256(y + 48, a6, a7, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store256(float* y, Vector256<float> a, Vector256<float> b, bool add)
    {
        if (add)
        {
            a += Vector256.Load(y);
            b += Vector256.Load(y + 8);
        }
        a.Store(y);
        b.Store(y + 8);
    }
}
