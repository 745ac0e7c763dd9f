using System.Runtime.Intrinsics;

namespace Urial;

/// <summary>Four numbers: processors with vectors of 256 bits.</summary>
internal readonly struct FourLanes(Vector256<double> values) : ILanes<FourLanes>
{
    private readonly Vector256<double> _values = values;

    /// <inheritdoc />
    public static int Count => Vector256<double>.Count;

    /// <inheritdoc />
    public static FourLanes operator +(FourLanes a, FourLanes b) => new(a._values + b._values);

    /// <inheritdoc />
    public static FourLanes operator -(FourLanes a, FourLanes b) => new(a._values - b._values);

    /// <inheritdoc />
    public static FourLanes operator *(FourLanes a, FourLanes b) => new(a._values * b._values);

    /// <inheritdoc />
    public static FourLanes operator /(FourLanes a, FourLanes b) => new(a._values / b._values);

    /// <inheritdoc />
    public static FourLanes All(double value) => new(Vector256.Create(value));

    /// <inheritdoc />
    public static FourLanes Load(ref readonly double first, int index) =>
        new(Vector256.LoadUnsafe(in first, (nuint)index));

    /// <inheritdoc />
    public static FourLanes Load(ref readonly float first, int index) =>
        new(Vector256.WidenLower(Vector128.LoadUnsafe(in first, (nuint)index).ToVector256Unsafe()));

    /// <inheritdoc />
    public static void Store(FourLanes lanes, ref double first, int index) => lanes._values.StoreUnsafe(ref first, (nuint)index);

    /// <inheritdoc />
    public static FourLanes MultiplyAdd(FourLanes a, FourLanes b, FourLanes c) =>
        new(Vector256.FusedMultiplyAdd(a._values, b._values, c._values));

    /// <inheritdoc />
    public static FourLanes Max(FourLanes a, FourLanes b) => new(Vector256.MaxNative(a._values, b._values));

    /// <inheritdoc />
    public static FourLanes Min(FourLanes a, FourLanes b) => new(Vector256.MinNative(a._values, b._values));

    /// <inheritdoc />
    public static FourLanes Abs(FourLanes a) => new(Vector256.Abs(a._values));

    /// <inheritdoc />
    public static FourLanes Scale(FourLanes a, FourLanes bits) => new((a._values.AsInt64() + (bits._values.AsInt64() << 52)).AsDouble());

    /// <inheritdoc />
    public static double Sum(FourLanes lanes) => Vector256.Sum(lanes._values);
}
