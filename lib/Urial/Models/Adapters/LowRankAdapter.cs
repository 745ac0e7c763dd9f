using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// A LoRA adapter (Hu et al., arXiv 2106.09685): for each matrix W of a base model that it changes, two thin ones, which make
/// W + scale · B·A of it. Read and written in the layout of Python's PEFT.
/// </summary>
public sealed class LowRankAdapter : IDisposable
{
    /// <summary>The name of the file with the matrices.</summary>
    public const string FileName = "adapter_model.safetensors";

    internal const string MergeThere =
        "Merge the adapter into its base with PEFT (merge_and_unload, save_pretrained), and name the folder of that model.";

    private readonly SortedDictionary<string, LowRankMatrices> _matrices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _modules = new(StringComparer.Ordinal); // weight → its module's name in files

    private LowRankAdapter(AdapterConfig config) => Config = config;

    /// <summary>What the adapter's configuration says.</summary>
    public AdapterConfig Config { get; }

    /// <summary>
    /// The matrices by the name of the weight that they change, as it stands in the base's safetensors files
    /// (<c>model.layers.0.self_attn.q_proj.weight</c>).
    /// </summary>
    public IReadOnlyDictionary<string, LowRankMatrices> Matrices => _matrices;

    /// <summary>Number of values in all matrices.</summary>
    public long Parameters => _matrices.Values.Sum(pair => pair.A.NumberOfElements + pair.B.NumberOfElements);

    /// <summary>Reads an adapter's folder and checks it against a base.</summary>
    /// <param name="directory">The folder with <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>.</param>
    /// <param name="config">The base's shape; how many tokens it knows does not matter.</param>
    /// <exception cref="UrialException">
    /// A file is missing, damaged or not supported; a matrix is missing, misshapen or one too many; the adapter is for another base.
    /// </exception>
    public static LowRankAdapter Read(string directory, DecoderConfig config) => AdapterReader.Read(directory, config);

    /// <summary>
    /// An adapter of given matrices. It shares their memory, so that what training writes into them is seen here; it keeps no gradients.
    /// </summary>
    /// <param name="config">Ranks, scales and targets.</param>
    /// <param name="matrices">By the name of the weight that they change: A f32 [rank, in], B f32 [out, rank].</param>
    /// <exception cref="UrialException">A name is no weight's, or a matrix has another rank than the configuration says.</exception>
    public static LowRankAdapter Of(AdapterConfig config, IReadOnlyDictionary<string, (Tensor A, Tensor B)> matrices)
    {
        if (matrices.Count == 0)
            throw new UrialException("An adapter needs at least one pair of matrices, and none is given.");
        var adapter = new LowRankAdapter(config);
        foreach (var (weight, (a, b)) in matrices)
        {
            if (!weight.EndsWith(".weight", StringComparison.Ordinal))
                throw new UrialException($"An adapter changes weights, and '{weight}' is none: its name does not end with '.weight'.");
            var rank = config.RankOf(AdapterKeys.Module(weight));
            if (a.shape is not [var rows, _] || b.shape is not [_, var columns] || rows != rank || columns != rank)
                throw new UrialException($"The adapter's matrices for '{weight}' are {Shape(a)} and {Shape(b)}, and they must be "
                    + $"[{rank}, in] and [out, {rank}].");
            if (a.dtype != ScalarType.Float32 || b.dtype != ScalarType.Float32)
                throw new UrialException($"The adapter's matrices for '{weight}' are {a.dtype} and {b.dtype}, and they must be Float32.");
            adapter.Add(weight, AdapterKeys.Module(weight), a.detach(), b.detach());
        }
        return adapter;
    }

    /// <summary>Writes <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>, as PEFT loads them.</summary>
    /// <param name="directory">The folder; it is created where it is missing.</param>
    /// <param name="precision">The format to store the matrices in.</param>
    /// <exception cref="UrialException">A file cannot be written.</exception>
    public void Write(string directory, Precision precision)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        AtomicFile.WriteText(Path.Combine(directory, AdapterConfig.FileName), Config.ToJson());
        SafeTensors.Write(Path.Combine(directory, FileName), _matrices.SelectMany(entry => new[]
        {
            (AdapterKeys.Of(_modules[entry.Key], 'A'), entry.Value.A.to(precision.ScalarType())),
            (AdapterKeys.Of(_modules[entry.Key], 'B'), entry.Value.B.to(precision.ScalarType())),
        }));
    }

    /// <summary>Frees the matrices; memory that is shared with a caller's stays the caller's.</summary>
    public void Dispose()
    {
        foreach (var (a, b, _) in _matrices.Values)
        {
            a.Dispose();
            b.Dispose();
        }
    }

    /// <summary>This adapter, its names in files included, with other values in its matrices.</summary>
    /// <param name="values">By the names of the weights, as in <see cref="Of"/>.</param>
    /// <param name="named">What it calls its base.</param>
    /// <param name="revision">The base's revision on the hub; null where it has none.</param>
    internal LowRankAdapter With(IReadOnlyDictionary<string, (Tensor A, Tensor B)> values, string named, string? revision)
    {
        var adapter = new LowRankAdapter(Config with { Base = named, Revision = revision });
        foreach (var (weight, module) in _modules)
            adapter.Add(weight, module, values[weight].A.detach(), values[weight].B.detach());
        return adapter;
    }

    /// <summary>An adapter without matrices yet.</summary>
    internal static LowRankAdapter Empty(AdapterConfig config) => new(config);

    /// <summary>Takes in a pair of matrices, which it owns from now on.</summary>
    /// <param name="weight">What they change.</param>
    /// <param name="module">What files call it, without <c>.weight</c>.</param>
    /// <param name="a">f32 [rank, in].</param>
    /// <param name="b">f32 [out, rank].</param>
    internal void Add(string weight, string module, Tensor a, Tensor b)
    {
        _matrices.Add(weight, new LowRankMatrices(a.DetachFromDisposeScope(), b.DetachFromDisposeScope(), Config.ScaleOf(module)));
        _modules.Add(weight, module);
    }

    /// <summary>
    /// A weight with its change, computed in f32 and rounded once to the weight's own format, as PEFT's <c>merge_and_unload</c> does. A
    /// new tensor: the weight may lie in a file that others read.
    /// </summary>
    /// <param name="name">The weight's name.</param>
    /// <param name="weight">[out, in], or [in, out] where the family is transposed.</param>
    /// <param name="transposed">Whether it is.</param>
    internal Tensor Merged(string name, Tensor weight, bool transposed)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (a, b, scale) = _matrices[name];
        var change = b.matmul(a).mul(scale); // [out, in]
        return weight.to(ScalarType.Float32).add(transposed ? change.t() : change).to(weight.dtype).contiguous().MoveToOuterDisposeScope();
    }

    private static string Shape(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
