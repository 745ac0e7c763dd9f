using System.Runtime.Intrinsics;

namespace Urial;

/// <summary>Eight numbers: processors with vectors of 512 bits.</summary>
internal readonly struct EightLanes(Vector512<double> values) : ILanes<EightLanes>
{
    private readonly Vector512<double> _values = values;

    /// <inheritdoc />
    public static int Count => Vector512<double>.Count;

    /// <inheritdoc />
    public static EightLanes operator +(EightLanes a, EightLanes b) => new(a._values + b._values);

    /// <inheritdoc />
    public static EightLanes operator -(EightLanes a, EightLanes b) => new(a._values - b._values);

    /// <inheritdoc />
    public static EightLanes operator *(EightLanes a, EightLanes b) => new(a._values * b._values);

    /// <inheritdoc />
    public static EightLanes operator /(EightLanes a, EightLanes b) => new(a._values / b._values);

    /// <inheritdoc />
    public static EightLanes All(double value) => new(Vector512.Create(value));

    /// <inheritdoc />
    public static EightLanes Load(ref readonly double first, int index) =>
        new(Vector512.LoadUnsafe(in first, (nuint)index));

    /// <inheritdoc />
    public static EightLanes Load(ref readonly float first, int index) =>
        new(Vector512.WidenLower(Vector256.LoadUnsafe(in first, (nuint)index).ToVector512Unsafe()));

    /// <inheritdoc />
    public static void Store(EightLanes lanes, ref double first, int index) => lanes._values.StoreUnsafe(ref first, (nuint)index);

    /// <inheritdoc />
    public static EightLanes MultiplyAdd(EightLanes a, EightLanes b, EightLanes c) =>
        new(Vector512.FusedMultiplyAdd(a._values, b._values, c._values));

    /// <inheritdoc />
    public static EightLanes Max(EightLanes a, EightLanes b) => new(Vector512.MaxNative(a._values, b._values));

    /// <inheritdoc />
    public static EightLanes Min(EightLanes a, EightLanes b) => new(Vector512.MinNative(a._values, b._values));

    /// <inheritdoc />
    public static EightLanes Abs(EightLanes a) => new(Vector512.Abs(a._values));

    /// <inheritdoc />
    public static EightLanes Scale(EightLanes a, EightLanes bits) => new((a._values.AsInt64() + (bits._values.AsInt64() << 52)).AsDouble());

    /// <inheritdoc />
    public static double Sum(EightLanes lanes) => Vector512.Sum(lanes._values);
}
