using System.Numerics;

namespace Urial;

/// <summary>The variable <c>loop</c>: where a loop stands. It looks ahead only when it is asked to, as Jinja's does.</summary>
/// <param name="items">What the loop runs over.</param>
/// <param name="depth">How many recursive loops are around it.</param>
/// <param name="recurse">Runs the loop's body over other items; null where the loop is not recursive.</param>
internal sealed class JinjaLoop(IEnumerable<object?> items, int depth, Func<object?, int, string>? recurse)
{
    private readonly int? _known = (items as IReadOnlyCollection<object?>)?.Count;
    private readonly Queue<object?> _ahead = new();
    private readonly IEnumerator<object?> _items = items.GetEnumerator();
    private int _index0 = -1;
    private object? _before;
    private object? _current;
    private IReadOnlyList<object?>? _changed;

    /// <summary>Goes on to the next item.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext(out object? item)
    {
        item = null;
        if (!Peek())
            return false;
        item = _ahead.Dequeue();
        (_index0, _before, _current) = (_index0 + 1, _current, item);
        return true;
    }

    /// <summary>What a name of <c>loop</c> stands for.</summary>
    /// <returns>Whether there is such a name.</returns>
    public bool TryGet(string name, out object? value)
    {
        value = name switch
        {
            "index" => new BigInteger(_index0 + 1),
            "index0" => new BigInteger(_index0),
            "revindex" => new BigInteger(Length() - _index0),
            "revindex0" => new BigInteger(Length() - _index0 - 1),
            "first" => _index0 == 0,
            "last" => !Peek(),
            "length" => new BigInteger(Length()),
            "depth" => new BigInteger(depth + 1),
            "depth0" => new BigInteger(depth),
            "previtem" => _index0 == 0 ? new JinjaUndefined("the item before the first") : _before,
            "nextitem" => Peek() ? _ahead.Peek() : new JinjaUndefined("the item behind the last"),
            "cycle" => new JinjaFunction("loop.cycle", Cycle),
            "changed" => new JinjaFunction("loop.changed", Changed),
            _ => null,
        };
        return value is not null || name is "previtem" or "nextitem";
    }

    /// <summary>The text of the loop's body for other items.</summary>
    /// <exception cref="JinjaFault">The loop is not recursive.</exception>
    public object? Call(JinjaArguments arguments) => recurse is null
        ? throw new JinjaFault("a loop that is not marked recursive cannot be called")
        : recurse(arguments.Bind("loop", ("iterable", JinjaArguments.Required))[0], depth + 1);

    /// <summary>As Jinja prints it.</summary>
    public override string ToString() => FormattableString.Invariant($"<LoopContext {_index0 + 1}/{Length()}>");

    private bool Peek()
    {
        if (_ahead.Count == 0 && _items.MoveNext())
            _ahead.Enqueue(_items.Current);
        return _ahead.Count > 0;
    }

    private int Length()
    {
        if (_known is { } length)
            return length;
        while (_items.MoveNext())
            _ahead.Enqueue(_items.Current);
        return _index0 + 1 + _ahead.Count;
    }

    private object? Cycle(JinjaArguments arguments) => arguments.Positional.Count > 0
        ? arguments.Positional[_index0 % arguments.Positional.Count]
        : throw new JinjaFault("loop.cycle needs something to choose from");

    private object? Changed(JinjaArguments arguments)
    {
        if (_changed is not null && JinjaValue.Equal(new JinjaTuple(_changed), new JinjaTuple(arguments.Positional)))
            return false;
        _changed = arguments.Positional;
        return true;
    }
}
