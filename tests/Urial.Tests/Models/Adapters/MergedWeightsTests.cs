using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models.Adapters;

/// <summary>W + scale · B·A, against sums by hand and against a plain model of those weights.</summary>
public sealed class MergedWeightsTests
{
    private static readonly string[] All = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];

    [Theory]
    [InlineData("llama", false, "q_proj", "v_proj")]
    [InlineData("llama-bf16", false, "q_proj", "down_proj")]
    [InlineData("gemma3", false, "q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")]
    [InlineData("phi3", false, "qkv_proj", "gate_up_proj")]
    [InlineData("gpt-neox", false, "query_key_value", "dense")]
    [InlineData("gpt2", true, "c_attn", "c_proj", "c_fc")]
    public void A_model_with_an_adapter_is_the_plain_model_of_the_merged_weights(string model, bool transposed, params string[] targets)
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden(model), targets, transposed: transposed);
        AssertMerged(made, model, _ => 3, transposed);
    }

    [Fact]
    public void Whether_matrices_are_transposed_is_the_family_s_to_say_as_in_peft()
    {
        using var gpt2 = MadeAdapter.Of(MadeAdapter.Golden("gpt2"), ["c_attn"], transposed: true,
            config: json => json["fan_in_fan_out"] = false);
        AssertMerged(gpt2, "gpt2", _ => 3, transposed: true);
        using var llama = MadeAdapter.Of(MadeAdapter.Golden("llama"), ["q_proj"], config: json => json["fan_in_fan_out"] = true);
        AssertMerged(llama, "llama", _ => 3);
    }

    [Theory]
    [InlineData("llama", "base_model.model.model.", ".default.weight")]
    [InlineData("llama", "model.", ".weight")]
    [InlineData("llama", "base_model.model.", ".weight")] // trained on the model without its head
    [InlineData("gemma3", "base_model.model.model.language_model.", ".weight")]
    [InlineData("gemma3", "base_model.model.language_model.model.", ".weight")]
    [InlineData("gemma3", "base_model.model.language_model.", ".weight")]
    public void Names_of_all_layouts_that_peft_has_written_are_read(string model, string start, string suffix)
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden(model), ["q_proj"], suffix: suffix,
            key: module => start + module["model.".Length..]);
        AssertMerged(made, model, _ => 3);
    }

    [Fact]
    public void Matrices_of_a_vision_tower_are_passed_over_with_their_targets()
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden("gemma3"), ["q_proj", "fc1"],
            key: module => "base_model.model.model.language_model." + module["model.".Length..]);
        made.Tensors["base_model.model.model.vision_tower.vision_model.encoder.layers.0.mlp.fc1.lora_A.weight"] = new float[2, 3];
        made.Tensors["base_model.model.model.vision_tower.vision_model.encoder.layers.0.mlp.fc1.lora_B.weight"] = new float[5, 2];
        made.WriteTensors();
        AssertMerged(made, "gemma3", _ => 3);
    }

    [Theory]
    [InlineData("""{"use_rslora": true}""", "", 4.242640687)] // 6 / √2
    [InlineData("""{"lora_alpha": 5}""", "", 2.5)]
    [InlineData("""{"lora_alpha": 0.5}""", "", 0.25)]
    [InlineData("""{"alpha_pattern": {"k_proj": 9}}""", "k_proj", 4.5)]
    [InlineData("""{"alpha_pattern": {"layers.1.self_attn.k_proj": 9}}""", "1.self_attn.k_proj", 4.5)]
    [InlineData("""{"alpha_pattern": {"^model\\.layers\\.0\\..*_proj": 9, "k_proj": 1}}""", "layers.0.", 4.5)]
    [InlineData("""{"alpha_pattern": {"layers.[13].self_attn.v_proj": 8}}""", "1.self_attn.v_proj", 4.0)]
    public void Scales_follow_alpha_its_pattern_and_rank_stabilisation(string config, string where, double scale)
    {
        var changes = JsonNode.Parse(config)!.AsObject();
        using var made = MadeAdapter.Of(MadeAdapter.Golden("llama"), ["k_proj", "v_proj"], config: json =>
        {
            foreach (var (field, value) in changes)
                json[field] = value!.DeepClone();
        });
        AssertMerged(made, "llama", weight => weight.Contains(where, StringComparison.Ordinal) ? scale
            : config.Contains("\"k_proj\": 1", StringComparison.Ordinal) && weight.Contains("k_proj", StringComparison.Ordinal) ? 0.5 : 3);
    }

    [Fact]
    public void Ranks_follow_their_pattern_and_so_does_the_scale()
    {
        static bool Special(string name) => name.Contains("layers.1.self_attn.q_proj", StringComparison.Ordinal);

        using var made = MadeAdapter.Of(MadeAdapter.Golden("llama"), ["q_proj", "o_proj"], rank: module => Special(module) ? 4 : 2,
            config: json => json["rank_pattern"] = new JsonObject { ["1.self_attn.q_proj"] = 4 });
        AssertMerged(made, "llama", weight => Special(weight) ? 1.5 : 3);
    }

    [Theory]
    [InlineData("llama", """{"target_modules": "all-linear"}""", "")]
    [InlineData("llama", """{"target_modules": ".*\\.(q|k|v|o)_proj|.*mlp.*"}""", "")]
    [InlineData("llama", """{"layers_to_transform": [1]}""", "layers.1.")]
    [InlineData("llama", """{"layers_to_transform": 1, "layers_pattern": "layers"}""", "layers.1.")]
    [InlineData("llama", """{"layers_to_transform": [0], "layers_pattern": ["blocks", "layers"]}""", "layers.0.")]
    [InlineData("llama", """{"exclude_modules": ["k_proj"]}""", "!k_proj")]
    [InlineData("llama", """{"exclude_modules": ".*layers\\.[02].*"}""", "layers.1.")]
    public void Targets_are_found_as_peft_finds_them(string model, string config, string only)
    {
        var changes = JsonNode.Parse(config)!.AsObject();
        using var made = MadeAdapter.Of(MadeAdapter.Golden(model), All, config: json =>
        {
            foreach (var (field, value) in changes)
                json[field] = value!.DeepClone();
        });
        bool Changed(string name) =>
            only.StartsWith('!') ? !name.Contains(only[1..], StringComparison.Ordinal) : name.Contains(only, StringComparison.Ordinal);

        foreach (var name in made.Tensors.Keys.Where(name => !Changed(name)).ToArray())
            made.Tensors.Remove(name);
        made.WriteTensors();
        AssertMerged(made, model, weight => Changed(weight) ? 3 : 0);
    }

    [Fact]
    public void An_untied_head_may_be_a_target()
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden("llama"), ["q_proj"], config: json =>
            json["target_modules"] = new JsonArray("q_proj", "lm_head"));
        made.Tensors["base_model.model.lm_head.lora_A.weight"] = new float[2, 32];
        made.Tensors["base_model.model.lm_head.lora_B.weight"] = new float[128, 2];
        (made.Tensors["base_model.model.lm_head.lora_A.weight"][0, 5], made.Tensors["base_model.model.lm_head.lora_B.weight"][9, 0]) =
            (2, 1);
        made.WriteTensors();
        using LanguageModel plain = LanguageModel.Load(MadeAdapter.Golden("llama")), model = LanguageModel.Load(made.Root);
        using var change = model.Decoder.Weights["lm_head.weight"] - plain.Decoder.Weights["lm_head.weight"];
        var values = change.data<float>().ToArray();
        Assert.Equal(6, values[9 * 32 + 5], 1e-5);
        Assert.Equal(1, values.Count(value => value != 0));
    }

    [Fact]
    public void In_bf16_the_sum_is_rounded_once()
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden("llama-bf16"), All);
        using var model = LanguageModel.Load(MadeAdapter.Golden("llama-bf16"), made.Root, Precision.BF16);
        foreach (var (name, expected) in made.Merged(_ => 3))
            using (NewDisposeScope())
            {
                var bits = model.Decoder.Weights[name].to(ScalarType.Float32).data<float>().ToArray();
                var rounded = tensor(expected).to(ScalarType.BFloat16).to(ScalarType.Float32).data<float>().ToArray();
                Assert.Equal(ScalarType.BFloat16, model.Decoder.Weights[name].dtype);
                Assert.InRange(bits.Zip(rounded).Count(pair => pair.First != pair.Second), 0, bits.Length / 200); // ties in another f32 sum
            }
        Assert.Equal(PanelKernel.IsFast, model.Decoder.Packed is not null); // and what is merged is what is packed
        using var wide = new Decoder(model.Config, model.Decoder.Weights.ToDictionary(w => w.Key, w => w.Value.to(ScalarType.Float32)));
        PackedDecoderTests.Agrees(wide, PackedDecoderTests.Packed(model.Decoder), PackedDecoderTests.Ids(wide, 60));
    }

    [Fact]
    public void The_base_s_own_weights_and_files_stay_as_they_were()
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden("llama"), All);
        var before = File.ReadAllBytes(Path.Combine(MadeAdapter.Golden("llama"), "model.safetensors"));
        using var plain = LanguageModel.Load(MadeAdapter.Golden("llama"));
        const string name = "model.layers.0.self_attn.q_proj.weight";
        using var kept = plain.Decoder.Weights[name].clone();
        using var model = LanguageModel.Load(MadeAdapter.Golden("llama"), made.Root);
        Assert.True(kept.Same(plain.Decoder.Weights[name]));
        Assert.False(kept.Same(model.Decoder.Weights[name]));
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(MadeAdapter.Golden("llama"), "model.safetensors")));
    }

    private static void AssertMerged(MadeAdapter made, string model, Func<string, double> scale, bool transposed = false)
    {
        var expected = made.Merged(scale, transposed);
        using var merged = LanguageModel.Load(MadeAdapter.Golden(model), made.Root);
        foreach (var (name, weight) in merged.Decoder.Weights)
        {
            var values = weight.data<float>().ToArray();
            for (var i = 0; i < values.Length; i++)
                Assert.Equal(expected[name][i], values[i], 2e-6);
        }
        using var folder = made.Model(expected);
        using var byHand = PlainDecoder.Load(folder.Root);
        using var original = PlainDecoder.Load(MadeAdapter.Golden(model));
        using var ids = tensor(new long[] { 5, 9, 2, 77, 31, 8 }).view(1, -1);
        using Tensor ours = merged.Decoder.Forward(ids), theirs = byHand.Forward(ids), unchanged = original.Forward(ids);
        Assert.InRange((ours - theirs).abs().max().item<float>(), 0, 1e-4);
        Assert.InRange((ours - unchanged).abs().max().item<float>(), 1e-3, 1e6);
    }
}
