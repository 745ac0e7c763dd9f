using static TorchSharp.torch;

namespace Urial;

/// <summary>A decoder all of whose weights are in training.</summary>
public sealed class TrainableWeights : ITrainable
{
    /// <summary>Takes over the values of <paramref name="start"/>, which stays as it is.</summary>
    /// <param name="start">The decoder to start from.</param>
    /// <param name="compute">The number format to compute in.</param>
    public TrainableWeights(Decoder start, Precision compute)
    {
        // Hidden matrices first: weight decay then works on one slice.
        var ordered = start.Weights.OrderBy(w => IsHiddenMatrix(w.Key, w.Value) ? 0 : 1).ThenBy(w => w.Key, StringComparer.Ordinal)
            .ToList();
        Parameters = new FlatParameters(ordered, ordered.Count(w => IsHiddenMatrix(w.Key, w.Value)), compute.ScalarType());
        Model = new Decoder(start.Config, Parameters.Compute);
    }

    /// <inheritdoc/>
    public Decoder Model { get; }

    /// <inheritdoc/>
    public FlatParameters Parameters { get; }

    /// <summary>The master values as a decoder of their own, f32, without gradients.</summary>
    public Decoder Snapshot() => new(Model.Config, Parameters.Snapshot());

    /// <inheritdoc/>
    public void Dispose()
    {
        Model.Dispose();
        Parameters.Dispose();
    }

    private static bool IsHiddenMatrix(string name, Tensor value) =>
        value.dim() > 1 && !name.Contains("embed_tokens") && !name.Contains("lm_head");
}
