namespace Urial;

/// <summary>
/// What a family calls the sizes in its <c>config.json</c>, and what absent ones are. The names are Llama's where nothing else is said;
/// defaults are those of the family's configuration class in transformers 4.57. A size without a default has to be given.
/// </summary>
internal sealed record ConfigFields
{
    public string HiddenSize { get; init; } = "hidden_size";

    public string FeedForward { get; init; } = "intermediate_size";

    public string Layers { get; init; } = "num_hidden_layers";

    public string Heads { get; init; } = "num_attention_heads";

    public string Positions { get; init; } = "max_position_embeddings";

    public string Epsilon { get; init; } = "rms_norm_eps";

    public string Activation { get; init; } = "hidden_act";

    /// <summary>The sizes that a sparse file may leave out: vocabulary, width, feed-forward, layers, heads.</summary>
    public (int Vocabulary, int HiddenSize, int FeedForward, int Layers, int Heads)? DefaultSizes { get; init; }

    /// <summary>How many times the width an absent feed-forward width is; null: it has to be given.</summary>
    public int? FeedForwardTimesWidth { get; init; }

    /// <summary>Null: as many as query heads.</summary>
    public int? DefaultKvHeads { get; init; }

    /// <summary>Null: width over heads.</summary>
    public int? DefaultHeadDim { get; init; }

    public int DefaultPositions { get; init; } = 2048;

    public double DefaultEpsilon { get; init; } = 1e-6;

    public string DefaultActivation { get; init; } = "silu";

    public double DefaultTheta { get; init; } = 10_000;

    /// <summary>Which share of a head's entries is turned.</summary>
    public double DefaultRotaryFactor { get; init; } = 1;

    public bool TiedByDefault { get; init; }

    /// <summary>Whether queries, keys and values have biases; null: <c>attention_bias</c> says so.</summary>
    public bool? AttentionBias { get; init; }

    /// <summary>What an absent <c>attention_bias</c> means.</summary>
    public bool AttentionBiasByDefault { get; init; }

    /// <summary>Whether the feed-forward matrices have biases; null: <c>mlp_bias</c> says so.</summary>
    public bool? MlpBias { get; init; } = false;
}
