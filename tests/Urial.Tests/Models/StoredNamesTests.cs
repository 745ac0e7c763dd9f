using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models;

/// <summary>Weights under other names than the family's own, and tensors that are stored beside them.</summary>
public sealed class StoredNamesTests
{
    [Theory]
    [InlineData("gpt2", "transformer.", "")]
    [InlineData("llama-tied", "model.", "")]
    [InlineData("gemma3", "model.", "language_model.model.")]
    [InlineData("gemma3", "model.", "model.language_model.")]
    public void Weights_under_other_names_are_the_same_model(string model, string known, string stored)
    {
        using var folder = TemporaryFolder.WithModel(model);
        Rewrite(folder, name => name.StartsWith(known, StringComparison.Ordinal) ? stored + name[known.Length..] : name);
        AssertAgrees(folder);
    }

    [Theory]
    [InlineData("gpt2", "transformer.h.0.attn.bias")]
    [InlineData("gpt2", "transformer.h.1.attn.masked_bias")]
    [InlineData("gpt2", "lm_head.weight")]
    [InlineData("gpt-neox", "gpt_neox.layers.0.attention.bias")]
    [InlineData("gpt-neox", "gpt_neox.layers.0.attention.masked_bias")]
    [InlineData("gpt-neox", "gpt_neox.layers.0.attention.rotary_emb.inv_freq")]
    [InlineData("llama", "model.layers.0.self_attn.rotary_emb.inv_freq")]
    [InlineData("llama-tied", "lm_head.weight")]
    [InlineData("gemma3", "vision_tower.vision_model.embeddings.patch_embedding.weight")]
    [InlineData("gemma3", "multi_modal_projector.mm_soft_emb_norm.weight")]
    public void What_no_computation_needs_is_left_unread(string model, string surplus)
    {
        using var folder = TemporaryFolder.WithModel(model);
        using var more = ones(3);
        Rewrite(folder, name => name, (surplus, more));
        AssertAgrees(folder);
    }

    [Theory]
    [InlineData("llama", "model.layers.0.self_attn.q_proj.bias")]
    [InlineData("llama", "score.weight")]
    [InlineData("qwen2", "model.layers.0.self_attn.o_proj.bias")]
    [InlineData("gpt2", "transformer.h.0.crossattention.c_attn.weight")]
    [InlineData("gemma3", "audio_tower.weight")]
    public void What_would_compute_another_model_is_refused_with_its_file(string model, string surplus)
    {
        using var folder = TemporaryFolder.WithModel(model);
        using var more = ones(3);
        Rewrite(folder, name => name, (surplus, more));
        var error = Assert.Throws<UrialException>(() => Decoder.Load(folder.Root)).Message;
        Assert.Contains($"knows no use for: '{surplus}'", error);
        Assert.Contains(folder.File("model.safetensors"), error);
    }

    [Fact]
    public void One_weight_under_two_names_is_refused()
    {
        using var folder = TemporaryFolder.WithModel("gemma3");
        using var more = ones(3);
        Rewrite(folder, name => name, ("language_model.model.norm.weight", more));
        Assert.Contains("is the same weight under another name", Assert.Throws<UrialException>(() => Decoder.Load(folder.Root)).Message);
    }

    [Fact]
    public void A_bare_model_lacks_the_head_that_is_not_tied()
    {
        using var folder = TemporaryFolder.WithModel("llama");
        Rewrite(folder, name => name.Replace("model.", ""), drop: "lm_head.weight");
        Assert.Contains("lacks 1 of 30 weights that its configuration asks for: 'lm_head.weight'",
            Assert.Throws<UrialException>(() => Decoder.Load(folder.Root)).Message);
    }

    [Fact]
    public void The_text_part_of_a_model_that_sees_is_served()
    {
        using var folder = TemporaryFolder.WithModel("gemma3");
        var text = JsonNode.Parse(File.ReadAllText(folder.File("config.json")))!.AsObject();
        text.Remove("architectures");
        var whole = new JsonObject
        {
            ["architectures"] = new JsonArray("Gemma3ForConditionalGeneration"),
            ["model_type"] = "gemma3",
            ["eos_token_id"] = new JsonArray(1, 106),
            ["text_config"] = text,
            ["vision_config"] = new JsonObject { ["model_type"] = "siglip_vision_model" },
        };
        File.WriteAllText(folder.File("config.json"), whole.ToJsonString());
        File.Delete(folder.File("generation_config.json"));
        using var more = ones(3);
        Rewrite(folder, name => "language_model." + name, ("vision_tower.vision_model.post_layernorm.weight", more));

        AssertAgrees(folder);
        var config = DecoderConfig.Load(folder.Root);
        Assert.Equal("gemma3_text", config.ModelType);
        Assert.Equal([1, 106], config.EosTokenIds);
        whole.Remove("text_config");
        File.WriteAllText(folder.File("config.json"), whole.ToJsonString());
        Assert.Contains("has no 'text_config'", Assert.Throws<UrialException>(() => DecoderConfig.Load(folder.Root)).Message);
    }

    private static void AssertAgrees(TemporaryFolder folder)
    {
        using var decoder = Decoder.Load(folder.Root);
        Assert.True(GoldenCheck.Compare(decoder, folder.File("golden.safetensors")).Agrees);
    }

    private static void Rewrite(TemporaryFolder folder, Func<string, string> rename, (string Name, Tensor Value)? more = null,
        string? drop = null)
    {
        using var scope = NewDisposeScope();
        var path = folder.File("model.safetensors");
        List<(string, Tensor)> tensors = [];
        using (var file = SafeTensors.Open(path))
            tensors.AddRange(file.Tensors.Keys.Where(name => name != drop).Select(name => (rename(name), file.Read(name))));
        if (more is { } added)
            tensors.Add(added);
        SafeTensors.Write(path, tensors);
    }
}
