using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// Rotary positions (arXiv 2104.09864, in the half-rotation form of transformers): pair i of a head, made of entries i and i + d/2,
/// is turned by position · theta^(-2i/d). Angles are computed in f32.
/// </summary>
internal sealed class Rope : IDisposable
{
    private readonly int _headDim;
    private readonly double _theta;
    private readonly ScalarType _type;
    private readonly Lock _growing = new();
    // [capacity, headDim] each, the sines' first half negated; every one twice the last
    private readonly List<(Tensor Cos, Tensor Sin)> _tables = [];

    public Rope(int headDim, double theta, ScalarType type)
    {
        (_headDim, _theta, _type) = (headDim, theta, type);
        _tables.Add(Table(512));
    }

    /// <summary>The factors of a run of positions; both [positions, 1, headDim].</summary>
    public (Tensor Cos, Tensor Sin) At(long start, long count)
    {
        var (cosines, sines) = Reach(start + count);
        return (cosines.narrow(0, start, count).unsqueeze(1), sines.narrow(0, start, count).unsqueeze(1));
    }

    /// <summary>The factors of given positions [batch, positions]; both [batch, positions, 1, headDim].</summary>
    public (Tensor Cos, Tensor Sin) At(Tensor positions, long end)
    {
        var (cosines, sines) = Reach(end);
        return (cosines[positions].unsqueeze(2), sines[positions].unsqueeze(2));
    }

    /// <summary>Turns x [batch, positions, heads, headDim]. With the halves swapped, the signs of the rotation lie in the sines.</summary>
    public static Tensor Turn(Tensor x, (Tensor Cos, Tensor Sin) at) =>
        addcmul(x * at.Cos, x.roll(x.shape[^1] / 2, -1), at.Sin, PinnedScalars.One);

    public void Dispose()
    {
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
        using var noGrad = no_grad();
        // Tensors, not numbers: see PinnedScalars.
        var exponents = tensor(Enumerable.Range(0, _headDim / 2).Select(i => 2f * i).ToArray()) / tensor((float)_headDim); // [headDim / 2]
        var frequencies = tensor(1f) / pow(tensor((float)_theta), exponents); // [headDim / 2]
        // [count, headDim / 2]
        var angles = tensor(Enumerable.Range(0, (int)count).Select(i => (float)i).ToArray()).unsqueeze(1) * frequencies;
        var cos = angles.cos();
        var sin = angles.sin();
        return (cat([cos, cos], -1).to(_type).DetachFromDisposeScope(), cat([-sin, sin], -1).to(_type).DetachFromDisposeScope());
    }
}
