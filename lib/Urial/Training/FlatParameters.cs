using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// Parameters in training: one flat f32 master vector that the optimiser changes, and a copy of it, tensor by tensor, in the number
/// format that the forward and backward passes use. On a CPU with bf16 instructions a bf16 copy doubles the speed.
/// </summary>
public sealed class FlatParameters : IDisposable
{
    private readonly List<(string Name, long Offset, long[] Shape, Tensor Compute)> _parts = [];

    /// <summary>Takes over values, which stay as they are.</summary>
    /// <param name="start">The parameters by name, in their order in the vector; those that weight decay acts on come first.</param>
    /// <param name="decayed">How many of them weight decay acts on.</param>
    /// <param name="compute">The number format of the copy that is computed with.</param>
    public FlatParameters(IReadOnlyList<KeyValuePair<string, Tensor>> start, int decayed, ScalarType compute)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Master = cat([.. start.Select(part => part.Value.detach().to(ScalarType.Float32).reshape(-1))]).DetachFromDisposeScope();
        Gradient = zeros_like(Master).DetachFromDisposeScope();
        long offset = 0;
        foreach (var (name, value) in start)
        {
            var copy = value.detach().to(compute, copy: true).requires_grad_().DetachFromDisposeScope();
            _parts.Add((name, offset, value.shape, copy));
            offset += value.numel();
            if (_parts.Count <= decayed)
                Decayed = offset;
        }
    }

    /// <summary>[parameters] f32.</summary>
    public Tensor Master { get; }

    /// <summary>[parameters] f32: the gradient of the last backward passes, filled by <see cref="GatherGradient"/>.</summary>
    public Tensor Gradient { get; }

    /// <summary>Weight decay acts on the first so many parameters.</summary>
    public long Decayed { get; }

    /// <summary>The copies that are computed with, by name; they require gradients.</summary>
    public IReadOnlyDictionary<string, Tensor> Compute => _parts.ToDictionary(part => part.Name, part => part.Compute);

    /// <summary>Moves the gradients of the copies into <see cref="Gradient"/> and clears them.</summary>
    /// <returns>The gradient's Euclidean norm.</returns>
    public double GatherGradient()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var (_, offset, _, compute) in _parts)
        {
            var slice = Gradient.narrow(0, offset, compute.numel());
            if (compute.grad is { } gradient)
            {
                slice.copy_(gradient.reshape(-1));
                compute.grad = null;
            }
            else slice.zero_();
        }
        return Gradient.norm().item<float>();
    }

    /// <summary>Copies the master values into the copies.</summary>
    public void Publish()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var (_, offset, shape, compute) in _parts)
            compute.copy_(Master.narrow(0, offset, compute.numel()).reshape(shape));
    }

    /// <summary>The master values by name, f32, as tensors of their own without gradients; the caller frees them.</summary>
    public Dictionary<string, Tensor> Snapshot()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return _parts.ToDictionary(part => part.Name, part =>
            Master.narrow(0, part.Offset, part.Compute.numel()).reshape(part.Shape).clone().DetachFromDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in _parts)
            part.Compute.Dispose();
        Master.Dispose();
        Gradient.Dispose();
    }
}
