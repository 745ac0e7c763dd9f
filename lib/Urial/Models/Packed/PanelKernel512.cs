using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Urial;

/// <summary><see cref="PanelKernel"/> for processors whose registers hold 16 floats.</summary>
internal static unsafe class PanelKernel512
{
    /// <summary>The product, of a panel whose strips are 64 columns wide.</summary>
    public static void Multiply<TPanel>(float* x, nint xStride, int rows, byte* w, int k, float* y, nint yStride, bool add)
        where TPanel : IPanelNumbers
    {
        var row = 0;
        for (; row + 4 <= rows; row += 4)
            Four<TPanel>(x + row * xStride, xStride, w, k, y + row * yStride, yStride, add);
        if (row + 2 <= rows)
        {
            Two<TPanel>(x + row * xStride, xStride, w, k, y + row * yStride, yStride, add);
            row += 2;
        }
        if (row < rows)
            One<TPanel>(x + row * xStride, w, k, y + row * yStride, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<TPanel>(float* x, nint stride, byte* w, int k, float* y, nint yStride, bool add)
        where TPanel : IPanelNumbers
    {
        float* x1 = x + stride, x2 = x1 + stride, x3 = x2 + stride;
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default;
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
        Vector512<float> d0 = default, d1 = default, d2 = default, d3 = default;
        for (var i = 0; i < k; i++, w += PanelKernel.Width * TPanel.Size)
        {
            Vector512<float> w0 = TPanel.Load512(w, 0), w1 = TPanel.Load512(w, 1), w2 = TPanel.Load512(w, 2), w3 = TPanel.Load512(w, 3);
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
        Store(y, a0, a1, a2, a3, add);
        Store(y + yStride, b0, b1, b2, b3, add);
        Store(y + 2 * yStride, c0, c1, c2, c3, add);
        Store(y + 3 * yStride, d0, d1, d2, d3, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<TPanel>(float* x, nint stride, byte* w, int k, float* y, nint yStride, bool add)
        where TPanel : IPanelNumbers
    {
        var x1 = x + stride;
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default;
        for (var i = 0; i < k; i++, w += PanelKernel.Width * TPanel.Size)
        {
            Vector512<float> w0 = TPanel.Load512(w, 0), w1 = TPanel.Load512(w, 1), w2 = TPanel.Load512(w, 2), w3 = TPanel.Load512(w, 3);
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
        Store(y, a0, a1, a2, a3, add);
        Store(y + yStride, b0, b1, b2, b3, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<TPanel>(float* x, byte* w, int k, float* y, bool add)
        where TPanel : IPanelNumbers
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
        for (var i = 0; i < k; i++, w += PanelKernel.Width * TPanel.Size)
        {
            var v = Vector512.Create(x[i]);
            a0 = Vector512.FusedMultiplyAdd(v, TPanel.Load512(w, 0), a0);
            a1 = Vector512.FusedMultiplyAdd(v, TPanel.Load512(w, 1), a1);
            a2 = Vector512.FusedMultiplyAdd(v, TPanel.Load512(w, 2), a2);
            a3 = Vector512.FusedMultiplyAdd(v, TPanel.Load512(w, 3), a3);
        }
        Store(y, a0, a1, a2, a3, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* y, Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, bool add)
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
}
