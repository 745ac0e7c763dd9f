using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Urial;

/// <summary>
/// A panel in bf16, which are the upper halves of f32. Columns that stand as far apart as a vector has floats share 32 bits, the first in
/// the lower half, so that a shift and a mask make two f32 vectors of what is loaded, and none needs its entries moved.
/// </summary>
internal readonly unsafe struct PanelBrainFloats : IPanelNumbers
{
    private const uint Upper = 0xFFFF_0000;

    public static int Size => sizeof(ushort);

    public static int Place(int column, int lanes) =>
        column / (2 * lanes) * (2 * lanes) + column % lanes * 2 + column / lanes % 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load512(byte* row, int part)
    {
        var two = Vector512.Load((uint*)row + part / 2 * 16);
        return (part % 2 == 0 ? two << 16 : two & Vector512.Create(Upper)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load256(byte* row, int half)
    {
        var two = Vector256.Load((uint*)row);
        return (half == 0 ? two << 16 : two & Vector256.Create(Upper)).AsSingle();
    }

    /// <summary>f32 of the same value.</summary>
    public static void Widen(ReadOnlySpan<ushort> from, Span<float> into)
    {
        for (var i = 0; i < from.Length; i++)
            into[i] = BitConverter.UInt32BitsToSingle((uint)from[i] << 16);
    }
}
