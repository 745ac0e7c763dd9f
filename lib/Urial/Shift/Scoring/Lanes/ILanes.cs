using System.Numerics;

namespace Urial;

/// <summary>
/// Numbers in double that a processor computes with side by side: what is written once over lanes runs over as many as it has, and over
/// one where a row ends.
/// </summary>
/// <typeparam name="TSelf">The lanes themselves.</typeparam>
internal interface ILanes<TSelf> : IAdditionOperators<TSelf, TSelf, TSelf>, ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>, IDivisionOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>How many lanes there are.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in all lanes.</summary>
    static abstract TSelf All(double value);

    /// <summary>As many numbers as there are lanes, from an index on; what lies behind the end is not looked for.</summary>
    static abstract TSelf Load(ref readonly double first, int index);

    /// <summary>The same of single precision, widened.</summary>
    static abstract TSelf Load(ref readonly float first, int index);

    /// <summary>Puts the lanes where <see cref="Load(ref readonly double, int)"/> takes them from.</summary>
    static abstract void Store(TSelf lanes, ref double first, int index);

    /// <summary>a × b + c, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>The larger of two numbers, in every lane.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The smaller of two numbers, in every lane.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>The magnitude.</summary>
    static abstract TSelf Abs(TSelf a);

    /// <summary>a × 2ⁿ, the whole number n in the lowest bits of another's; a and the result are normal numbers.</summary>
    static abstract TSelf Scale(TSelf a, TSelf bits);

    /// <summary>The sum over the lanes.</summary>
    static abstract double Sum(TSelf lanes);
}
