using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models;

/// <summary>Model folders: what loads, what is refused, and what a saved one looks like.</summary>
public sealed class DecoderFilesTests
{
    private static readonly DecoderConfig Small = new()
    {
        ModelType = "qwen3",
        VocabularySize = 40,
        HiddenSize = 16,
        FeedForward = 24,
        Layers = 2,
        Heads = 4,
        KvHeads = 2,
        HeadDim = 8,
        MaxPositions = 64,
        RopeTheta = 5_000,
        NormEpsilon = 1e-5,
        TiedHead = true,
        EosTokenIds = [1, 3],
        BosTokenId = 0,
        PadTokenId = 2,
    };

    [Theory]
    [InlineData(Precision.F32, "F32")]
    [InlineData(Precision.BF16, "BF16")]
    public void A_saved_decoder_is_loaded_as_it_was(Precision precision, string format)
    {
        using var folder = new TemporaryFolder();
        using var fresh = Decoder.Random(Small, seed: 5);
        fresh.Save(folder.Root, precision);
        using var loaded = Decoder.Load(folder.Root);
        using var scope = NewDisposeScope();
        using var checkpoint = Checkpoint.Open(folder.Root);

        Assert.All(checkpoint.Tensors, info => Assert.Equal(format, info.DType));
        Assert.Equal(Small with { EosTokenIds = [] }, loaded.Config with { EosTokenIds = [] });
        Assert.Equal(Small.EosTokenIds, loaded.Config.EosTokenIds);
        Assert.Equal(fresh.Weights.Keys.Order(), loaded.Weights.Keys.Order());
        foreach (var (name, weight) in fresh.Weights)
            Assert.True(weight.to(precision.ScalarType()).to(ScalarType.Float32).Same(loaded.Weights[name]), name);
    }

    [Fact]
    public void Our_configuration_has_every_field_that_transformers_writes_for_qwen3()
    {
        using var ours = System.Text.Json.JsonDocument.Parse(Small.ToJson(Precision.BF16));
        using var theirs = System.Text.Json.JsonDocument
            .Parse(File.ReadAllText(Repository.Path("tests", "golden", "models", "qwen3", "config.json")));
        string[] left = [.. theirs.RootElement.EnumerateObject().Select(field => field.Name).Except(["transformers_version"])
            .Except(ours.RootElement.EnumerateObject().Select(field => field.Name))];

        Assert.Empty(left);
        Assert.Equal("Qwen3ForCausalLM", ours.RootElement.GetProperty("architectures")[0].GetString());
        Assert.Equal("bfloat16", ours.RootElement.GetProperty("dtype").GetString());
        Assert.Equal("bfloat16", ours.RootElement.GetProperty("torch_dtype").GetString());
        Assert.Equal(Small.Layers, ours.RootElement.GetProperty("layer_types").GetArrayLength());
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_of_the_promised_size()
    {
        var wide = Small with { HiddenSize = 128, FeedForward = 256 };
        using Decoder one = Decoder.Random(wide, 7), same = Decoder.Random(wide, 7), other = Decoder.Random(wide, 8);
        using var scope = NewDisposeScope();
        const string query = "model.layers.0.self_attn.q_proj.weight", down = "model.layers.1.mlp.down_proj.weight";

        Assert.True(one.Weights[query].Same(same.Weights[query]));
        Assert.False(one.Weights[query].Same(other.Weights[query]));
        Assert.InRange(one.Weights[query].std().item<float>(), 0.019, 0.021);
        Assert.InRange(one.Weights[down].std().item<float>(), 0.0095, 0.0105); // 0.02 / √(2 · 2 layers)
        Assert.True(one.Weights["model.norm.weight"].Same(ones(128)));
        Assert.Equal(wide.Parameters, one.Weights.Values.Sum(weight => weight.NumberOfElements));
    }

    [Fact]
    public void End_of_sequence_ids_come_from_the_generation_configuration_first()
    {
        using var folder = TemporaryFolder.WithModel("llama");
        folder.Replace("generation_config.json", "\"eos_token_id\": 2", "\"eos_token_id\": [5, 7]");
        Assert.Equal([5, 7], DecoderConfig.Load(folder.Root).EosTokenIds);
        File.Delete(folder.File("generation_config.json"));
        Assert.Equal([2], DecoderConfig.Load(folder.Root).EosTokenIds);
    }

    [Theory]
    [InlineData("\"model_type\": \"llama\"", "\"model_type\": \"mamba\"",
        "model type 'mamba' is not supported. Supported: gemma, gemma2, gemma3_text, gpt2, gpt_neox, llama, mistral, olmo2, phi3, qwen2, "
        + "qwen3, smollm3.")]
    [InlineData("LlamaForCausalLM", "LlamaForSequenceClassification",
        "architecture 'LlamaForSequenceClassification' is not supported for model type 'llama'; LlamaForCausalLM is")]
    [InlineData("\"hidden_act\": \"silu\"", "\"hidden_act\": \"mish\"", "hidden_act 'mish' is not supported. Supported: gelu, ")]
    [InlineData("\"rope_scaling\": null", "\"rope_scaling\": {\"rope_type\": \"mrope\", \"factor\": 4.0}",
        "rope type 'mrope' is not supported. Supported: default, dynamic, linear, llama3, longrope, yarn")]
    [InlineData("\"rope_scaling\": null", "\"rope_scaling\": {\"type\": \"su\", \"factor\": 4.0}", "rope type 'su'")]
    [InlineData("\"rope_scaling\": null", "\"rope_scaling\": {\"type\": \"linear\"}", "rope_scaling' has no 'factor'")]
    [InlineData("\"rope_scaling\": null", "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 0}", "a rope scaling of 0")]
    [InlineData("\"rope_scaling\": null",
        "\"rope_scaling\": {\"rope_type\": \"longrope\", \"factor\": 2.0, \"short_factor\": [1, 1], \"long_factor\": [2, 2, 2, 2]}",
        "short_factor and long_factor have 2 and 4 numbers, and 4 frequencies are turned")]
    [InlineData("\"rope_scaling\": null", "\"partial_rotary_factor\": 0.5", "partial_rotary_factor 0.5 is not supported for llama")]
    [InlineData("\"rope_scaling\": null", "\"quantization_config\": {\"quant_method\": \"gptq\"}", "the weights are quantised (gptq)")]
    [InlineData("\"rope_scaling\": null", "\"add_cross_attention\": true", "add_cross_attention is set")]
    [InlineData("\"hidden_size\": 32,", "", "has no 'hidden_size'")]
    [InlineData("\"hidden_size\": 32", "\"hidden_size\": \"32\"", "'hidden_size' should be a whole number above 0, and it is \"32\"")]
    [InlineData("\"num_key_value_heads\": 2", "\"num_key_value_heads\": 3", "4 query heads cannot share 3 key-value heads")]
    [InlineData("\"head_dim\": 8", "\"head_dim\": 7", "head_dim 7 is odd")]
    [InlineData("\"vocab_size\": 128", "\"vocab_size\": 120",
        "'model.embed_tokens.weight' has shape [128, 32], and the configuration asks for [120, 32]")]
    [InlineData("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 4",
        "lacks 9 of 39 weights that its configuration asks for: 'model.layers.3.input_layernorm.weight'")]
    [InlineData("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 2",
        "holds 9 weights that its configuration knows no use for: 'model.layers.2.input_layernorm.weight'")]
    [InlineData("\"attention_bias\": false", "\"attention_bias\": true", "lacks 12 of 42 weights")]
    [InlineData("\"architectures\"", "architectures", "is not valid JSON")]
    public void A_configuration_that_cannot_be_followed_says_why(string old, string replacement, string why)
    {
        using var folder = TemporaryFolder.WithModel("llama");
        folder.Replace("config.json", old, replacement);
        var error = Assert.Throws<UrialException>(() => Decoder.Load(folder.Root));
        Assert.Contains(why, error.Message);
        Assert.Contains(folder.Root, error.Message);
    }

    [Theory]
    [InlineData("qwen3", "\"layer_types\": [\n    \"full_attention\"", "\"layer_types\": [\n    \"chunked_attention\"",
        "layer_types names 'chunked_attention', which is not supported")]
    [InlineData("qwen3", "\"layer_types\": [\n    \"full_attention\"", "\"layer_types\": [\n    \"sliding_attention\"",
        "layer_types asks for sliding windows, and sliding_window is not set")]
    [InlineData("qwen2-swa", "\"use_sliding_window\": true", "\"use_sliding_window\": false",
        "layer_types asks for sliding windows, and sliding_window is not set or switched off")]
    [InlineData("gemma2", "\"layer_types\": [\n    \"sliding_attention\",", "\"layer_types\": [",
        "layer_types has 2 entries, and the model 3 layers")]
    [InlineData("gemma3", "\"use_bidirectional_attention\": false", "\"use_bidirectional_attention\": true",
        "use_bidirectional_attention is set")]
    [InlineData("gemma3-v5", "\"rope_theta\": 10000.0,\n      \"rope_type\": \"default\"",
        "\"rope_theta\": 10000.0, \"factor\": 2.0, \"rope_type\": \"linear\"", "rope type 'linear' in layers with a window")]
    [InlineData("smollm3", "\"no_rope_layers\": [\n    1,", "\"no_rope_layers\": [",
        "no_rope_layers has 3 entries, and the model 4 layers")]
    [InlineData("gpt2", "\"activation_function\": \"gelu_new\"", "\"activation_function\": \"softplus\"", "activation_function 'softplus'")]
    [InlineData("gpt-neox", "\"rotary_pct\": 0.5", "\"rotary_pct\": 0.4", "the share 0.4 of head_dim 8 is no even number of entries")]
    public void What_a_family_does_not_support_is_refused_by_name_from_its_configuration_alone(
        string model, string old, string replacement, string why)
    {
        using var folder = TemporaryFolder.WithModel(model);
        File.Delete(folder.File("model.safetensors"));
        folder.Replace("config.json", old, replacement);
        var error = Assert.Throws<UrialException>(() => DecoderConfig.Load(folder.Root));
        Assert.Contains(why, error.Message);
        Assert.Contains(folder.Root, error.Message);
    }

    [Theory]
    [InlineData("pytorch_model.bin")]
    [InlineData("pytorch_model-00001-of-00002.bin")]
    [InlineData("consolidated.00.pth")]
    public void Pickles_are_refused_with_the_reason(string name)
    {
        using var folder = TemporaryFolder.WithModel("llama");
        File.Move(folder.File("model.safetensors"), folder.File(name));
        var error = Assert.Throws<UrialException>(() => Decoder.Load(folder.Root));
        Assert.Contains(name, error.Message);
        Assert.Contains("runs whatever program is in it", error.Message);
    }

    [Theory]
    [InlineData("config.json", "has no config.json")]
    [InlineData("model.safetensors.index.json", "holds no weights")]
    [InlineData("model-00002-of-00002.safetensors", "lists the shard 'model-00002-of-00002.safetensors', which is missing")]
    public void A_missing_file_is_named(string name, string why)
    {
        using var folder = TemporaryFolder.WithModel("llama-f16-sharded");
        File.Delete(folder.File(name));
        Assert.Contains(why, Assert.Throws<UrialException>(() => Decoder.Load(folder.Root)).Message);
    }

    [Theory]
    [InlineData("\"model.norm.weight\": \"model-00002-of-00002.safetensors\"",
        "\"model.norm.weight\": \"model-00001-of-00002.safetensors\"",
        "says that tensor 'model.norm.weight' is in 'model-00001-of-00002.safetensors', and it is not")]
    [InlineData("\"model.norm.weight\": \"model-00002-of-00002.safetensors\"", "\"model.norm.weight\": \"../other.safetensors\"",
        "not a plain file name")]
    [InlineData("\"model.norm.weight\": \"model-00002-of-00002.safetensors\"",
        "\"model.nrm.weight\": \"model-00002-of-00002.safetensors\"", "says that tensor 'model.nrm.weight' is in")]
    [InlineData("weight_map", "weights", "needs an object 'weight_map'")]
    public void A_damaged_index_is_named(string old, string replacement, string why)
    {
        using var folder = TemporaryFolder.WithModel("llama-f16-sharded");
        folder.Replace("model.safetensors.index.json", old, replacement);
        Assert.Contains(why, Assert.Throws<UrialException>(() => Decoder.Load(folder.Root)).Message);
    }

    [Fact]
    public void A_truncated_weight_file_is_named()
    {
        using var folder = TemporaryFolder.WithModel("llama");
        using (var file = File.OpenWrite(folder.File("model.safetensors")))
            file.SetLength(file.Length - 100);
        var error = Assert.Throws<UrialException>(() => Decoder.Load(folder.Root));
        Assert.Contains("model.safetensors", error.Message);
        Assert.Contains("truncated", error.Message);
    }

    [Fact]
    public void A_missing_folder_is_named() =>
        Assert.Contains("no model folder 'nowhere'", Assert.Throws<UrialException>(() => Decoder.Load("nowhere")).Message);

    [Fact]
    public void Weights_of_mixed_formats_are_refused()
    {
        using var scope = NewDisposeScope();
        using var decoder = Decoder.Random(Small, 1);
        var weights = decoder.Weights.ToDictionary(w => w.Key, w => w.Value);
        weights["model.norm.weight"] = weights["model.norm.weight"].to(ScalarType.BFloat16);
        Assert.Contains("'model.norm.weight' is BFloat16", Assert.Throws<UrialException>(() => new Decoder(Small, weights)).Message);
        var halves = decoder.Weights.ToDictionary(w => w.Key, w => w.Value.to(ScalarType.Float16));
        Assert.Contains("Float16", Assert.Throws<UrialException>(() => new Decoder(Small, halves)).Message);
    }
}
