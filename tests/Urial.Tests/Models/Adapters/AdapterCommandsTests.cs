using System.Text.Json.Nodes;
using Urial.Cli;
using Urial.Tests.Shift;

namespace Urial.Tests.Models.Adapters;

/// <summary>Commands that name an adapter.</summary>
public sealed class AdapterCommandsTests : IDisposable
{
    private readonly MadeAdapter _made = MadeAdapter.Of(GoldenPair.Base, ["q_proj", "v_proj", "down_proj"],
        config: json => json["base_model_name_or_path"] = null);

    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _made.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Generate_answers_as_the_merged_model_does_and_its_manifest_names_both()
    {
        using var merged = _made.Model(_made.Merged(_ => 3));
        File.WriteAllText(_folder.File("q.jsonl"), """
            {"id": "a", "prompt": "What is the capital of France?"}
            {"id": "b", "prompt": "How do I bake bread?"}
            """);
        Task<string> Answers(string name, params string[] model) => Done(["generate", .. model, "--queries", _folder.File("q.jsonl"),
            "--out", _folder.File(name), "--max-new-tokens", "24"]);

        Assert.Equal("", await Answers("plain.jsonl", "--model", GoldenPair.Base));
        Assert.Equal("", await Answers("merged.jsonl", "--model", merged.Root));
        Assert.Equal("", await Answers("adapter.jsonl", "--model", GoldenPair.Base, "--adapter", _made.Root));
        Assert.Equal(Ids("merged.jsonl"), Ids("adapter.jsonl"));
        Assert.NotEqual(Ids("plain.jsonl"), Ids("adapter.jsonl"));

        var manifest = Json("adapter.manifest.json");
        Assert.Equal(GoldenPair.Base, (string?)manifest["model_path"]);
        Assert.Equal(_made.Root, (string?)manifest["model_adapter"]!["path"]);
        Assert.Equal(["adapter_config.json", "adapter_model.safetensors"], Names(manifest["model_adapter"]!["files_sha256"]!));
        Assert.Superset(new HashSet<string> { "adapter_model.safetensors", "model.safetensors" },
            Names(manifest["settings"]!["model_files_sha256"]!).ToHashSet());

        _made.ChangeConfig(json => json["base_model_name_or_path"] = GoldenPair.Base);
        Assert.Equal("", await Answers("named.jsonl", "--model", _made.Root));
        Assert.Equal(Ids("adapter.jsonl"), Ids("named.jsonl"));

        // Another adapter does not go on with the first one's answers.
        _made.ChangeConfig(json => json["lora_alpha"] = 5);
        var (code, error) = await Run(["generate", "--model", _made.Root, "--queries", _folder.File("q.jsonl"), "--out",
            _folder.File("named.jsonl"), "--max-new-tokens", "24"]);
        Assert.Equal(2, code);
        Assert.Contains("adapter_config.json", error);
    }

    [Fact]
    public async Task Shift_takes_base_and_adapter_two_adapters_and_one_under_two_prompts()
    {
        Assert.Equal("", await Shift("plain", "--base", GoldenPair.Base, "--aligned", _made.Root));
        var manifest = Json("plain/manifest.json");
        Assert.Null(manifest["base"]!["adapter"]);
        Assert.Equal(GoldenPair.Base, (string?)manifest["aligned"]!["path"]);
        Assert.Equal(_made.Root, (string?)manifest["aligned"]!["adapter"]!["path"]);
        Assert.Equal(["adapter_config.json", "adapter_model.safetensors"], Names(manifest["aligned"]!["adapter"]!["files_sha256"]!));
        Assert.Equal((string?)manifest["base"]!["files_sha256"]!["model.safetensors"],
            (string?)manifest["aligned"]!["files_sha256"]!["model.safetensors"]);
        Assert.True((double)Json("plain/summary.json")["with_eos"]!["mean_kl_aligned_base"]! > 1e-4);

        using var other = MadeAdapter.Of(GoldenPair.Base, ["o_proj"], config: json => json["base_model_name_or_path"] = null);
        Assert.Equal("", await Shift("two", "--base", _made.Root, "--aligned", other.Root, "--adapter-base", GoldenPair.Base));
        Assert.Equal((_made.Root, other.Root), ((string?)Json("two/manifest.json")["base"]!["adapter"]!["path"],
            (string?)Json("two/manifest.json")["aligned"]!["adapter"]!["path"]));

        var (code, error) = await Run(["shift", "--base", _made.Root, "--aligned", _made.Root, "--queries", GoldenPair.Queries, "--out",
            _folder.File("none")]);
        Assert.Equal(2, code);
        Assert.Contains("--adapter-base", error);

        _made.ChangeConfig(json => json["base_model_name_or_path"] = GoldenPair.Base);
        File.WriteAllText(_folder.File("q.jsonl"), """{"id": "a", "instruction": "How do I bake bread?"}""");
        File.WriteAllText(_made.File("chat_template.jinja"), "{{ messages[0]['content'] }}");
        Assert.Equal("", await Done(["shift", "--base", _made.Root, "--aligned", _made.Root, "--queries", _folder.File("q.jsonl"), "--out",
            _folder.File("prompts"), "--max-new-tokens", "8"]));
        Assert.Contains("chat_template.jinja", Names(Json("prompts/manifest.json")["aligned"]!["adapter"]!["files_sha256"]!));
    }

    [Fact]
    public async Task Other_weights_are_noted_on_standard_error_and_in_the_manifest()
    {
        File.WriteAllText(_made.File("manifest.json"), """
            {"kind": "urial-tune", "base": {"model_type": "llama", "files_sha256": {"model.safetensors": "0123456789abcdef"}}}
            """);
        var error = await Shift("noted", "--base", GoldenPair.Base, "--aligned", _made.Root);
        Assert.Contains("note: The adapter in", error);
        Assert.Contains("trained on other weights", (string?)Json("noted/manifest.json")["aligned"]!["notes"]![0]);
        Assert.Null(Json("noted/manifest.json")["base"]!["notes"]);
    }

    [Fact]
    public async Task Verify_compares_the_merged_model()
    {
        using var made = MadeAdapter.Of(MadeAdapter.Golden("llama"), ["q_proj"]);
        string[] golden = ["--golden", Path.Combine(MadeAdapter.Golden("llama"), "golden.safetensors")];
        Assert.Equal(1, (await Run(["verify", "--model", MadeAdapter.Golden("llama"), "--adapter", made.Root, .. golden])).Code);
        Assert.Equal(1, (await Run(["verify", "--model", made.Root, .. golden])).Code);
        foreach (var name in made.Tensors.Keys.Where(name => name.Contains("lora_B", StringComparison.Ordinal)))
            Array.Clear(made.Tensors[name]);
        made.WriteTensors(); // an adapter that changes nothing
        Assert.Equal((0, ""), await Run(["verify", "--model", made.Root, .. golden]));
    }

    private Task<string> Shift(string name, params string[] models) => Done(["shift", .. models, "--queries", GoldenPair.Queries, "--out",
        _folder.File(name), "--format", "jsonl"]);

    // What it says on standard error beside its progress.
    private static async Task<string> Done(string[] command)
    {
        var (code, error) = await Run(command);
        Assert.True(code == 0, error);
        return string.Join('\n', error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("answering ", StringComparison.Ordinal)
                && !line.StartsWith("scoring ", StringComparison.Ordinal)));
    }

    private static async Task<(int Code, string Error)> Run(string[] command)
    {
        using StringWriter output = new(), error = new();
        return (await Program.Run(command, output, error), error.ToString());
    }

    private string[] Ids(string file) =>
        [.. File.ReadLines(_folder.File(file)).Select(line => JsonNode.Parse(line)!["answer_ids"]!.ToJsonString())];

    private JsonObject Json(string file) => JsonNode.Parse(File.ReadAllText(_folder.File(file)))!.AsObject();

    private static string[] Names(JsonNode hashes) => [.. hashes.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal)];
}
