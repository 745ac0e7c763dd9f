namespace Urial;

/// <summary>
/// The model families: how each one's <c>config.json</c> becomes a <see cref="DecoderConfig"/>.
/// A further family is one entry in <see cref="All"/> and one method, plus the switch in <see cref="Decoder"/> for whatever it computes
/// differently. Defaults are those of the family's configuration class in transformers 4.57.
/// </summary>
internal static class DecoderFamilies
{
    public static readonly IReadOnlyDictionary<string, Func<ConfigJson, DecoderConfig>> All =
        new SortedDictionary<string, Func<ConfigJson, DecoderConfig>>(StringComparer.Ordinal)
        {
            ["llama"] = Llama,
            ["qwen3"] = Qwen3,
        };

    private static DecoderConfig Llama(ConfigJson json) => Common(json) with
    {
        AttentionBias = json.Flag("attention_bias", false),
        MlpBias = json.Flag("mlp_bias", false),
    };

    private static DecoderConfig Qwen3(ConfigJson json)
    {
        if (json.Flag("use_sliding_window", false) || json.Texts("layer_types").Any(type => type != "full_attention"))
            throw new UrialException(
                $"'{json.Path}' asks for sliding-window attention (use_sliding_window, layer_types), which is not supported for qwen3.");
        return Common(json) with
        {
            HeadDim = json.Count("head_dim") ?? 128,
            AttentionBias = json.Flag("attention_bias", false),
            QkNorm = true,
        };
    }

    private static DecoderConfig Common(ConfigJson json)
    {
        var activation = json.Text("hidden_act") ?? "silu";
        if (activation != "silu")
            throw new UrialException($"'{json.Path}': hidden_act '{activation}' is not supported for {json.Text("model_type")}; silu is.");
        var hidden = json.NeededCount("hidden_size");
        var heads = json.NeededCount("num_attention_heads");
        return new DecoderConfig
        {
            ModelType = json.Text("model_type")!,
            VocabularySize = json.NeededCount("vocab_size"),
            HiddenSize = hidden,
            FeedForward = json.NeededCount("intermediate_size"),
            Layers = json.NeededCount("num_hidden_layers"),
            Heads = heads,
            KvHeads = json.Count("num_key_value_heads") ?? heads,
            HeadDim = json.Count("head_dim") ?? hidden / heads,
            MaxPositions = json.Count("max_position_embeddings") ?? 2048,
            RopeTheta = RopeTheta(json),
            NormEpsilon = json.Number("rms_norm_eps") ?? 1e-6,
            TiedHead = json.Flag("tie_word_embeddings", false),
            BosTokenId = json.TokenId("bos_token_id"),
            PadTokenId = json.TokenId("pad_token_id"),
            EosTokenIds = json.TokenIds("eos_token_id") ?? [],
        };
    }

    /// <summary>
    /// transformers 4 writes <c>rope_theta</c> and <c>rope_scaling</c>, transformers 5 one object <c>rope_parameters</c>.
    /// </summary>
    private static double RopeTheta(ConfigJson json)
    {
        var scaling = json.Section("rope_parameters") ?? json.Section("rope_scaling");
        var kind = scaling?.Text("rope_type") ?? scaling?.Text("type") ?? "default";
        if (kind != "default")
            throw new UrialException($"'{json.Path}': rope scaling '{kind}' is not supported; only unscaled rotary positions are.");
        return scaling?.Number("rope_theta") ?? json.Number("rope_theta") ?? 10_000;
    }
}
