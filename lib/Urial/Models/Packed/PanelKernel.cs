using System.Runtime.Intrinsics;

namespace Urial;

/// <summary>
/// The one product that a packed decoder is made of: some rows times a panel of <see cref="Width"/> columns, the columns' sums held in
/// registers. A sum runs over k in order, in f32, whatever stands beside it, so a row's result does not depend on how many rows there are,
/// and is the same to the last bit whether a panel's numbers are stored as f32 or as the same numbers in bf16.
/// </summary>
internal static unsafe class PanelKernel
{
    /// <summary>Columns of a panel.</summary>
    public const int Width = 64;

    /// <summary>Whether this processor has the instructions that make it worth while.</summary>
    public static bool IsFast => Vector256.IsHardwareAccelerated && System.Runtime.Intrinsics.X86.Fma.IsSupported;

    /// <summary>y = x · panel, or y += x · panel.</summary>
    /// <typeparam name="TPanel">How the panel's numbers are stored.</typeparam>
    /// <param name="x">[rows, k], rows <paramref name="xStride"/> apart.</param>
    /// <param name="xStride">Floats from a row of x to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="panel">[room, Width], laid out as <see cref="PanelLayout.Own"/> has it.</param>
    /// <param name="room">Rows that the panel has room for, k or more.</param>
    /// <param name="k">Length of the sums.</param>
    /// <param name="y">[rows, Width], rows <paramref name="yStride"/> apart.</param>
    /// <param name="yStride">Floats from a row of y to the next.</param>
    /// <param name="add">Whether the products are added to what stands there.</param>
    public static void Multiply<TPanel>(float* x, nint xStride, int rows, void* panel, int room, int k, float* y, nint yStride,
        bool add)
        where TPanel : IPanelNumbers
    {
        if (Vector512.IsHardwareAccelerated)
            PanelKernel512.Multiply<TPanel>(x, xStride, rows, (byte*)panel, k, y, yStride, add);
        else
            PanelKernel256.Multiply<TPanel>(x, xStride, rows, (byte*)panel, room, k, y, yStride, add);
    }
}
