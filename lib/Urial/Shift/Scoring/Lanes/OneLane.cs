using System.Runtime.CompilerServices;

namespace Urial;

/// <summary>One number: where a row ends, and processors whose vectors hold no more than two.</summary>
internal readonly struct OneLane(double value) : ILanes<OneLane>
{
    private readonly double _value = value;

    /// <inheritdoc />
    public static int Count => 1;

    /// <inheritdoc />
    public static OneLane operator +(OneLane a, OneLane b) => new(a._value + b._value);

    /// <inheritdoc />
    public static OneLane operator -(OneLane a, OneLane b) => new(a._value - b._value);

    /// <inheritdoc />
    public static OneLane operator *(OneLane a, OneLane b) => new(a._value * b._value);

    /// <inheritdoc />
    public static OneLane operator /(OneLane a, OneLane b) => new(a._value / b._value);

    /// <inheritdoc />
    public static OneLane All(double value) => new(value);

    /// <inheritdoc />
    public static OneLane Load(ref readonly double first, int index) => new(Unsafe.Add(ref Unsafe.AsRef(in first), index));

    /// <inheritdoc />
    public static OneLane Load(ref readonly float first, int index) => new(Unsafe.Add(ref Unsafe.AsRef(in first), index));

    /// <inheritdoc />
    public static void Store(OneLane lanes, ref double first, int index) => Unsafe.Add(ref first, index) = lanes._value;

    /// <inheritdoc />
    public static OneLane MultiplyAdd(OneLane a, OneLane b, OneLane c) => new(Math.FusedMultiplyAdd(a._value, b._value, c._value));

    /// <inheritdoc />
    public static OneLane Max(OneLane a, OneLane b) => new(double.MaxNative(a._value, b._value));

    /// <inheritdoc />
    public static OneLane Min(OneLane a, OneLane b) => new(double.MinNative(a._value, b._value));

    /// <inheritdoc />
    public static OneLane Abs(OneLane a) => new(Math.Abs(a._value));

    /// <inheritdoc />
    public static OneLane Scale(OneLane a, OneLane bits) => new(BitConverter.Int64BitsToDouble(
        BitConverter.DoubleToInt64Bits(a._value) + (BitConverter.DoubleToInt64Bits(bits._value) << 52)));

    /// <inheritdoc />
    public static double Sum(OneLane lanes) => lanes._value;
}
