using System.Collections;
using System.Numerics;

namespace Urial;

/// <summary>What <c>range</c> gives.</summary>
internal sealed class JinjaRange : IReadOnlyList<object?>
{
    /// <summary>The most numbers that the sandbox allows (MAX_RANGE of jinja2.sandbox).</summary>
    public const int Longest = 100_000;

    private readonly BigInteger _start;
    private readonly BigInteger _stop;
    private readonly BigInteger _step;

    /// <exception cref="JinjaFault">The step is 0, or there are too many numbers.</exception>
    public JinjaRange(BigInteger start, BigInteger stop, BigInteger step)
    {
        if (step.IsZero)
            throw new JinjaFault("the step of a range is 0");
        (_start, _stop, _step) = (start, stop, step);
        var span = step.Sign > 0 ? stop - start : start - stop;
        var size = BigInteger.Abs(step);
        var count = span.Sign > 0 ? (span + size - 1) / size : 0;
        Count = count <= Longest ? (int)count
            : throw new JinjaFault(FormattableString.Invariant($"a range of {count} numbers is too long: {Longest} are allowed"));
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public object? this[int index] => _start + index * _step;

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As Python prints it.</summary>
    public override string ToString() =>
        FormattableString.Invariant(_step.IsOne ? $"range({_start}, {_stop})" : (FormattableString)$"range({_start}, {_stop}, {_step})");
}
