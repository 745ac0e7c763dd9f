using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models.Adapters;

/// <summary>The two files of an adapter, read and written in the layout of PEFT.</summary>
public sealed class AdapterFilesTests
{
    private static readonly DecoderConfig Llama = DecoderConfig.Load(MadeAdapter.Golden("llama"));

    [Fact]
    public void What_is_read_and_written_again_is_the_same_file()
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden("llama"), ["q_proj", "v_proj"]);
        using var read = LowRankAdapter.Read(made.Root, Llama);
        using var folder = new TemporaryFolder();
        read.Write(folder.Root, Precision.F32);
        AssertSameMatrices(made, folder);
        Assert.Equal(3 * (2 * 32 + 32 * 2 + 2 * 32 + 16 * 2), read.Parameters);
        using var again = LowRankAdapter.Read(folder.Root, Llama);
        Assert.Equal(read.Config.ToJson(), again.Config.ToJson());
        Assert.Equal(["q_proj", "v_proj"], again.Config.TargetModules);
    }

    [Fact]
    public void A_multimodal_layout_is_written_as_it_was_read()
    {
        const string start = "base_model.model.model.language_model.";
        using var made = MadeAdapter.Of(MadeAdapter.Golden("gemma3"), ["q_proj"], key: module => start + module["model.".Length..]);
        using var read = LowRankAdapter.Read(made.Root, DecoderConfig.Load(MadeAdapter.Golden("gemma3")));
        Assert.All(read.Matrices.Keys, name => Assert.StartsWith("model.layers.", name));
        using var folder = new TemporaryFolder();
        read.Write(folder.Root, Precision.F32);
        AssertSameMatrices(made, folder);
    }

    [Theory]
    [InlineData(Precision.F32, "F32")]
    [InlineData(Precision.BF16, "BF16")]
    public void Trained_matrices_are_written_under_peft_s_names(Precision precision, string format)
    {
        using var folder = new TemporaryFolder();
        using Tensor a = rand(4, 32).requires_grad_(), b = zeros(32, 4).requires_grad_();
        var config = new AdapterConfig { Rank = 4, Alpha = 8, TargetModules = ["q_proj"], Layers = [1], Base = "org/tiny" };
        using (var adapter = LowRankAdapter.Of(config, new Dictionary<string, (Tensor, Tensor)>
        {
            ["model.layers.1.self_attn.q_proj.weight"] = (a, b),
        }))
        {
            Assert.Equal(2, adapter.Matrices.Single().Value.Scale);
            using (no_grad())
                b.fill_(0.5f); // training goes on: what is written is what the matrices hold then
            adapter.Write(folder.Root, precision);
        }
        Assert.False(a.IsInvalid || b.IsInvalid);
        using (var file = SafeTensors.Open(folder.File("adapter_model.safetensors")))
        {
            Assert.Equal([("base_model.model.model.layers.1.self_attn.q_proj.lora_A.weight", format, "[4, 32]"),
                ("base_model.model.model.layers.1.self_attn.q_proj.lora_B.weight", format, "[32, 4]")],
                file.Tensors.Values.OrderBy(info => info.Name).Select(info => (info.Name, info.DType, info.ShapeText)));
            Assert.Equal([KeyValuePair.Create("format", "pt")], file.Metadata);
            using var stored = file.Read("base_model.model.model.layers.1.self_attn.q_proj.lora_B.weight");
            using var wide = stored.to(ScalarType.Float32);
            Assert.All(wide.data<float>().ToArray(), value => Assert.Equal(0.5f, value));
        }
        var json = JsonNode.Parse(File.ReadAllText(folder.File("adapter_config.json")))!.AsObject();
        var expected = JsonNode.Parse("""
            {"alpha_pattern": {}, "auto_mapping": null, "base_model_name_or_path": "org/tiny", "bias": "none", "fan_in_fan_out": false,
             "inference_mode": true, "init_lora_weights": true, "layers_pattern": null, "layers_to_transform": [1], "lora_alpha": 8,
             "lora_dropout": 0, "modules_to_save": null, "peft_type": "LORA", "r": 4, "rank_pattern": {}, "revision": null,
             "target_modules": ["q_proj"], "task_type": "CAUSAL_LM"}
            """)!.AsObject();
        Assert.Equal(expected.ToJsonString(), json.ToJsonString());
        using var read = LowRankAdapter.Read(folder.Root, Llama);
        Assert.Equal(["model.layers.1.self_attn.q_proj.weight"], read.Matrices.Keys);
    }

    [Fact]
    public void Everything_that_a_configuration_says_comes_back()
    {
        var config = new AdapterConfig
        {
            Rank = 3,
            Alpha = 1.5,
            TargetPattern = ".*proj",
            ExcludedModules = ["k_proj"],
            Layers = [0, 2],
            LayersPattern = ["h"],
            RankPattern = [new("b", 2), new("a", 1)],
            AlphaPattern = [new("z", 2.5), new("y", 4)],
            RankStabilised = true,
            FanInFanOut = true,
            Dropout = 0.1,
            Base = "../base",
            Revision = "main",
            TaskType = null,
            BaseClass = "LlamaForCausalLM",
        };
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("adapter_config.json"), config.ToJson());
        var read = AdapterConfig.Load(folder.Root);
        Assert.Equal(config.ToJson(), read.ToJson());
        Assert.Equal([.. config.RankPattern], read.RankPattern);
        Assert.Equal([.. config.AlphaPattern], read.AlphaPattern);
        Assert.Equal((".*proj", 0.1, "../base", "LlamaForCausalLM"), (read.TargetPattern, read.Dropout, read.Base, read.BaseClass));
        Assert.Equal(1.5 / Math.Sqrt(2), new AdapterConfig { Rank = 2, Alpha = 1.5, RankStabilised = true }.ScaleOf("x"), 1e-12);
    }

    [Fact]
    public void A_file_of_peft_0_5_needs_no_newer_field()
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden("llama"), ["q_proj", "v_proj"]);
        File.WriteAllText(made.File("adapter_config.json"), """
            {"auto_mapping": null, "base_model_name_or_path": "meta-llama/Llama-2-7b-hf", "bias": "none", "fan_in_fan_out": false,
             "inference_mode": true, "init_lora_weights": true, "layers_pattern": null, "layers_to_transform": null,
             "lora_alpha": 16, "lora_dropout": 0.05, "modules_to_save": null, "peft_type": "LORA", "r": 2, "revision": null,
             "target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM"}
            """);
        using var read = LowRankAdapter.Read(made.Root, Llama);
        Assert.All(read.Matrices.Values, pair => Assert.Equal(8, pair.Scale));
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void Matrices_of_16_bits_are_read_as_f32(ScalarType type)
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden("llama"), ["q_proj"]);
        made.WriteTensors(type);
        using var read = LowRankAdapter.Read(made.Root, Llama);
        Assert.All(read.Matrices.Values, pair => Assert.Equal((ScalarType.Float32, ScalarType.Float32), (pair.A.dtype, pair.B.dtype)));
    }

    private static void AssertSameMatrices(MadeAdapter made, TemporaryFolder folder) => Assert.Equal(
        File.ReadAllBytes(made.File("adapter_model.safetensors")), File.ReadAllBytes(folder.File("adapter_model.safetensors")));
}
