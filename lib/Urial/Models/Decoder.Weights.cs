using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <content>Where the weights come from and go to, and texts that outgrow what their keys were computed for.</content>
public sealed partial class Decoder
{
    private readonly Func<Tensor, Tensor> _activation;
    private readonly Lazy<PackedDecoder> _packed;
    private readonly Lazy<bool> _canBePacked;

    /// <summary>A decoder over given weights, which it owns from now on.</summary>
    /// <param name="config">Its shape.</param>
    /// <param name="weights">All weights by their Hugging Face names, all f32 or all bf16.</param>
    /// <exception cref="UrialException">A weight is missing, unknown or has another shape than the configuration asks for.</exception>
    public Decoder(DecoderConfig config, IReadOnlyDictionary<string, Tensor> weights) : this(config, weights, null)
    {
    }

    /// <summary>As the other, with an adapter in training.</summary>
    /// <param name="config">Its shape.</param>
    /// <param name="weights">All weights.</param>
    /// <param name="changes">What is added to matrices, by the names of their weights; in the weights' format.</param>
    internal Decoder(DecoderConfig config, IReadOnlyDictionary<string, Tensor> weights, IReadOnlyDictionary<string, LowRankChange>? changes)
    {
        config.Check("configuration");
        DecoderLayout.Check(config, weights.ToDictionary(w => w.Key, w => w.Value.shape), "The set of weights");
        var embedding = DecoderLayout.Embedding(config);
        var type = weights[embedding].dtype;
        if (type is not (ScalarType.Float32 or ScalarType.BFloat16))
            throw new UrialException($"The weights are {type}; a decoder computes in Float32 or BFloat16.");
        if (weights.FirstOrDefault(w => w.Value.dtype != type) is { Key: { } odd })
            throw new UrialException($"Weight '{odd}' is {weights[odd].dtype}, and '{embedding}' is {type}: all weights of "
                + "a decoder have one number format.");
        (Config, _family) = (config, config.Family);
        IsSmall = config.Parameters < TorchThreads.SmallModel && weights[embedding].device_type == DeviceType.CPU;
        Precision = type == ScalarType.Float32 ? Precision.F32 : Precision.BF16;
        _weights = weights.ToDictionary(w => w.Key, w => w.Value, StringComparer.Ordinal);
        foreach (var weight in _weights.Values)
            weight.DetachFromDisposeScope();
        var names = _family.Names;
        _embedding = _weights[embedding];
        Device = _embedding.device;
        _positions = names.Positions is null ? null : _weights[$"{names.Model}{names.Positions}.weight"];
        _blocks = [.. Enumerable.Range(0, config.Layers).Select(layer => new DecoderBlock(config, layer, _weights, changes))];
        var final = $"{names.Model}{names.FinalNorm}";
        _finalNorm = new Layer(_weights[final + ".weight"], _weights.GetValueOrDefault(final + ".bias"));
        _head = config.TiedHead ? _embedding : _weights[names.Head + ".weight"];
        _headChange = config.TiedHead ? null : changes?.GetValueOrDefault(names.Head + ".weight");
        if (changes?.Keys.FirstOrDefault(name => !IsTaken(name)) is { } unused)
            throw new UrialException($"A change of the weight '{unused}' cannot be trained: it is no matrix of a block, nor a head "
                + "of its own.");
        _activation = Activations.All[config.Activation];
        _normEpsilon = config.NormEpsilon;
        using (var root = tensor((float)Math.Sqrt(config.HiddenSize)).to(type).to(ScalarType.Float32)) // rounded as the weights are
            EmbeddingScale = root.item<float>();
        _embeddingScale = EmbeddingScale;
        _attentionCap = config.AttentionCap is { } attentionCap ? (Scalar)attentionCap : null;
        _logitCap = config.LogitCap is { } logitCap ? (Scalar)logitCap : null;
        if (names.Positions is null)
            _rope = new Rope(config.TurnedEntries, config.RopeTheta, config.RopeScaling, type, Device);
        if (config.LocalRopeTheta is { } theta)
            _localRope = new Rope(config.TurnedEntries, theta, RopeScaling.None, type, Device);
        _canBePacked = new Lazy<bool>(() => PackedDecoder.Serves(this));
        _packed = new Lazy<PackedDecoder>(() => new PackedDecoder(this));
    }

    /// <summary>The model's shape.</summary>
    public DecoderConfig Config { get; }

    /// <summary>The weights by their Hugging Face names; a tied head is not listed a second time.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights => _weights;

    /// <summary>The number format of weights and activations.</summary>
    public Precision Precision { get; }

    /// <summary>Where it is computed: where its weights lie.</summary>
    internal Device Device { get; }

    /// <summary>Whether its operations are so small that several threads get into each other's way.</summary>
    internal bool IsSmall { get; }

    /// <summary>√width, rounded as the weights are; what embeddings are multiplied by where the family does.</summary>
    internal float EmbeddingScale { get; }

    /// <summary>Whether nobody changes the weights any more: they were read from a folder, and do not ask for gradients.</summary>
    internal bool IsFixed { get; set; }

    /// <summary>
    /// The same model packed for this processor; null where it is not of the kind, or its weights may change. Made when first asked for.
    /// </summary>
    internal PackedDecoder? Packed =>
        IsFixed && Device.type == DeviceType.CPU && _canBePacked.Value && !_weights.Values.Any(weight => weight.requires_grad)
            ? _packed.Value : null;

    /// <summary>The blocks, in order.</summary>
    internal IReadOnlyList<DecoderBlock> Blocks => _blocks;

    /// <summary>Loads a model folder in Hugging Face layout.</summary>
    /// <param name="directory">The folder with <c>config.json</c> and safetensors weights.</param>
    /// <param name="precision">The format to compute in; stored weights are converted where they differ.</param>
    /// <exception cref="UrialException">Something is missing, damaged or not supported.</exception>
    public static Decoder Load(string directory, Precision precision = Precision.F32) => DecoderFiles.Load(directory, precision);

    /// <summary>
    /// A decoder with fresh f32 weights: normal with deviation 0.02, the two projections into the residual stream scaled by 1/√(2 ·
    /// layers), norms the identity, biases zero.
    /// </summary>
    /// <param name="config">Its shape.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    public static Decoder Random(DecoderConfig config, long seed)
    {
        config.Check("configuration");
        using var noGrad = no_grad();
        using var generator = new Generator((ulong)seed, CPU);
        var fresh = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var names = config.Family.Names;
        foreach (var (name, shape) in DecoderLayout.Shapes(config))
        {
            var intoResidual = name.EndsWith($".{names.Output}.weight", StringComparison.Ordinal)
                || name.EndsWith($".{names.Down}.weight", StringComparison.Ordinal);
            fresh[name] = name.EndsWith(".bias", StringComparison.Ordinal) ? zeros(shape)
                : shape.Length == 1 ? config.Family.Norm == NormForm.RmsPlusOne ? zeros(shape) : ones(shape)
                : empty(shape).normal_(0, intoResidual ? 0.02 / Math.Sqrt(2.0 * config.Layers) : 0.02, generator);
        }
        return new Decoder(config, fresh);
    }

    /// <summary>
    /// Writes <c>config.json</c>, <c>generation_config.json</c> and <c>model.safetensors</c>, as transformers loads them.
    /// </summary>
    /// <param name="directory">The folder; it is created where it is missing.</param>
    /// <param name="precision">The format to store the weights in.</param>
    /// <exception cref="UrialException">A file cannot be written.</exception>
    public void Save(string directory, Precision precision) => DecoderFiles.Save(this, directory, precision);

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        foreach (var weight in _weights.Values)
            weight.Dispose();
        _rope?.Dispose();
        _localRope?.Dispose();
        if (_packed.IsValueCreated)
            _packed.Value.Dispose();
    }

    /// <summary>What turns a block's queries and keys; null where nothing does.</summary>
    internal Rope? RopeOf(DecoderBlock block) => !block.IsTurned ? null : (block.IsWindowed ? _localRope : null) ?? _rope;

    /// <summary>Whether a text of the cache, with so many new positions, is too long for the rotations that its keys were given.</summary>
    private bool Outgrows(KvCache cache, long count) =>
        _family.RereadsLongTexts && Config.RopeScaling.FixedUpTo is { } limit
        && cache.Lengths.Any(length => length > 0 && length <= limit && length + count > limit);

    private bool IsTaken(string changed) => changed == _family.Names.Head + ".weight" && !Config.TiedHead
        || TrainableMatrices.OfBlocks(Config).Contains(changed);

    private Tensor Reread(KvCache cache, Tensor ids)
    {
        var padding = cache.Padding;
        var before = cache.Ids(); // [batch, earlier positions]
        cache.Dispose();
        return Hidden(cat([before, ids.cpu()], 1), cache, padding).narrow(1, before.shape[1], ids.shape[1]);
    }
}
