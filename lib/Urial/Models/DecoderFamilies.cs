using System.Text.Json.Nodes;

namespace Urial;

/// <summary>
/// The model families. A further one is an entry here, plus whatever it computes that none before it did: in <see cref="Decoder"/>, and
/// as a value in <see cref="DecoderConfig"/> where models of the family differ in it. Facts as in transformers 4.57 (models/…).
/// </summary>
internal static class DecoderFamilies
{
    private static readonly DecoderNames GemmaNames = new()
    {
        AfterAttention = "post_attention_layernorm",
        BeforeFeedForward = "pre_feedforward_layernorm",
        AfterFeedForward = "post_feedforward_layernorm",
    };

    private static readonly ConfigFields GemmaFields = new()
    {
        DefaultHeadDim = 256,
        DefaultPositions = 8192,
        DefaultActivation = "gelu_pytorch_tanh",
        Activation = "hidden_activation",
        TiedByDefault = true,
    };

    private static readonly DecoderFamily[] List =
    [
        new()
        {
            ModelType = "llama",
            Architecture = "LlamaForCausalLM",
            Fields = new() { MlpBias = null },
        },
        new()
        {
            ModelType = "mistral",
            Architecture = "MistralForCausalLM",
            Fields = new() { AttentionBias = false, DefaultKvHeads = 8, DefaultPositions = 131_072 },
            Read = (json, config) => config with { SlidingWindow = json.Count("sliding_window", 4096) },
            Write = (json, config) => json["sliding_window"] = config.SlidingWindow,
        },
        new()
        {
            ModelType = "qwen2",
            Architecture = "Qwen2ForCausalLM",
            Fields = new() { AttentionBias = true, DefaultKvHeads = 32, DefaultPositions = 32_768 },
            OutputBias = false,
            Read = ReadQwen,
            Write = WriteQwen,
        },
        new()
        {
            ModelType = "qwen3",
            Architecture = "Qwen3ForCausalLM",
            Fields = new() { DefaultKvHeads = 32, DefaultHeadDim = 128, DefaultPositions = 32_768 },
            QkNorm = QueryKeyNorm.Head,
            Read = ReadQwen,
            Write = WriteQwen,
        },
        new()
        {
            ModelType = "smollm3",
            Architecture = "SmolLM3ForCausalLM",
            Fields = new()
            {
                MlpBias = null,
                DefaultKvHeads = 4,
                DefaultPositions = 32_768,
                DefaultTheta = 2_000_000,
                TiedByDefault = true,
            },
            Read = ReadSmolLm3,
            Write = (json, config) =>
            {
                json["no_rope_layers"] = new JsonArray([.. Enumerable.Range(0, config.Layers)
                    .Select(layer => JsonValue.Create(config.IsTurned(layer) ? 1 : 0))]);
                WriteWindow(json, config);
                json["use_sliding_window"] = config.SlidingWindow is not null;
            },
        },
        new()
        {
            ModelType = "gemma",
            Architecture = "GemmaForCausalLM",
            Fields = GemmaFields with { Activation = "hidden_act", DefaultKvHeads = 16 },
            Norm = NormForm.RmsPlusOne,
            ScaledEmbedding = true,
            Read = (json, config) => json.Text("hidden_activation") is { } activation ? config with { Activation = activation } : config,
            Write = (json, config) => json["hidden_activation"] = config.Activation,
        },
        new()
        {
            ModelType = "gemma2",
            Architecture = "Gemma2ForCausalLM",
            Names = GemmaNames,
            Fields = GemmaFields with { DefaultKvHeads = 4 },
            Norm = NormForm.RmsPlusOne,
            ScaledEmbedding = true,
            Read = (json, config) => ReadGemma(json, config, attentionCap: 50, logitCap: 30, pattern: 2),
            Write = WriteGemma,
        },
        new()
        {
            ModelType = "gemma3_text",
            Architecture = "Gemma3ForCausalLM",
            Within = ("gemma3", "Gemma3ForConditionalGeneration"),
            Names = GemmaNames with
            {
                Renamed = [("language_model.model.", "model."), ("model.language_model.", "model."), ("language_model.lm_head", "lm_head")],
                Passed = ["vision_tower.", "model.vision_tower.", "multi_modal_projector.", "model.multi_modal_projector."],
            },
            Fields = GemmaFields with
            {
                DefaultSizes = (262_208, 2304, 9216, 26, 8),
                DefaultKvHeads = 4,
                DefaultPositions = 131_072,
                DefaultTheta = 1_000_000,
            },
            Norm = NormForm.RmsPlusOne,
            QkNorm = QueryKeyNorm.Head,
            ScaledEmbedding = true,
            Read = ReadGemma3,
            Write = (json, config) =>
            {
                WriteGemma(json, config);
                json["rope_local_base_freq"] = config.LocalRopeTheta;
                json["use_bidirectional_attention"] = false;
            },
        },
        new()
        {
            ModelType = "olmo2",
            Architecture = "Olmo2ForCausalLM",
            Names = new()
            {
                BeforeAttention = null,
                AfterAttention = "post_attention_layernorm",
                BeforeFeedForward = null,
                AfterFeedForward = "post_feedforward_layernorm",
            },
            Fields = new() { DefaultEpsilon = 1e-5 },
            QkNorm = QueryKeyNorm.Whole,
        },
        new()
        {
            ModelType = "phi3",
            Architecture = "Phi3ForCausalLM",
            Fields = new() { AttentionBias = false, DefaultPositions = 4096, DefaultEpsilon = 1e-5 },
            QueryKeyValue = QueryKeyValueForm.Fused,
            FeedForward = FeedForwardForm.FusedGate,
            PartialRope = true,
            RereadsLongTexts = true,
            OldRopeTypes = [("su", RopeKind.LongRope), ("yarn", RopeKind.LongRope)],
            Read = (json, config) => config with { SlidingWindow = json.Count("sliding_window") },
            Write = (json, config) =>
            {
                json["sliding_window"] = config.SlidingWindow;
                json["partial_rotary_factor"] = config.RotaryFactor;
            },
        },
        new()
        {
            ModelType = "gpt2",
            Architecture = "GPT2LMHeadModel",
            Names = new()
            {
                Model = "transformer.",
                Embedding = "wte",
                Positions = "wpe",
                Blocks = "h.",
                BeforeAttention = "ln_1",
                BeforeFeedForward = "ln_2",
                Fused = "attn.c_attn",
                Output = "attn.c_proj",
                Up = "mlp.c_fc",
                Down = "mlp.c_proj",
                FinalNorm = "ln_f",
                Constants = [".attn.bias", ".attn.masked_bias"],
            },
            Fields = new()
            {
                HiddenSize = "n_embd",
                FeedForward = "n_inner",
                FeedForwardTimesWidth = 4,
                Layers = "n_layer",
                Heads = "n_head",
                Positions = "n_positions",
                Epsilon = "layer_norm_epsilon",
                Activation = "activation_function",
                DefaultActivation = "gelu_new",
                DefaultPositions = 1024,
                DefaultEpsilon = 1e-5,
                TiedByDefault = true,
                AttentionBias = true,
                MlpBias = true,
            },
            Norm = NormForm.Layer,
            QueryKeyValue = QueryKeyValueForm.Fused,
            FeedForward = FeedForwardForm.Plain,
            Transposed = true,
            Read = (json, config) => config with
            {
                QueryScalar = json.Flag("scale_attn_weights", true) ? null : 1,
                ScaledByLayer = json.Flag("scale_attn_by_inverse_layer_idx", false),
            },
            Write = (json, config) =>
            {
                json["scale_attn_weights"] = config.QueryScalar is null;
                json["scale_attn_by_inverse_layer_idx"] = config.ScaledByLayer;
            },
        },
        new()
        {
            ModelType = "gpt_neox",
            Architecture = "GPTNeoXForCausalLM",
            Names = new()
            {
                Model = "gpt_neox.",
                Embedding = "embed_in",
                Fused = "attention.query_key_value",
                Output = "attention.dense",
                Up = "mlp.dense_h_to_4h",
                Down = "mlp.dense_4h_to_h",
                FinalNorm = "final_layer_norm",
                Head = "embed_out",
                Constants = [".attention.bias", ".attention.masked_bias", ".rotary_emb.inv_freq"],
            },
            Fields = new()
            {
                Epsilon = "layer_norm_eps",
                DefaultEpsilon = 1e-5,
                DefaultActivation = "gelu",
                AttentionBiasByDefault = true,
                MlpBias = true,
                DefaultRotaryFactor = 0.25,
            },
            Norm = NormForm.Layer,
            QueryKeyValue = QueryKeyValueForm.FusedByHead,
            FeedForward = FeedForwardForm.Plain,
            PartialRope = true,
            Read = (json, config) => config with { ParallelResidual = json.Flag("use_parallel_residual", true) },
            Write = (json, config) =>
            {
                json["use_parallel_residual"] = config.ParallelResidual;
                json["rotary_pct"] = config.RotaryFactor;
                json["partial_rotary_factor"] = config.RotaryFactor;
                json["rotary_emb_base"] = config.RopeTheta;
            },
        },
    ];

    /// <summary>All families, by the word in <c>model_type</c>.</summary>
    public static readonly IReadOnlyDictionary<string, DecoderFamily> All =
        new SortedDictionary<string, DecoderFamily>(List.ToDictionary(family => family.ModelType), StringComparer.Ordinal);

    private static DecoderConfig ReadQwen(ConfigJson json, DecoderConfig config)
    {
        var window = json.Flag("use_sliding_window", false) ? json.Count("sliding_window", 4096) : null;
        var first = json.Whole("max_window_layers") ?? 28;
        return Windowed(json, config, window, layer => layer >= first);
    }

    private static void WriteQwen(JsonObject json, DecoderConfig config)
    {
        WriteWindow(json, config);
        json["max_window_layers"] = config.SlidingWindow is null ? config.Layers
            : Enumerable.Range(0, config.Layers).Count(layer => config.Window(layer) is null);
        json["use_sliding_window"] = config.SlidingWindow is not null;
    }

    private static DecoderConfig ReadSmolLm3(ConfigJson json, DecoderConfig config)
    {
        var interval = json.Count("no_rope_layer_interval") ?? 4;
        var listed = json.Numbers("no_rope_layers"); // despite its name, 1 where a layer turns
        if (listed is not null && listed.Length != config.Layers)
            throw new UrialException($"'{json.Path}': no_rope_layers has {listed.Length} entries, and the model {config.Layers} layers.");
        bool[] turned = [.. Enumerable.Range(0, config.Layers)
            .Select(layer => listed is null ? (layer + 1) % interval != 0 : listed[layer] != 0)];
        var window = json.Flag("use_sliding_window", false) ? json.Count("sliding_window") : null;
        return Windowed(json, config with { TurnedLayers = turned.All(turns => turns) ? [] : turned }, window, layer => !turned[layer]);
    }

    private static DecoderConfig ReadGemma3(ConfigJson json, DecoderConfig config)
    {
        if (json.Flag("use_bidirectional_attention", false))
            throw new UrialException($"'{json.Path}': use_bidirectional_attention is set: this model embeds texts, each token seeing later "
                + "ones too, and does not continue them. Use a Gemma 3 without it.");
        var pattern = json.Count("sliding_window_pattern") ?? json.Count("_sliding_window_pattern") ?? 6;
        return ReadGemma(json, config, attentionCap: null, logitCap: null, pattern) with
        {
            LocalRopeTheta = config.LocalRopeTheta ?? json.Number("rope_local_base_freq") ?? 10_000,
        };
    }

    private static DecoderConfig ReadGemma(ConfigJson json, DecoderConfig config, double? attentionCap, double? logitCap, int pattern) =>
        Windowed(json, config, json.Count("sliding_window", 4096), layer => (layer + 1) % pattern != 0) with
        {
            QueryScalar = json.Number("query_pre_attn_scalar") ?? 256,
            AttentionCap = json.Number("attn_logit_softcapping", attentionCap),
            LogitCap = json.Number("final_logit_softcapping", logitCap),
        };

    /// <summary>Gives the window to the layers that <c>layer_types</c> names, else to those of the family's pattern.</summary>
    private static DecoderConfig Windowed(ConfigJson json, DecoderConfig config, int? window, Func<int, bool> pattern)
    {
        var listed = json.LayerTypes(config.Layers);
        bool[] slides = [.. Enumerable.Range(0, config.Layers)
            .Select(layer => listed is null ? window is not null && pattern(layer) : listed[layer] == ConfigJson.SlidingLayer)];
        if (window is null && slides.Contains(true))
            throw new UrialException($"'{json.Path}': layer_types asks for sliding windows, and sliding_window is not set or switched off "
                + "(use_sliding_window). Get the config.json that belongs to the weights.");
        return slides.Contains(true) ? config with { SlidingWindow = window, SlidingLayers = slides } : config;
    }

    private static void WriteGemma(JsonObject json, DecoderConfig config)
    {
        json["query_pre_attn_scalar"] = config.QueryScalar;
        json["attn_logit_softcapping"] = config.AttentionCap;
        json["final_logit_softcapping"] = config.LogitCap;
        WriteWindow(json, config);
    }

    private static void WriteWindow(JsonObject json, DecoderConfig config)
    {
        json["sliding_window"] = config.SlidingWindow;
        json["layer_types"] = new JsonArray([.. Enumerable.Range(0, config.Layers)
            .Select(layer => JsonValue.Create(config.Window(layer) is null ? ConfigJson.FullLayer : ConfigJson.SlidingLayer))]);
    }
}
