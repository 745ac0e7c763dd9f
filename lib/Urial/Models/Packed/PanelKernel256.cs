using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Urial;

/// <summary><see cref="PanelKernel"/> for processors whose registers hold 8 floats.</summary>
internal static unsafe class PanelKernel256
{
    // Steps that ask memory for the next strip: with more there is time enough.
    private const int MostAsking = 8;

    /// <summary>The product, of a panel whose strips are 16 columns wide.</summary>
    public static void Multiply<TPanel>(float* x, nint xStride, int rows, byte* panel, int room, int k, float* y, nint yStride, bool add)
        where TPanel : IPanelNumbers
    {
        // A strip at a time, 6 rows or 4: twelve or eight sums, as many as the processor's latency asks for. A strip's numbers stay in the
        // first caches from one step to the next; while the last steps multiply them, memory is asked for the next strip, a part in each.
        var strip = (nint)room * 16 * TPanel.Size;
        var fours = rows % 6 > 3 ? 1 : rows % 6 > 1 && rows > 6 ? 2 : 0;
        var sixes = (rows - 4 * fours) / 6;
        var steps = sixes + fours;
        var asking = Math.Min(steps, MostAsking);
        for (var number = 0; steps > 0 && number < 4; number++)
            for (int step = 0, row = 0; step < steps; step++)
            {
                var w = panel + number * strip;
                var part = step - (steps - asking);
                var fetched = new Fetched(w + strip + strip / asking * part, (16 * TPanel.Size + asking - 1) / asking);
                float* from = x + row * xStride, to = y + row * yStride + 16 * number;
                if (part < 0)
                    Six<TPanel, Silent>(from, xStride, w, fetched, k, to, yStride, add);
                else if (step < sixes)
                    Six<TPanel, Asking>(from, xStride, w, fetched, k, to, yStride, add);
                else
                    Four<TPanel>(from, xStride, w, fetched, k, to, yStride, add);
                row += step < sixes ? 6 : 4;
            }
        // One to three rows that are left over have eight sums with two strips or all four.
        var done = 6 * sixes + 4 * fours;
        for (var row = done; row + 2 <= rows; row += 2)
            for (var number = 0; number < 4; number += 2)
                Two<TPanel>(x + row * xStride, xStride, panel + number * strip, strip, k, y + row * yStride + 16 * number, yStride, add);
        if ((rows - done) % 2 > 0)
            One<TPanel>(x + (rows - 1) * xStride, panel, strip, k, y + (rows - 1) * yStride, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Six<TPanel, TMemory>(float* x, nint stride, byte* w, Fetched fetched, int k, float* y, nint yStride, bool add)
        where TPanel : IPanelNumbers
        where TMemory : IMemoryUse
    {
        float* x1 = x + stride, x2 = x1 + stride, x3 = x2 + stride, x4 = x3 + stride, x5 = x4 + stride;
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default;
        Vector256<float> d0 = default, d1 = default, e0 = default, e1 = default, f0 = default, f1 = default;
        var next = fetched.From;
        for (nint i = 0; i < k; i++, w += 16 * TPanel.Size)
        {
            if (TMemory.Asks)
            {
                Sse.Prefetch1(next);
                next += fetched.Step;
            }
            Vector256<float> w0 = TPanel.Load256(w, 0), w1 = TPanel.Load256(w, 1);
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
            v = Vector256.Create(x4[i]);
            e0 = Vector256.FusedMultiplyAdd(v, w0, e0);
            e1 = Vector256.FusedMultiplyAdd(v, w1, e1);
            v = Vector256.Create(x5[i]);
            f0 = Vector256.FusedMultiplyAdd(v, w0, f0);
            f1 = Vector256.FusedMultiplyAdd(v, w1, f1);
        }
        Store(y, a0, a1, add);
        Store(y + yStride, b0, b1, add);
        Store(y + 2 * yStride, c0, c1, add);
        Store(y + 3 * yStride, d0, d1, add);
        Store(y + 4 * yStride, e0, e1, add);
        Store(y + 5 * yStride, f0, f1, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<TPanel>(float* x, nint stride, byte* w, Fetched fetched, int k, float* y, nint yStride, bool add)
        where TPanel : IPanelNumbers
    {
        float* x1 = x + stride, x2 = x1 + stride, x3 = x2 + stride;
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default;
        Vector256<float> d0 = default, d1 = default;
        var next = fetched.From;
        for (nint i = 0; i < k; i++, w += 16 * TPanel.Size)
        {
            Sse.Prefetch1(next);
            next += fetched.Step;
            Vector256<float> w0 = TPanel.Load256(w, 0), w1 = TPanel.Load256(w, 1);
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
        Store(y, a0, a1, add);
        Store(y + yStride, b0, b1, add);
        Store(y + 2 * yStride, c0, c1, add);
        Store(y + 3 * yStride, d0, d1, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<TPanel>(float* x, nint stride, byte* w, nint strip, int k, float* y, nint yStride, bool add)
        where TPanel : IPanelNumbers
    {
        var x1 = x + stride;
        var next = w + strip;
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default;
        for (nint i = 0; i < k; i++, w += 16 * TPanel.Size, next += 16 * TPanel.Size)
        {
            Vector256<float> w0 = TPanel.Load256(w, 0), w1 = TPanel.Load256(w, 1);
            Vector256<float> w2 = TPanel.Load256(next, 0), w3 = TPanel.Load256(next, 1);
            var v = Vector256.Create(x[i]);
            a0 = Vector256.FusedMultiplyAdd(v, w0, a0);
            a1 = Vector256.FusedMultiplyAdd(v, w1, a1);
            a2 = Vector256.FusedMultiplyAdd(v, w2, a2);
            a3 = Vector256.FusedMultiplyAdd(v, w3, a3);
            v = Vector256.Create(x1[i]);
            b0 = Vector256.FusedMultiplyAdd(v, w0, b0);
            b1 = Vector256.FusedMultiplyAdd(v, w1, b1);
            b2 = Vector256.FusedMultiplyAdd(v, w2, b2);
            b3 = Vector256.FusedMultiplyAdd(v, w3, b3);
        }
        Store(y, a0, a1, add);
        Store(y + 16, a2, a3, add);
        Store(y + yStride, b0, b1, add);
        Store(y + yStride + 16, b2, b3, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<TPanel>(float* x, byte* w, nint strip, int k, float* y, bool add)
        where TPanel : IPanelNumbers
    {
        byte* w1 = w + strip, w2 = w1 + strip, w3 = w2 + strip;
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector256<float> a4 = default, a5 = default, a6 = default, a7 = default;
        for (nint i = 0, at = 0; i < k; i++, at += 16 * TPanel.Size)
        {
            var v = Vector256.Create(x[i]);
            a0 = Vector256.FusedMultiplyAdd(v, TPanel.Load256(w + at, 0), a0);
            a1 = Vector256.FusedMultiplyAdd(v, TPanel.Load256(w + at, 1), a1);
            a2 = Vector256.FusedMultiplyAdd(v, TPanel.Load256(w1 + at, 0), a2);
            a3 = Vector256.FusedMultiplyAdd(v, TPanel.Load256(w1 + at, 1), a3);
            a4 = Vector256.FusedMultiplyAdd(v, TPanel.Load256(w2 + at, 0), a4);
            a5 = Vector256.FusedMultiplyAdd(v, TPanel.Load256(w2 + at, 1), a5);
            a6 = Vector256.FusedMultiplyAdd(v, TPanel.Load256(w3 + at, 0), a6);
            a7 = Vector256.FusedMultiplyAdd(v, TPanel.Load256(w3 + at, 1), a7);
        }
        Store(y, a0, a1, add);
        Store(y + 16, a2, a3, add);
        Store(y + 32, a4, a5, add);
        Store(y + 48, a6, a7, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* y, Vector256<float> a, Vector256<float> b, bool add)
    {
        if (add)
        {
            a += Vector256.Load(y);
            b += Vector256.Load(y + 8);
        }
        a.Store(y);
        b.Store(y + 8);
    }

    /// <summary>What a step asks memory for beside its own numbers: a place for each of its k, so many bytes on.</summary>
    private readonly struct Fetched(byte* from, nint step)
    {
        public byte* From { get; } = from;

        public nint Step { get; } = step;
    }

    private interface IMemoryUse
    {
        static abstract bool Asks { get; }
    }

    private readonly struct Asking : IMemoryUse
    {
        public static bool Asks => true;
    }

    private readonly struct Silent : IMemoryUse
    {
        public static bool Asks => false;
    }
}
