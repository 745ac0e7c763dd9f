using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>The parameters that did best on examples that nothing is learnt from.</summary>
/// <param name="parameters">What is in training.</param>
internal sealed class BestParameters(FlatParameters parameters) : IDisposable
{
    /// <summary>[parameters] f32; null where nothing was measured yet.</summary>
    public Tensor? Values { get; private set; }

    /// <summary>Their loss.</summary>
    public double? Loss { get; private set; }

    /// <summary>The steps after which they stood.</summary>
    public int? Step { get; private set; }

    /// <summary>Measures since then, none of them better.</summary>
    public int Stale { get; private set; }

    /// <summary>Takes a measurement of the parameters as they are.</summary>
    public void Take(double loss, int step)
    {
        if (Loss is { } best && !(loss < best))
        {
            Stale++;
            return;
        }
        using var noGrad = no_grad();
        Values ??= zeros_like(parameters.Master).DetachFromDisposeScope();
        Values.copy_(parameters.Master);
        (Loss, Step, Stale) = (loss, step, 0);
    }

    /// <summary>Takes over what a checkpoint says.</summary>
    public void Set(Tensor values, double loss, int step, int stale)
    {
        Values = values.clone().DetachFromDisposeScope();
        (Loss, Step, Stale) = (loss, step, stale);
    }

    /// <summary>Puts them back into the parameters; does nothing where nothing was measured.</summary>
    public void Restore()
    {
        if (Values is null)
            return;
        using var noGrad = no_grad();
        parameters.Master.copy_(Values);
        parameters.Publish();
    }

    /// <inheritdoc/>
    public void Dispose() => Values?.Dispose();
}
