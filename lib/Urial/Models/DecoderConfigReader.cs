namespace Urial;

/// <summary>Makes a <see cref="DecoderConfig"/> of a <c>config.json</c>, or says by name what in it is not supported.</summary>
internal static class DecoderConfigReader
{
    public static DecoderConfig Load(string directory)
    {
        var path = Path.Combine(directory, "config.json");
        if (!Directory.Exists(directory))
            throw new UrialException($"There is no model folder '{directory}'. Check the path, or download the model into it.");
        if (!Path.Exists(path))
            throw new UrialException($"'{directory}' has no config.json: it is not a model folder in Hugging Face layout. Name the "
                + "folder that holds config.json, model.safetensors and tokenizer.json.");
        var config = Read(ConfigJson.Load(path));
        config.Check(path);

        return Ends(directory) is { } ids ? config with { EosTokenIds = ids } : config;
    }

    /// <summary>The ids that a folder's <c>generation_config.json</c> ends an answer with; null where it names none.</summary>
    public static int[]? Ends(string directory)
    {
        var generation = Path.Combine(directory, "generation_config.json");
        return Path.Exists(generation) ? ConfigJson.Load(generation).TokenIds("eos_token_id") : null;
    }

    public static UrialException UnknownType(string source, string type) =>
        new($"'{source}': model type '{type}' is not supported. Supported: {string.Join(", ", DecoderFamilies.All.Keys)}.");

    private static DecoderConfig Read(ConfigJson json)
    {
        var type = json.Text("model_type")
            ?? throw new UrialException($"'{json.Path}' has no 'model_type'. Is it the config.json of a language model?");
        if (json.Section("quantization_config") is { } quantised)
            throw new UrialException($"'{json.Path}': the weights are quantised "
                + $"({quantised.Text("quant_method") ?? "quantization_config"}), which is not supported. Use a version "
                + "of the model stored as F32, BF16 or F16.");
        if (DecoderFamilies.All.Values.FirstOrDefault(family => family.Within?.ModelType == type) is { } within)
        {
            CheckArchitecture(json, type, within.Within!.Value.Architecture);
            var text = json.Section("text_config")
                ?? throw new UrialException($"'{json.Path}' has no 'text_config', which a {type} needs.");
            return WithIds(Read(text, within) with { TiedHead = Tied(text, Tied(json, within.Fields.TiedByDefault)) }, json);
        }
        if (!DecoderFamilies.All.TryGetValue(type, out var known))
            throw UnknownType(json.Path, type);
        CheckArchitecture(json, type, known.Architecture);
        return Read(json, known);
    }

    // A bare model's word is the family's too: its head is the embedding, or its weights lack it.
    private static void CheckArchitecture(ConfigJson json, string type, string known)
    {
        var found = json.Texts("architectures");
        string[] good = [known, known.Replace("ForCausalLM", "Model", StringComparison.Ordinal),
            known.Replace("LMHeadModel", "Model", StringComparison.Ordinal)];
        if (found.Length > 0 && !found.Any(name => good.Contains(name, StringComparer.OrdinalIgnoreCase)))
            throw new UrialException($"'{json.Path}': architecture '{found[0]}' is not supported for model type '{type}'; {known} is.");
    }

    private static DecoderConfig Read(ConfigJson json, DecoderFamily family)
    {
        if (json.Flag("add_cross_attention", false))
            throw new UrialException($"'{json.Path}': add_cross_attention is set: this is the decoder of a model with an encoder, and only "
                + "decoders that stand alone are supported.");
        var fields = family.Fields;
        var hidden = json.Count(fields.HiddenSize) ?? fields.DefaultSizes?.HiddenSize ?? json.NeededCount(fields.HiddenSize);
        var heads = json.Count(fields.Heads) ?? fields.DefaultSizes?.Heads ?? json.NeededCount(fields.Heads);
        var config = new DecoderConfig
        {
            ModelType = family.ModelType,
            VocabularySize = json.Count("vocab_size") ?? fields.DefaultSizes?.Vocabulary ?? json.NeededCount("vocab_size"),
            HiddenSize = hidden,
            FeedForward = json.Count(fields.FeedForward) ?? fields.FeedForwardTimesWidth * hidden ?? fields.DefaultSizes?.FeedForward
                ?? json.NeededCount(fields.FeedForward),
            Layers = json.Count(fields.Layers) ?? fields.DefaultSizes?.Layers ?? json.NeededCount(fields.Layers),
            Heads = heads,
            KvHeads = family.QueryKeyValue == QueryKeyValueForm.FusedByHead || family.Transposed ? heads
                : json.Count("num_key_value_heads", fields.DefaultKvHeads) ?? heads,
            HeadDim = json.Count("head_dim", fields.DefaultHeadDim) ?? hidden / heads,
            MaxPositions = json.Count(fields.Positions) ?? fields.DefaultPositions,
            Activation = json.Text(fields.Activation) ?? fields.DefaultActivation,
            NormEpsilon = json.Number(fields.Epsilon) ?? fields.DefaultEpsilon,
            TiedHead = Tied(json, fields.TiedByDefault),
            AttentionBias = fields.AttentionBias ?? json.Flag("attention_bias", fields.AttentionBiasByDefault),
            MlpBias = fields.MlpBias ?? json.Flag("mlp_bias", false),
        };
        return WithIds(family.Read(json, RopeJson.Read(json, config, family)), json);
    }

    private static bool Tied(ConfigJson json, bool otherwise) => json.Flag("tie_word_embeddings", otherwise);

    private static DecoderConfig WithIds(DecoderConfig config, ConfigJson json) => config with
    {
        BosTokenId = json.TokenId("bos_token_id") ?? config.BosTokenId,
        PadTokenId = json.TokenId("pad_token_id") ?? config.PadTokenId,
        EosTokenIds = json.TokenIds("eos_token_id") ?? config.EosTokenIds,
    };
}
