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
            Read = FamilyConfigs.ReadQwen,
            Write = FamilyConfigs.WriteQwen,
        },
        new()
        {
            ModelType = "qwen3",
            Architecture = "Qwen3ForCausalLM",
            Fields = new() { DefaultKvHeads = 32, DefaultHeadDim = 128, DefaultPositions = 32_768 },
            QkNorm = QueryKeyNorm.Head,
            Read = FamilyConfigs.ReadQwen,
            Write = FamilyConfigs.WriteQwen,
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
            Read = FamilyConfigs.ReadSmolLm3,
            Write = FamilyConfigs.WriteSmolLm3,
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
            Read = (json, config) => FamilyConfigs.ReadGemma(json, config, attentionCap: 50, logitCap: 30, pattern: 2),
            Write = FamilyConfigs.WriteGemma,
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
            Read = FamilyConfigs.ReadGemma3,
            Write = (json, config) =>
            {
                FamilyConfigs.WriteGemma(json, config);
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
}
