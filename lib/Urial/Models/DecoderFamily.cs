using System.Text.Json.Nodes;

namespace Urial;

/// <summary>
/// What the models of a family have in common: what they compute, what their weights are called, what their <c>config.json</c> says. The
/// defaults are Llama's. The values that differ from model to model are in <see cref="DecoderConfig"/>.
/// </summary>
internal sealed record DecoderFamily
{
    /// <summary>The word in <c>model_type</c>.</summary>
    public required string ModelType { get; init; }

    /// <summary>The word in <c>architectures</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>
    /// The model that reads more than text and holds one of this family, described in its <c>text_config</c>; null where there is none.
    /// </summary>
    public (string ModelType, string Architecture)? Within { get; init; }

    public DecoderNames Names { get; init; } = new();

    public ConfigFields Fields { get; init; } = new();

    public NormForm Norm { get; init; }

    public QueryKeyNorm QkNorm { get; init; }

    public QueryKeyValueForm QueryKeyValue { get; init; }

    public FeedForwardForm FeedForward { get; init; }

    /// <summary>Whether the matrix behind attention has a bias where queries, keys and values have one.</summary>
    public bool OutputBias { get; init; } = true;

    /// <summary>Whether matrices are stored [in, out].</summary>
    public bool Transposed { get; init; }

    /// <summary>Whether embeddings are multiplied by √width.</summary>
    public bool ScaledEmbedding { get; init; }

    /// <summary>Whether a part of each head may stay as it is where the rest is turned (<c>partial_rotary_factor</c>).</summary>
    public bool PartialRope { get; init; }

    /// <summary>Whether a text that outgrows the short factors of LongRoPE is read anew with the long ones, as its code does.</summary>
    public bool RereadsLongTexts { get; init; }

    /// <summary>Older words for rope types.</summary>
    public (string Old, RopeKind Kind)[] OldRopeTypes { get; init; } = [];

    /// <summary>What else the file says: completes what the fields above gave.</summary>
    public Func<ConfigJson, DecoderConfig, DecoderConfig> Read { get; init; } = (_, config) => config;

    /// <summary>Writes what <see cref="Read"/> reads.</summary>
    public Action<JsonObject, DecoderConfig> Write { get; init; } = (_, _) => { };
}
