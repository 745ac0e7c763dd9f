using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Urial;

/// <summary>
/// A decoder-only transformer, from token ids to next-token logits. Read <see cref="Forward"/> first, then downwards.
/// Follows transformers' models/llama and models/qwen3; every activation has the weights' number format.
/// </summary>
public sealed class Decoder : IDisposable
{
    private readonly Dictionary<string, Tensor> _weights;
    private readonly Rope _rope;
    private readonly Scalar _normEpsilon;
    private readonly Lazy<PackedDecoder> _packed;

    /// <summary>A decoder over given weights, which it owns from now on.</summary>
    /// <param name="config">Its shape.</param>
    /// <param name="weights">All weights by their Hugging Face names, matrices [out, in], all f32 or all bf16.</param>
    /// <exception cref="UrialException">A weight is missing, unknown or has another shape than the configuration asks for.</exception>
    public Decoder(DecoderConfig config, IReadOnlyDictionary<string, Tensor> weights)
    {
        config.Check("configuration");
        DecoderLayout.Check(config, weights.ToDictionary(w => w.Key, w => w.Value.shape), "The set of weights");
        var type = weights[DecoderLayout.Embedding].dtype;
        if (type is not (ScalarType.Float32 or ScalarType.BFloat16))
            throw new UrialException($"The weights are {type}; a decoder computes in Float32 or BFloat16.");
        if (weights.FirstOrDefault(w => w.Value.dtype != type) is { Key: { } odd })
            throw new UrialException($"Weight '{odd}' is {weights[odd].dtype}, and '{DecoderLayout.Embedding}' is {type}: all weights of "
                + "a decoder have one number format.");
        Config = config;
        IsSmall = config.Parameters < TorchThreads.SmallModel;
        Precision = type == ScalarType.Float32 ? Precision.F32 : Precision.BF16;
        _weights = weights.ToDictionary(w => w.Key, w => w.Value, StringComparer.Ordinal);
        foreach (var weight in _weights.Values)
            weight.DetachFromDisposeScope();
        _normEpsilon = config.NormEpsilon;
        _rope = new Rope(config.HeadDim, config.RopeTheta, type);
        _packed = new Lazy<PackedDecoder>(() => new PackedDecoder(this));
    }

    /// <summary>The model's shape.</summary>
    public DecoderConfig Config { get; }

    /// <summary>The weights by their Hugging Face names; a tied head is not listed a second time.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights => _weights;

    /// <summary>The number format of weights and activations.</summary>
    public Precision Precision { get; }

    /// <summary>Whether its operations are so small that several threads get into each other's way.</summary>
    internal bool IsSmall { get; }

    /// <summary>Whether nobody changes the weights any more: they were read from a folder, and do not ask for gradients.</summary>
    internal bool IsFixed { get; init; }

    /// <summary>
    /// The same model packed for this processor; null where it is not of the kind, or its weights may change. Made when first asked for.
    /// </summary>
    internal PackedDecoder? Packed => IsFixed && PackedDecoder.Serves(this) ? _packed.Value : null;

    /// <summary>Loads a model folder in Hugging Face layout.</summary>
    /// <param name="directory">The folder with <c>config.json</c> and safetensors weights.</param>
    /// <param name="precision">The format to compute in; stored weights are converted where they differ.</param>
    /// <exception cref="UrialException">Something is missing, damaged or not supported.</exception>
    public static Decoder Load(string directory, Precision precision = Precision.F32) => DecoderFiles.Load(directory, precision);

    /// <summary>
    /// A decoder with fresh f32 weights: normal with deviation 0.02, the two projections into the residual stream scaled by 1/√(2 ·
    /// layers), norms one, biases zero.
    /// </summary>
    /// <param name="config">Its shape.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    public static Decoder Random(DecoderConfig config, long seed)
    {
        using var noGrad = no_grad();
        using var generator = new Generator((ulong)seed, CPU);
        var fresh = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, shape) in DecoderLayout.Shapes(config))
        {
            var intoResidual = name.EndsWith("o_proj.weight", StringComparison.Ordinal)
                || name.EndsWith("down_proj.weight", StringComparison.Ordinal);
            fresh[name] = name.EndsWith("norm.weight", StringComparison.Ordinal) ? ones(shape)
                : name.EndsWith(".bias", StringComparison.Ordinal) ? zeros(shape)
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

    /// <summary>Logits for the token after each position. Differentiable where weights require gradients and there is no cache.</summary>
    /// <param name="ids">Token ids, int64 [batch, positions].</param>
    /// <param name="cache">Keys and values of earlier positions; it takes in the new ones. Computed without gradients.</param>
    /// <param name="padding">
    /// Number of padding positions at the left of each row. With a cache, given with its first positions only. Logits at padding have no
    /// meaning.
    /// </param>
    /// <param name="lastOnly">Whether only the last position's logits are wanted.</param>
    /// <returns>Logits [batch, positions, vocabulary] in the weights' format; one position with <paramref name="lastOnly"/>.</returns>
    public Tensor Forward(Tensor ids, KvCache? cache = null, int[]? padding = null, bool lastOnly = false)
    {
        using var scope = NewDisposeScope();
        var x = Hidden(ids, cache, padding);
        return Head(lastOnly ? x.narrow(1, x.shape[1] - 1, 1) : x).MoveToOuterDisposeScope();
    }

    /// <summary>What the head reads: the last block's output, normed. For a caller that needs the logits of some positions only.</summary>
    /// <param name="ids">As in <see cref="Forward"/>.</param>
    /// <param name="cache">As in <see cref="Forward"/>.</param>
    /// <param name="padding">As in <see cref="Forward"/>.</param>
    /// <returns>[batch, positions, hidden] in the weights' format.</returns>
    public Tensor Hidden(Tensor ids, KvCache? cache = null, int[]? padding = null)
    {
        using var scope = NewDisposeScope();
        using var noGrad = cache is null ? null : no_grad();
        TorchThreads.Set(this, ids.numel());
        // [batch, positions, hidden]
        var x = _weights[DecoderLayout.Embedding].index_select(0, ids.reshape(-1)).view(ids.shape[0], ids.shape[1], Config.HiddenSize);
        var context = Place(ids, cache, padding);
        for (var layer = 0; layer < Config.Layers; layer++)
            x = Block(x, layer, context);
        cache?.Advance(ids.shape[1]);
        return RmsNorm(x, _weights[DecoderLayout.FinalNorm]).MoveToOuterDisposeScope();
    }

    /// <summary>Logits [.., vocabulary] from what <see cref="Hidden"/> returns, or from some of its positions [.., hidden].</summary>
    public Tensor Head(Tensor hidden) => F.linear(hidden, _weights[Config.TiedHead ? DecoderLayout.Embedding : DecoderLayout.Head]);

    private Tensor Block(Tensor x, int layer, Context context)
    {
        using var scope = NewDisposeScope();
        var at = DecoderLayout.Layer(layer);
        x = x.add(Attention(RmsNorm(x, _weights[at + "input_layernorm.weight"]), at + "self_attn.", layer, context), PinnedScalars.One);
        x = x.add(FeedForward(RmsNorm(x, _weights[at + "post_attention_layernorm.weight"]), at + "mlp."), PinnedScalars.One);
        return x.MoveToOuterDisposeScope();
    }

    private Tensor Attention(Tensor x, string at, int layer, Context context)
    {
        var (batch, positions) = (x.shape[0], x.shape[1]);
        var q = Linear(x, at + "q_proj").view(batch, positions, Config.Heads, Config.HeadDim);
        var k = Linear(x, at + "k_proj").view(batch, positions, Config.KvHeads, Config.HeadDim);
        var v = Linear(x, at + "v_proj").view(batch, positions, Config.KvHeads, Config.HeadDim);
        if (Config.QkNorm)
        {
            q = RmsNorm(q, _weights[at + "q_norm.weight"]);
            k = RmsNorm(k, _weights[at + "k_norm.weight"]);
        }
        q = Rope.Turn(q, context.Rotation).transpose(1, 2); // [batch, heads, positions, headDim]
        k = Rope.Turn(k, context.Rotation).transpose(1, 2); // [batch, kvHeads, positions, headDim]
        v = v.transpose(1, 2);
        if (context.Cache is not null)
            (k, v) = context.Cache.Append(layer, k, v); // [batch, kvHeads, all positions, headDim]

        var mixed = Mix(q, k, v, context); // [batch, heads, positions, headDim]
        return Linear(mixed.transpose(1, 2).reshape(batch, positions, (long)Config.Heads * Config.HeadDim), at + "o_proj");
    }

    /// <summary>Softmax attention, scaled by 1/√headDim; query heads share key-value heads in groups.</summary>
    private Tensor Mix(Tensor q, Tensor k, Tensor v, Context context)
    {
        var group = Config.Heads / Config.KvHeads;
        if (group > 1 && q.shape[2] == 1)
        {
            // One new position sees every key, so the queries of a group can stand side by side as if they were positions: nothing is
            // repeated.
            var grouped = q.reshape(q.shape[0], Config.KvHeads, group, Config.HeadDim);
            return F.scaled_dot_product_attention(grouped, k, v, context.Mask).reshape(q.shape);
        }
        if (group > 1)
            (k, v) = (k.repeat_interleave(group, 1), v.repeat_interleave(group, 1));
        return F.scaled_dot_product_attention(q, k, v, context.Mask, is_casual: context.Causal);
    }

    private Tensor FeedForward(Tensor x, string at) =>
        Linear(F.silu(Linear(x, at + "gate_proj")) * Linear(x, at + "up_proj"), at + "down_proj");

    private Tensor Linear(Tensor x, string name) => F.linear(x, _weights[name + ".weight"], _weights.GetValueOrDefault(name + ".bias"));

    /// <summary>x / √(mean(x²) + ε) over the last dimension, in f32 whatever the weights' format, then times the weight.</summary>
    private Tensor RmsNorm(Tensor x, Tensor weight)
    {
        var wide = x.to(ScalarType.Float32);
        var scale = (wide * wide).mean([-1], true).add(_normEpsilon, PinnedScalars.One).rsqrt();
        return (wide * scale).to(x.dtype) * weight;
    }

    /// <summary>Where the new positions stand: their rotations, and which earlier positions each may see.</summary>
    private Context Place(Tensor ids, KvCache? cache, int[]? padding)
    {
        var (batch, count) = (ids.shape[0], ids.shape[1]);
        long past = cache?.Length ?? 0;
        if (past > 0 && padding is not null)
            throw new ArgumentException("padding is given with the first positions of a cache, and this cache holds some already",
                nameof(padding));
        if (cache is not null && past == 0)
            cache.Padding = padding;
        padding ??= cache?.Padding;
        if (padding is not null && padding.Length != batch)
            throw new ArgumentException($"padding is given for {padding.Length} rows, and the batch has {batch}", nameof(padding));
        if (past + count > Config.MaxPositions)
            throw new UrialException($"The text takes {past + count} tokens, and the model's context holds {Config.MaxPositions}. "
                + "Shorten the prompt or ask for fewer new tokens.");

        if (padding is null || padding.All(pads => pads == 0))
        {
            var causal = past == 0 && count > 1;
            var mask = past == 0 || count == 1 ? null : SeenBy(past, count);
            return new Context(_rope.At(past, count), mask, causal, cache);
        }
        // Made on this side of the border: a number handed to TorchSharp may be freed while it is read (PinnedScalars).
        var (all, news) = ((int)(past + count), (int)count);
        var turns = new long[batch * news]; // [batch, positions]
        var seen = new bool[batch * news * all]; // [batch, positions, all positions]
        for (var row = 0; row < batch; row++)
            for (var at = 0; at < news; at++)
            {
                turns[row * news + at] = Math.Max(0, past + at - padding[row]);
                // a padding position sees itself, so that its softmax has something to sum over
                for (var other = 0; other <= past + at; other++)
                    seen[((long)row * news + at) * all + other] = other >= padding[row] || other == past + at;
            }
        var places = tensor(turns).view(batch, count); // [batch, positions]
        var visible = tensor(seen).view(batch, count, all); // [batch, positions, all positions]
        return new Context(_rope.At(places, past + count), visible.unsqueeze(1), false, cache);
    }

    /// <summary>[new positions, all positions]: true where the later may see the earlier.</summary>
    private static Tensor SeenBy(long past, long count) => ones(count, past + count, dtype: ScalarType.Bool).tril(past);

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        foreach (var weight in _weights.Values)
            weight.Dispose();
        _rope.Dispose();
        if (_packed.IsValueCreated)
            _packed.Value.Dispose();
    }

    /// <summary>The factors that the first positions are turned by; both [positions, headDim], the sines' first half negated.</summary>
    internal (Tensor Cos, Tensor Sin) Rotations(long positions)
    {
        var (cos, sin) = _rope.At(0, positions);
        return (cos.squeeze(1), sin.squeeze(1));
    }

    private sealed record Context((Tensor Cos, Tensor Sin) Rotation, Tensor? Mask, bool Causal, KvCache? Cache);
}
