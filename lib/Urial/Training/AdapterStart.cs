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
            return Read(directory, decoder.Config);
        return new AdapterStart(TrainableAdapter.Fresh(decoder.Config, settings.Rank, settings.Options.Seed), settings.Rank, FreshScale);
    }

    private static AdapterStart Read(string directory, DecoderConfig config)
    {
        var read = LowRankAdapter.Read(directory, config);
        string[] modules = [.. read.Matrices.Keys.Select(AdapterKeys.Module)];
        var ranks = modules.Select(read.Config.RankOf).Distinct().ToArray();
        var scales = modules.Select(read.Config.ScaleOf).Distinct().ToArray();
        return ranks.Length == 1 && scales.Length == 1
            ? new AdapterStart(read.Matrices.ToDictionary(entry => entry.Key, entry => (entry.Value.A, entry.Value.B)), ranks[0], scales[0])
            : throw new UrialException($"The adapter in '{directory}' has several ranks or factors, and it can be tuned further only where "
                + "all its matrices have one.");
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
