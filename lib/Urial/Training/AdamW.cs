using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// AdamW (Loshchilov and Hutter, arXiv 1711.05101) over one flat vector: TorchSharp's own optimiser goes parameter by parameter
/// and cannot be stopped and resumed exactly, which a training run of an hour needs.
/// </summary>
public sealed class AdamW : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.95, Epsilon = 1e-8;
    // Kept for as long as the optimiser: see PinnedScalars.
    private readonly Scalar _beta1 = Beta1, _rest1 = 1 - Beta1, _beta2 = Beta2, _rest2 = 1 - Beta2, _epsilon = Epsilon;
    private readonly FlatParameters _parameters;
    private readonly double _decay, _clip;

    /// <summary>An optimiser at step 0.</summary>
    /// <param name="parameters">What it changes.</param>
    /// <param name="decay">Decoupled weight decay on the first of them (<see cref="FlatParameters.Decayed"/>).</param>
    /// <param name="clip">The largest gradient norm; a longer gradient is scaled down to it.</param>
    public AdamW(FlatParameters parameters, double decay, double clip)
    {
        (_parameters, _decay, _clip) = (parameters, decay, clip);
        First = zeros_like(parameters.Master).DetachFromDisposeScope();
        Second = zeros_like(parameters.Master).DetachFromDisposeScope();
    }

    /// <summary>[parameters]: running mean of the gradient.</summary>
    public Tensor First { get; }

    /// <summary>[parameters]: running mean of its square.</summary>
    public Tensor Second { get; }

    /// <summary>Updates made so far.</summary>
    public int Updates { get; set; }

    /// <summary>One update from the gradients of the last backward pass.</summary>
    /// <param name="rate">The learning rate.</param>
    /// <returns>The gradient's norm before clipping.</returns>
    public double Step(double rate)
    {
        var norm = _parameters.GatherGradient();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (gradient, master) = (_parameters.Gradient, _parameters.Master);
        using Scalar shrink = Math.Min(1, _clip / norm);
        if (norm > _clip)
            gradient.mul_(shrink);
        Updates++;
        First.mul_(_beta1).add_(gradient, alpha: _rest1);
        Second.mul_(_beta2).addcmul_(gradient, gradient, _rest2);
        using Scalar correction = Math.Sqrt(1 - Math.Pow(Beta2, Updates)), kept = 1 - rate * _decay, minusRate =
            -rate / (1 - Math.Pow(Beta1, Updates));
        var scale = Second.sqrt().div_(correction).add_(_epsilon, PinnedScalars.One); // [parameters]
        if (_parameters.Decayed > 0)
            master.narrow(0, 0, _parameters.Decayed).mul_(kept);
        master.addcdiv_(First, scale, minusRate);
        _parameters.Publish();
        return norm;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
    }
}
