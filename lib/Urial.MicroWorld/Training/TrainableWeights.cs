using TorchSharp;
using static TorchSharp.torch;

namespace Urial.MicroWorld;

/// <summary>
/// A decoder's weights in training: one flat f32 master vector that the optimiser changes, and a copy of it, tensor by tensor,
/// in the precision that the forward and backward passes use. On a CPU with bf16 instructions that copy doubles the speed.
/// </summary>
internal sealed class TrainableWeights : IDisposable
{
    private readonly List<(string Name, long Offset, long[] Shape, Tensor Compute)> _parts = [];

    /// <summary>Takes over the values of <paramref name="start"/>, which stays as it is.</summary>
    /// <param name="start">The decoder to start from.</param>
    /// <param name="compute">The type of the copy that is computed with.</param>
    public TrainableWeights(Decoder start, ScalarType compute)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        // Hidden matrices first: weight decay then works on one slice.
        var ordered = start.Weights.OrderBy(w => IsHiddenMatrix(w.Key, w.Value) ? 0 : 1).ThenBy(w => w.Key, StringComparer.Ordinal)
            .ToList();
        Master = cat([.. ordered.Select(w => w.Value.detach().to(ScalarType.Float32).reshape(-1))]).MoveToOuterDisposeScope();
        Gradient = zeros_like(Master).MoveToOuterDisposeScope();
        long offset = 0;
        foreach (var (name, value) in ordered)
        {
            var copy = value.detach().to(compute, copy: true).requires_grad_().MoveToOuterDisposeScope();
            _parts.Add((name, offset, value.shape, copy));
            offset += value.numel();
            if (IsHiddenMatrix(name, value))
                Decayed = offset;
        }
        Model = new Decoder(start.Config, _parts.ToDictionary(p => p.Name, p => p.Compute));
    }

    /// <summary>The decoder over the compute copy; its weights require gradients.</summary>
    public Decoder Model { get; }

    /// <summary>[parameters] f32.</summary>
    public Tensor Master { get; }

    /// <summary>[parameters] f32: the gradient of the last backward pass, filled by <see cref="GatherGradient"/>.</summary>
    public Tensor Gradient { get; }

    /// <summary>The first so many parameters are hidden matrices, on which weight decay acts.</summary>
    public long Decayed { get; }

    /// <summary>Moves the gradients of the compute copy into <see cref="Gradient"/> and clears them.</summary>
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

    /// <summary>Copies the master values into the compute copy.</summary>
    public void Publish()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var (_, offset, shape, compute) in _parts)
            compute.copy_(Master.narrow(0, offset, compute.numel()).reshape(shape));
    }

    /// <summary>The master values as a decoder of their own, f32, without gradients.</summary>
    public Decoder Snapshot()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return new Decoder(Model.Config, _parts.ToDictionary(p => p.Name,
            p => Master.narrow(0, p.Offset, p.Compute.numel()).reshape(p.Shape).clone().MoveToOuterDisposeScope()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Model.Dispose();
        foreach (var part in _parts)
            part.Compute.Dispose();
        Master.Dispose();
        Gradient.Dispose();
    }

    private static bool IsHiddenMatrix(string name, Tensor value) =>
        value.dim() > 1 && !name.Contains("embed_tokens") && !name.Contains("lm_head");
}
