using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>The adapter that a tuning run starts from.</summary>
/// <param name="Matrices">A [rank, in] and B [out, rank], f32, by the names of the weights that they change.</param>
/// <param name="Rank">The rank.</param>
/// <param name="Scale">The factor of B·A.</param>
internal sealed record AdapterStart(IReadOnlyDictionary<string, (Tensor A, Tensor B)> Matrices, int Rank, double Scale) : IDisposable
{
    // α is twice the rank, so that a higher rank changes as much at the same learning rate.
    private const double FreshScale = 2;

    /// <summary>The adapter that the settings name, or a fresh one.</summary>
    /// <exception cref="UrialException">The adapter cannot be read, or does not fit the decoder.</exception>
    public static AdapterStart Of(TuneSettings settings, Decoder decoder)
    {
        if (settings.AdapterDirectory is { } directory)
            throw new NotSupportedException(directory);
        return new AdapterStart(TrainableAdapter.Fresh(decoder.Config, settings.Rank, settings.Options.Seed), settings.Rank, FreshScale);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (a, b) in Matrices.Values)
        {
            a.Dispose();
            b.Dispose();
        }
    }
}
