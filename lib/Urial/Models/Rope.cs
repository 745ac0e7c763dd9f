using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// Rotary positions (arXiv 2104.09864, in the half-rotation form of transformers): pair i of a head, made of entries i and i + d/2,
/// is turned by position · frequency i. Angles are computed in f32.
/// </summary>
internal sealed class Rope : IDisposable
{
    private readonly int _entries;
    private readonly double _theta;
    private readonly RopeScaling _scaling;
    private readonly ScalarType _type;
    private readonly Device _device;
    private readonly Lazy<Rope>? _wide;
    private readonly Lock _growing = new();
    // [capacity, entries] each, the sines' first half negated; every one twice the last
    private readonly List<(Tensor Cos, Tensor Sin)> _tables = [];

    /// <param name="entries">How many entries of a head, from its first, are turned.</param>
    /// <param name="theta">Base of the frequencies.</param>
    /// <param name="scaling">How they are stretched.</param>
    /// <param name="type">The format of queries and keys.</param>
    /// <param name="device">Where they lie.</param>
    public Rope(int entries, double theta, RopeScaling scaling, ScalarType type, Device device)
    {
        (_entries, _theta, _scaling, _type, _device) = (entries, theta, scaling, type, device);
        _tables.Add(Table(512));
        if (type != ScalarType.Float32)
            _wide = new Lazy<Rope>(() => new Rope(entries, theta, scaling, ScalarType.Float32, device));
    }

    /// <summary>The same in f32; freed together with this.</summary>
    public Rope Wide => _wide?.Value ?? this;

    /// <summary>The factors of a run of positions, which ends a text; both [positions, 1, entries].</summary>
    public (Tensor Cos, Tensor Sin) At(long start, long count)
    {
        if (start + count > _scaling.FixedUpTo)
            return Turned(Enumerable.Range((int)start, (int)count), start + count, [count, 1, _entries]);
        var (cosines, sines) = Reach(start + count);
        return (cosines.narrow(0, start, count).unsqueeze(1), sines.narrow(0, start, count).unsqueeze(1));
    }

    /// <summary>The factors of the last positions of several texts; both [texts, positions, 1, entries].</summary>
    /// <param name="positions">[texts, positions].</param>
    /// <param name="lengths">How long each text is, its last position included.</param>
    public (Tensor Cos, Tensor Sin) At(Tensor positions, IReadOnlyList<long> lengths)
    {
        if (lengths.Max() > _scaling.FixedUpTo)
        {
            var (texts, count) = (positions.shape[0], (int)positions.shape[1]);
            var places = positions.cpu().data<long>().ToArray();
            (Tensor Cos, Tensor Sin)[] each = [.. lengths.Select((length, text) =>
                Turned(places.Skip(text * count).Take(count).Select(place => (int)place), length, [1, count, 1, _entries]))];
            return (cat([.. each.Select(one => one.Cos)], 0), cat([.. each.Select(one => one.Sin)], 0));
        }
        var (cosines, sines) = Reach(lengths.Max());
        return (cosines[positions].unsqueeze(2), sines[positions].unsqueeze(2));
    }

    /// <summary>
    /// Turns the first entries of x [batch, positions, heads, headDim]. With the halves swapped, the signs of the rotation lie in the
    /// sines.
    /// </summary>
    public static Tensor Turn(Tensor x, (Tensor Cos, Tensor Sin) at)
    {
        var (entries, all) = (at.Cos.shape[^1], x.shape[^1]);
        return entries == all ? addcmul(x * at.Cos, x.roll(entries / 2, -1), at.Sin, PinnedScalars.One)
            : cat([Turn(x.narrow(-1, 0, entries), at), x.narrow(-1, entries, all - entries)], -1);
    }

    public void Dispose()
    {
        if (_wide is { IsValueCreated: true })
            _wide.Value.Dispose();
        lock (_growing)
            foreach (var (cosines, sines) in _tables)
            {
                cosines.Dispose();
                sines.Dispose();
            }
    }

    // A smaller table stays: models that share a decoder may be reading it on another thread.
    private (Tensor Cos, Tensor Sin) Reach(long count)
    {
        lock (_growing)
        {
            var capacity = _tables[^1].Cos.shape[0];
            if (count > capacity)
                _tables.Add(Table(Math.Max(count, 2 * capacity)));
            return _tables[^1];
        }
    }

    private (Tensor, Tensor) Table(long count)
    {
        using var scope = NewDisposeScope();
        var (cos, sin) = Turned(Enumerable.Range(0, (int)count), 0, [count, _entries]);
        return (cos.DetachFromDisposeScope(), sin.DetachFromDisposeScope());
    }

    private (Tensor Cos, Tensor Sin) Turned(IEnumerable<int> positions, long length, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var frequencies = tensor(RopeFrequencies.Of(_entries, _theta, _scaling, length)); // [entries / 2]
        var angles = tensor(positions.Select(i => (float)i).ToArray()).unsqueeze(1) * frequencies; // [positions, entries / 2]
        var (cos, sin) = (angles.cos(), angles.sin());
        if (_scaling.AttentionFactor != 1)
        {
            var factor = tensor((float)_scaling.AttentionFactor);
            (cos, sin) = (cos * factor, sin * factor);
        }
        return (cat([cos, cos], -1).to(_type).view(shape).to(_device).MoveToOuterDisposeScope(),
            cat([-sin, sin], -1).to(_type).view(shape).to(_device).MoveToOuterDisposeScope());
    }
}
