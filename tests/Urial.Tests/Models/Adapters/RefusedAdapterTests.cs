using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models.Adapters;

/// <summary>What would compute something else than the adapter's author meant is refused by name.</summary>
public sealed class RefusedAdapterTests
{
    private const string Q = "base_model.model.model.layers.0.self_attn.q_proj";

    [Theory]
    [InlineData("""{"peft_type": "IA3"}""", "type IA3")]
    [InlineData("""{"peft_type": null}""", "peft_type")]
    [InlineData("""{"use_dora": true}""", "use_dora is true")]
    [InlineData("""{"use_qalora": true}""", "use_qalora")]
    [InlineData("""{"lora_bias": true}""", "lora_bias")]
    [InlineData("""{"bias": "all"}""", "bias is 'all'")]
    [InlineData("""{"modules_to_save": ["lm_head"]}""", "modules_to_save is [\"lm_head\"]")]
    [InlineData("""{"trainable_token_indices": [1]}""", "trainable_token_indices")]
    [InlineData("""{"layer_replication": [[0, 1]]}""", "layer_replication")]
    [InlineData("""{"target_parameters": ["x"]}""", "target_parameters")]
    [InlineData("""{"init_lora_weights": "pissa_niter_4"}""", "init_lora_weights is 'pissa_niter_4'")]
    [InlineData("""{"task_type": "SEQ_CLS"}""", "task_type is 'SEQ_CLS'")]
    [InlineData("""{"target_modules": null}""", "target_modules")]
    [InlineData("""{"target_modules": 3}""", "'target_modules' should be")]
    [InlineData("""{"target_modules": ["q_proj", "c_attn"]}""", "names 'c_attn'")]
    [InlineData("""{"target_modules": "nothing.*"}""", "names 'nothing.*'")]
    [InlineData("""{"target_modules": "(q_proj"}""", "(q_proj")]
    [InlineData("""{"target_modules": ["q_proj", "embed_tokens"]}""", "changes the embedding 'model.embed_tokens'")]
    [InlineData("""{"target_modules": ["q_proj", "k_proj"]}""", "lacks the matrices of 3 of 6 modules")]
    [InlineData("""{"layers_to_transform": [0]}""", "holds matrices of 2 modules that target_modules")]
    [InlineData("""{"r": 4}""", "has shape [2, 32], and a rank of 4")]
    [InlineData("""{"r": 0}""", "'r' should be")]
    [InlineData("""{"r": null}""", "no 'r'")]
    [InlineData("""{"lora_alpha": null}""", "no 'lora_alpha'")]
    [InlineData("""{"rank_pattern": {"q_proj": 1.5}}""", "rank_pattern")]
    [InlineData("""{"auto_mapping": {"base_model_class": "Qwen3ForCausalLM"}}""", "is for a Qwen3ForCausalLM (qwen3)")]
    public void Configurations(string changes, string message)
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden("llama"), ["q_proj"], config: json =>
        {
            foreach (var (field, value) in JsonNode.Parse(changes)!.AsObject())
                json[field] = value?.DeepClone();
        });
        Refused(made, "llama", message);
    }

    [Fact]
    public void A_matrix_without_its_other()
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden("llama"), ["q_proj"]);
        made.Tensors.Remove(Q + ".lora_B.weight");
        made.WriteTensors();
        Refused(made, "llama", $"holds '{Q}.lora_A.weight' and not the matrix B", "adapter_model.safetensors");
    }

    [Fact]
    public void A_matrix_of_another_shape()
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden("llama"), ["q_proj"]);
        made.Tensors[Q + ".lora_B.weight"] = new float[31, 2];
        made.WriteTensors();
        Refused(made, "llama", $"'{Q}.lora_B.weight' has shape [31, 2]", "which is [32, 32], asks for [32, 2]",
            "adapter_model.safetensors");
    }

    [Theory]
    [InlineData("base_model.model.model.layers.7.self_attn.q_proj.lora_A.weight", "tensors that have no place in the base, a llama")]
    [InlineData("base_model.model.model.layers.0.self_attn.q_proj.lora_magnitude_vector.weight", "have no place")]
    [InlineData("base_model.model.model.embed_tokens.weight", "a whole weight of the base")]
    [InlineData("base_model.model.model.embed_tokens.base_layer.weight", "a whole weight of the base")]
    [InlineData("base_model.model.lm_head.weight", "a whole weight of the base")]
    [InlineData("base_model.model.model.embed_tokens.lora_embedding_A", "changes the embedding")]
    [InlineData(Q + ".lora_A.other.weight", "more than one adapter")]
    [InlineData("base_model.model.model.layers.0.self_attn.v_proj.lora_A.weight", "does not name: 'model.layers.0.self_attn.v_proj'")]
    public void Surplus_tensors(string name, string message)
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden("llama"), ["q_proj"]);
        made.Tensors[name] = new float[2, 32];
        made.WriteTensors();
        Refused(made, "llama", message, made.File("adapter_model.safetensors"), AdapterKeys.Parse(name)?.Module ?? name);
    }

    [Theory]
    [InlineData("lm_head")]
    [InlineData("model.lm_head")]
    public void A_head_that_is_the_embedding(string module)
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden("llama-tied"), ["q_proj"]);
        made.Tensors[$"base_model.model.{module}.lora_A.weight"] = new float[2, 32];
        made.WriteTensors();
        Refused(made, "llama-tied", "tie_word_embeddings");
        made.Tensors.Remove($"base_model.model.{module}.lora_A.weight");
        made.WriteTensors();
        made.ChangeConfig(json => json["target_modules"] = new JsonArray("q_proj", "lm_head"));
        Refused(made, "llama-tied", "tie_word_embeddings");
    }

    [Theory]
    [InlineData("gpt2")]
    [InlineData("llama-headdim")]
    [InlineData("qwen2")]
    public void Another_base(string model)
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden("gemma3"), ["q_proj", "v_proj"]);
        var error = Assert.Throws<UrialException>(() => LanguageModel.Load(MadeAdapter.Golden(model), made.Root)).Message;
        Assert.Contains("for another base", error);
        Assert.Contains(MadeAdapter.Golden("gemma3"), error); // the base that it names
    }

    [Fact]
    public void Pickles_and_files_that_are_missing()
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden("llama"), ["q_proj"]);
        File.Delete(made.File("adapter_model.safetensors"));
        Refused(made, "llama", "holds no adapter_model.safetensors");
        File.WriteAllText(made.File("adapter_model.bin"), "x");
        Refused(made, "llama", "pickle file only (adapter_model.bin)", "safe_serialization=True");
        File.Delete(made.File("adapter_config.json"));
        Refused(made, "llama", "is no adapter: it has no adapter_config.json");
    }

    [Fact]
    public void Matrices_in_memory_that_do_not_fit_their_rank()
    {
        using Tensor a = zeros(2, 8), b = zeros(8, 3), half = zeros(8, 2, ScalarType.BFloat16);
        var config = new AdapterConfig { Rank = 2, Alpha = 2, TargetModules = ["q"] };
        Assert.Contains("are [2, 8] and [8, 3]", Error(("m.q.weight", a, b)));
        Assert.Contains("must be Float32", Error(("m.q.weight", a, half)));
        Assert.Contains("'m.q.bias'", Error(("m.q.bias", a, half)));
        Assert.Contains("at least one", Error());

        string Error(params (string Name, Tensor A, Tensor B)[] all) => Assert.Throws<UrialException>(() =>
            LowRankAdapter.Of(config, all.ToDictionary(pair => pair.Name, pair => (pair.A, pair.B)))).Message;
    }

    private static void Refused(MadeAdapter made, string model, params string[] messages)
    {
        var error = Assert.Throws<UrialException>(() => LanguageModel.Load(MadeAdapter.Golden(model), made.Root)).Message;
        Assert.All(messages, message => Assert.Contains(message, error));
        Assert.Contains(made.Root, error);
    }
}
