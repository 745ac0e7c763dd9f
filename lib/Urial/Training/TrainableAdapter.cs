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

    private readonly IReadOnlyDictionary<string, LowRankMatrices> _start;

    /// <summary>An adapter in training.</summary>
    /// <param name="start">The base model, whose weights are read and never written; it must outlive this object.</param>
    /// <param name="adapter">The adapter to start from; it stays as it is, and must outlive this object.</param>
    /// <exception cref="UrialException">It changes something else than matrices of the blocks or the head.</exception>
    public TrainableAdapter(Decoder start, LowRankAdapter adapter)
    {
        _start = adapter.Matrices;
        Targets = [.. _start.Keys.Order(StringComparer.Ordinal)];
        Parameters = new FlatParameters(
            [.. Targets.SelectMany(name => new[] { KeyValuePair.Create(name + FirstEnd, _start[name].A),
                KeyValuePair.Create(name + SecondEnd, _start[name].B) })], 2 * Targets.Count, start.Precision.ScalarType());
        var compute = Parameters.Compute;
        Model = new Decoder(start.Config, start.Weights, Targets.ToDictionary(name => name,
            name => new LowRankChange(compute[name + FirstEnd], compute[name + SecondEnd], _start[name].Scale)));
    }

    /// <summary>The names of the weights that are changed, in order.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <inheritdoc/>
    public Decoder Model { get; }

    /// <inheritdoc/>
    public FlatParameters Parameters { get; }

    /// <summary>
    /// A fresh adapter on every matrix of the blocks: A drawn from U(−1/√in, 1/√in), B zero, so that at first nothing is changed.
    /// </summary>
    /// <param name="config">The base's shape.</param>
    /// <param name="rank">Rows of A and columns of B; α is twice as much, so that a higher rank changes as much at the same rate.</param>
    /// <param name="seed">The same seed draws the same matrices.</param>
    public static LowRankAdapter Fresh(DecoderConfig config, int rank, int seed)
    {
        using var generator = new Generator((ulong)seed, CPU);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var shapes = DecoderLayout.Shapes(config);
        var names = TrainableMatrices.OfBlocks(config);
        var adapter = new AdapterConfig
        {
            Rank = rank,
            Alpha = 2 * rank,
            TargetModules = [.. names.Select(name => name.Split('.')[^2]).Distinct().Order(StringComparer.Ordinal)],
            FanInFanOut = config.Family.Transposed,
        };
        return LowRankAdapter.Of(adapter, names.ToDictionary(name => name, name =>
        {
            var shape = config.Family.Transposed ? shapes[name].Reverse().ToArray() : shapes[name]; // [out, in]
            var bound = 1 / Math.Sqrt(shape[1]);
            return (empty(rank, shape[1]).uniform_(-bound, bound, generator), zeros(shape[0], rank));
        }));
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
}
