namespace Urial;

/// <summary>The shape of a decoder-only language model, as its <c>config.json</c> describes it.</summary>
public sealed record DecoderConfig
{
    /// <summary>The family, by its word in <c>model_type</c>: <c>llama</c>, <c>qwen3</c> and so on.</summary>
    public required string ModelType { get; init; }

    /// <summary>Number of token ids the embedding and the head know.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Width inside the feed-forward block.</summary>
    public required int FeedForward { get; init; }

    /// <summary>Number of blocks.</summary>
    public required int Layers { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads; each serves <see cref="Heads"/> / <see cref="KvHeads"/> query heads.</summary>
    public required int KvHeads { get; init; }

    /// <summary>Width of one head; even where rotary positions turn pairs of its entries.</summary>
    public required int HeadDim { get; init; }

    /// <summary>Longest sequence the model was made for, in tokens.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>The function in the feed-forward block, such as <c>silu</c>.</summary>
    public string Activation { get; init; } = "silu";

    /// <summary>Base of the rotary frequencies.</summary>
    public double RopeTheta { get; init; } = 10_000;

    /// <summary>How these are stretched for long texts.</summary>
    public RopeScaling RopeScaling { get; init; } = RopeScaling.None;

    /// <summary>Base of the rotary frequencies, unstretched, in layers with a window; null where it is <see cref="RopeTheta"/>.</summary>
    public double? LocalRopeTheta { get; init; }

    /// <summary>Which share of a head's entries is turned, from the first.</summary>
    public double RotaryFactor { get; init; } = 1;

    /// <summary>For each layer, whether it turns queries and keys; empty where all do.</summary>
    public IReadOnlyList<bool> TurnedLayers { get; init; } = [];

    /// <summary>How many positions a layer with a window sees, its own included; null where none has one.</summary>
    public int? SlidingWindow { get; init; }

    /// <summary>For each layer, whether it has the window; empty where all do.</summary>
    public IReadOnlyList<bool> SlidingLayers { get; init; } = [];

    /// <summary>Attention is divided by the root of this; null: of <see cref="HeadDim"/>.</summary>
    public double? QueryScalar { get; init; }

    /// <summary>Whether attention is divided by the layer's number too, the first being 1.</summary>
    public bool ScaledByLayer { get; init; }

    /// <summary>Attention before its softmax goes through cap · tanh(x / cap); null: it stays.</summary>
    public double? AttentionCap { get; init; }

    /// <summary>Logits go through cap · tanh(x / cap); null: they stay.</summary>
    public double? LogitCap { get; init; }

    /// <summary>Whether attention and feed-forward read the same state and are added at once, not one after the other.</summary>
    public bool ParallelResidual { get; init; }

    /// <summary>Added to the mean square in RMSNorm, to the variance in LayerNorm.</summary>
    public double NormEpsilon { get; init; } = 1e-6;

    /// <summary>Whether the head is the embedding matrix.</summary>
    public bool TiedHead { get; init; }

    /// <summary>
    /// Whether the projections to queries, keys and values have biases; in most families that behind attention then has one too.
    /// </summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the feed-forward projections have biases.</summary>
    public bool MlpBias { get; init; }

    /// <summary>Ids that end an answer: from <c>generation_config.json</c> where it names any, else from <c>config.json</c>.</summary>
    public IReadOnlyList<int> EosTokenIds { get; init; } = [];

    /// <summary>Id that begins a sequence, where the model has one.</summary>
    public int? BosTokenId { get; init; }

    /// <summary>Id that fills short rows of a batch, where the model has one.</summary>
    public int? PadTokenId { get; init; }

    /// <summary>Number of weights, a tied head counted once.</summary>
    public long Parameters => DecoderLayout.Shapes(this).Sum(entry => entry.Value.Aggregate(1L, (product, size) => product * size));

    /// <summary>Longest text it reads, in tokens; rotations that adapt to any length set no limit.</summary>
    public int ContextLength => RopeScaling.Kind == RopeKind.Dynamic ? int.MaxValue : MaxPositions;

    /// <summary>What all models of the family have in common.</summary>
    internal DecoderFamily Family => DecoderFamilies.All[ModelType];

    /// <summary>How many entries of a head are turned.</summary>
    internal int TurnedEntries => (int)(HeadDim * RotaryFactor);

    /// <summary>Reads <c>config.json</c>, and the end-of-sequence ids from <c>generation_config.json</c> where it names any.</summary>
    /// <param name="directory">A model folder in Hugging Face layout, as transformers 4 or 5 writes it.</param>
    /// <exception cref="UrialException">The file is missing or damaged, or asks for something that is not supported.</exception>
    public static DecoderConfig Load(string directory) => DecoderConfigReader.Load(directory);

    /// <summary>A <c>config.json</c> that transformers 4 and 5 load unchanged.</summary>
    /// <param name="precision">The format the weights are stored in.</param>
    public string ToJson(Precision precision = Precision.F32) => DecoderConfigWriter.Config(this, precision);

    /// <summary>A <c>generation_config.json</c> with the special token ids; decoding is greedy.</summary>
    public string ToGenerationJson() => DecoderConfigWriter.Generation(this);

    /// <summary>How many positions a layer sees, its own included; null: all.</summary>
    internal int? Window(int layer) => SlidingLayers.Count == 0 || SlidingLayers[layer] ? SlidingWindow : null;

    /// <summary>Whether all layers have the window.</summary>
    internal bool AllSlide => SlidingWindow is not null && SlidingLayers.All(slides => slides);

    /// <summary>Whether a layer turns queries and keys.</summary>
    internal bool IsTurned(int layer) => Family.Names.Positions is null && (TurnedLayers.Count == 0 || TurnedLayers[layer]);

    /// <summary>What attention scores of a layer are multiplied by, beside 1/√headDim.</summary>
    internal double AttentionScale(int layer) => (QueryScalar ?? HeadDim) == HeadDim && !ScaledByLayer ? 1
        : Math.Sqrt(HeadDim / (QueryScalar ?? HeadDim)) / (ScaledByLayer ? layer + 1 : 1);

    /// <summary>Checks that the numbers fit together.</summary>
    /// <param name="source">Where they come from, for the message.</param>
    /// <exception cref="UrialException">They do not.</exception>
    internal void Check(string source)
    {
        if (!DecoderFamilies.All.ContainsKey(ModelType))
            throw DecoderConfigReader.UnknownType(source, ModelType);
        if (!Activations.All.ContainsKey(Activation))
            throw new UrialException($"'{source}': {Family.Fields.Activation} '{Activation}' is not supported. Supported: "
                + $"{string.Join(", ", Activations.All.Keys)}.");
        if (Heads % KvHeads != 0)
            throw new UrialException($"'{source}': {Heads} query heads cannot share {KvHeads} key-value heads evenly.");
        if (Family.QueryKeyValue == QueryKeyValueForm.FusedByHead && KvHeads != Heads)
            throw new UrialException($"'{source}': {KvHeads} key-value heads are not supported for {ModelType}; {Heads}, one a query "
                + "head, are.");
        foreach (var (name, count) in new[] { ("layers with a window", SlidingLayers.Count), ("layers that turn", TurnedLayers.Count) })
            if (count != 0 && count != Layers)
                throw new UrialException($"'{source}': the list of {name} has {count} entries, and the model {Layers} layers.");
        if (Family.Names.Positions is null)
            CheckRope(source);
    }

    private void CheckRope(string source)
    {
        if (HeadDim % 2 != 0)
            throw new UrialException($"'{source}': head_dim {HeadDim} is odd, and rotary positions turn pairs.");
        if (RotaryFactor is not (> 0 and <= 1) || TurnedEntries < 2 || TurnedEntries % 2 != 0)
            throw new UrialException($"'{source}': the share {RotaryFactor} of head_dim {HeadDim} is no even number of entries to turn.");
        var (found, wanted) = (RopeScaling, TurnedEntries / 2);
        if (found.Kind == RopeKind.LongRope && (found.ShortFactors.Count != wanted || found.LongFactors.Count != wanted))
            throw new UrialException($"'{source}': short_factor and long_factor have {found.ShortFactors.Count} and "
                + $"{found.LongFactors.Count} numbers, and {wanted} frequencies are turned.");
        if (found.Factor is not > 0 || found.Kind == RopeKind.Dynamic && TurnedEntries < 4)
            throw new UrialException($"'{source}': a rope scaling of {found.Factor} cannot be followed.");
    }
}
