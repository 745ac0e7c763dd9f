using System.Numerics;

namespace Urial;

/// <summary>A value as a dictionary's key: equal as Python's are, 1 to 1.0 and True.</summary>
internal readonly struct JinjaKey : IEquatable<JinjaKey>
{
    /// <exception cref="JinjaFault">The value can be no key.</exception>
    public JinjaKey(object? value) => Value = IsHashable(value) ? value
        : throw new JinjaFault($"{JinjaValue.Kind(value)} can be no key of a dictionary");

    /// <summary>The value.</summary>
    public object? Value { get; }

    /// <inheritdoc/>
    public bool Equals(JinjaKey other) => JinjaValue.Equal(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JinjaKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value switch
    {
        string text => text.GetHashCode(StringComparison.Ordinal),
        bool flag => flag ? 1.0.GetHashCode() : 0.0.GetHashCode(),
        BigInteger number => ((double)number).GetHashCode(),
        double number => number.GetHashCode(),
        JinjaTuple tuple => tuple.Count,
        JinjaUndefined => 1,
        null => 2,
        _ => Value.GetHashCode(),
    };

    private static bool IsHashable(object? value) => value switch
    {
        JinjaTuple tuple => tuple.All(IsHashable),
        JinjaDict or JinjaView => false,
        JinjaRange => true,
        IReadOnlyList<object?> => false,
        _ => true,
    };
}
