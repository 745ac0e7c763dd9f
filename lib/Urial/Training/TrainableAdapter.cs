using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// A decoder whose weights stay as they are while a LoRA adapter to the matrices of its blocks is in training (Hu et al., arXiv
/// 2106.09685).
/// </summary>
public sealed class TrainableAdapter : ITrainable
{
    private const string FirstEnd = ".A", SecondEnd = ".B";

    /// <summary>A fresh adapter: A drawn from U(−1/√in, 1/√in), B zero, so that at first nothing is changed.</summary>
    /// <param name="start">The base model, whose weights are read and never written; it must outlive this object.</param>
    /// <param name="rank">Rows of A and columns of B.</param>
    /// <param name="scale">The factor of B·A.</param>
    /// <param name="seed">The same seed draws the same matrices.</param>
    public TrainableAdapter(Decoder start, int rank, double scale, int seed) : this(start, Fresh(start.Config, rank, seed), scale)
    {
    }

    /// <summary>An adapter that was trained before.</summary>
    /// <param name="start">The base model.</param>
    /// <param name="matrices">A [rank, in] and B [out, rank] by the names of the weights that they change; they stay as they are.</param>
    /// <param name="scale">The factor of B·A.</param>
    public TrainableAdapter(Decoder start, IReadOnlyDictionary<string, (Tensor A, Tensor B)> matrices, double scale)
    {
        Targets = [.. matrices.Keys.Order(StringComparer.Ordinal)];
        Parameters = new FlatParameters(
            [.. Targets.SelectMany(name => new[] { KeyValuePair.Create(name + FirstEnd, matrices[name].A),
                KeyValuePair.Create(name + SecondEnd, matrices[name].B) })], 2 * Targets.Count, start.Precision.ScalarType());
        var compute = Parameters.Compute;
        Model = new Decoder(start.Config, start.Weights, Targets.ToDictionary(name => name,
            name => new LowRankChange(compute[name + FirstEnd], compute[name + SecondEnd], scale)));
    }

    /// <summary>The names of the weights that are changed, in order.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <inheritdoc/>
    public Decoder Model { get; }

    /// <inheritdoc/>
    public FlatParameters Parameters { get; }

    /// <summary>The names of all matrices in the blocks of a decoder: what an adapter changes here.</summary>
    /// <param name="config">The decoder's shape.</param>
    public static IReadOnlyList<string> AllMatrices(DecoderConfig config)
    {
        string[] blocks = [.. Enumerable.Range(0, config.Layers).Select(layer => DecoderLayout.Block(config, layer))];
        return [.. DecoderLayout.Shapes(config).Where(weight => weight.Value.Length == 2
            && blocks.Any(block => weight.Key.StartsWith(block, StringComparison.Ordinal))).Select(weight => weight.Key)];
    }

    /// <summary>A and B as they are now, f32, by the names of the weights that they change; the caller frees them.</summary>
    public Dictionary<string, (Tensor A, Tensor B)> Snapshot()
    {
        var values = Parameters.Snapshot();
        return Targets.ToDictionary(name => name, name => (values[name + FirstEnd], values[name + SecondEnd]), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    /// <remarks>The base model's weights stay.</remarks>
    public void Dispose() => Parameters.Dispose();

    internal static Dictionary<string, (Tensor A, Tensor B)> Fresh(DecoderConfig config, int rank, int seed)
    {
        using var generator = new Generator((ulong)seed, CPU);
        using var noGrad = no_grad();
        var shapes = DecoderLayout.Shapes(config);
        return AllMatrices(config).ToDictionary(name => name, name =>
        {
            var shape = config.Family.Transposed ? shapes[name].Reverse().ToArray() : shapes[name]; // [out, in]
            var bound = 1 / Math.Sqrt(shape[1]);
            return (empty(rank, shape[1]).uniform_(-bound, bound, generator), zeros(shape[0], rank));
        });
    }
}
