using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Urial;

/// <summary>A panel in f32, column behind column.</summary>
internal readonly unsafe struct PanelFloats : IPanelNumbers
{
    public static int Size => sizeof(float);

    public static int Place(int column, int lanes) => column;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load512(byte* row, int part) => Vector512.Load((float*)row + 16 * part);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load256(byte* row, int half) => Vector256.Load((float*)row + 8 * half);
}
