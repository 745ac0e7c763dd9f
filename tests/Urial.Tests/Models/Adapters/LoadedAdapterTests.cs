using System.Text.Json.Nodes;
using Urial.Tests.Models.Hub;
using Urial.Tests.Shift;

namespace Urial.Tests.Models.Adapters;

/// <summary>A base and an adapter as one model: where the base is found, whose files count, what is shared.</summary>
public sealed class LoadedAdapterTests
{
    private const string Name = "model.layers.0.self_attn.q_proj.weight";

    [Fact]
    public void The_base_is_the_folder_that_the_adapter_names_from_its_own_place_or_from_here()
    {
        using var made = Made();
        var here = Path.GetRelativePath(Environment.CurrentDirectory, GoldenPair.Base);
        foreach (var named in new[] { GoldenPair.Base, Path.GetRelativePath(made.Root, GoldenPair.Base), here })
        {
            made.ChangeConfig(json => json["base_model_name_or_path"] = named);
            using var model = LanguageModel.Load(made.Root);
            Assert.True(model.HasAdapter && FilePaths.Same(GoldenPair.Base, model.BaseDirectory));
            Assert.Equal(Path.GetFileName(made.Root), model.Name);
        }
        (string? Named, string Why)[] cases =
        [
            (null, "does not say which base"), ("", "does not say which base"), ("../nowhere/at/all", "names the base '../nowhere/at/all'"),
        ];
        foreach (var (named, why) in cases)
        {
            made.ChangeConfig(json => json["base_model_name_or_path"] = named);
            var error = Assert.Throws<UrialException>(() => LanguageModel.Load(made.Root)).Message;
            Assert.Contains(why, error);
            Assert.Contains("--adapter-base", error);
        }
        Assert.Contains("is an adapter itself", Assert.Throws<UrialException>(() => LanguageModel.Load(made.Root, made.Root)).Message);
    }

    [Fact]
    public void A_pair_gives_its_base_to_an_adapter_and_two_adapters_have_their_own()
    {
        using MadeAdapter made = Made(), other = Made("v_proj");
        made.ChangeConfig(json => json["base_model_name_or_path"] = "nowhere/at-all");
        using (var pair = ModelPair.Load(GoldenPair.Base, made.Root))
        {
            Assert.False(pair.Base.HasAdapter);
            Assert.False(pair.Base.Decoder.Weights[Name].Same(pair.Aligned.Decoder.Weights[Name]));
            Assert.True(pair.Base.Decoder.Weights["model.norm.weight"].Same(pair.Aligned.Decoder.Weights["model.norm.weight"]));
            Assert.True(pair.Vocabulary.IsWhole);
        }
        using (var pair = ModelPair.Load(made.Root, other.Root, adapterBase: GoldenPair.Base))
            Assert.False(pair.Base.Decoder.Weights[Name].Same(pair.Aligned.Decoder.Weights[Name]));
        made.ChangeConfig(json => json["base_model_name_or_path"] = GoldenPair.Base);
        using (var pair = ModelPair.Load(made.Root, other.Root, Precision.BF16))
            Assert.True(pair.Base.HasAdapter && pair.Aligned.HasAdapter);
        using (var pair = ModelPair.Load(made.Root, made.Root))
            Assert.Same(pair.Base, pair.Aligned);
    }

    [Fact]
    public void The_same_base_and_adapter_share_weights_and_no_other_pair_of_folders_does()
    {
        using MadeAdapter made = Made(), other = Made();
        using var copy = new TemporaryFolder();
        var @base = GoldenPair.Copy("base", copy.Root);
        foreach (var file in new[] { made.Root, other.Root, @base }.SelectMany(Directory.GetFiles))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow - TimeSpan.FromHours(1));
        using LanguageModel plain = LanguageModel.Load(@base), one = LanguageModel.Load(@base, made.Root),
            two = LanguageModel.Load(@base, other.Root), again = LanguageModel.Load(@base + Path.DirectorySeparatorChar, made.Root);
        Assert.Same(one.Decoder, again.Decoder);
        Assert.Equal(3, new[] { plain.Decoder, one.Decoder, two.Decoder }.Distinct().Count());
        File.SetLastWriteTimeUtc(made.File("adapter_model.safetensors"), DateTime.UtcNow - TimeSpan.FromMinutes(30));
        using var changed = LanguageModel.Load(@base, made.Root);
        Assert.NotSame(one.Decoder, changed.Decoder);
    }

    [Fact]
    public void Tokenizer_template_and_ends_are_the_adapter_s_file_by_file()
    {
        using var made = Made();
        using var plain = LanguageModel.Load(GoldenPair.Base);
        using (var model = LanguageModel.Load(made.Root))
        {
            Assert.Null(model.ChatTemplate);
            Assert.Equal(plain.Config.EosTokenIds, model.Config.EosTokenIds);
            Assert.Equal(plain.Tokenizer.Encode("What is it?"), model.Tokenizer.Encode("What is it?"));
        }
        var own = """{"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": "<|im_start|>", "chat_template": "mine{{ eos_token }}"}""";
        File.WriteAllText(made.File("tokenizer_config.json"), own);
        using (var model = LanguageModel.Load(made.Root))
        {
            Assert.Equal("mine<|im_start|>", model.ChatTemplate!.Render([]));
            Assert.Equal([.. plain.Config.EosTokenIds, 1], model.Config.EosTokenIds);
            Assert.Equal(made.File("tokenizer_config.json"), model.Files.Single(file => Path.GetFileName(file) == "tokenizer_config.json"));
            Assert.Equal(Path.Combine(GoldenPair.Base, "tokenizer.json"),
                model.Files.Single(file => Path.GetFileName(file) == "tokenizer.json"));
            var (tokenizer, template) = LanguageModel.LoadTokenizer(made.Root);
            Assert.Equal(("mine<|im_start|>", 1), (template!.Render([]), tokenizer.EosId));
        }
        File.WriteAllText(made.File("chat_template.jinja"), "file");
        File.WriteAllText(made.File("generation_config.json"), """{"eos_token_id": [5, 6]}""");
        using (var model = LanguageModel.Load(made.Root))
        {
            Assert.Equal("file", model.ChatTemplate!.Render([]));
            Assert.Equal([5, 6], model.Config.EosTokenIds);
        }
    }

    [Fact]
    public void A_template_inside_the_adapter_s_tokenizer_config_wins_over_the_base_s_file()
    {
        using var made = Made();
        using var copy = new TemporaryFolder();
        var @base = GoldenPair.Copy("base", copy.Root);
        File.WriteAllText(Path.Combine(@base, "chat_template.jinja"), "base");
        using (var model = LanguageModel.Load(@base, made.Root))
            Assert.Equal("base", model.ChatTemplate!.Render([]));
        File.WriteAllText(made.File("tokenizer_config.json"), """{"chat_template": "mine"}""");
        using (var model = LanguageModel.Load(@base, made.Root))
            Assert.Equal("mine", model.ChatTemplate!.Render([]));
    }

    [Fact]
    public void Hashes_name_the_base_s_files_and_the_adapter_s()
    {
        using var made = Made();
        using var model = LanguageModel.Load(GoldenPair.Base, made.Root);
        Assert.Equal(["adapter_config.json", "adapter_model.safetensors"], model.HashesIn(made.Root).Keys.Order());
        Assert.Superset(new HashSet<string> { "config.json", "model.safetensors", "tokenizer.json" },
            model.HashesIn(GoldenPair.Base + Path.DirectorySeparatorChar).Keys.ToHashSet());
        Assert.Equal(ContentHash.OfFile(made.File("adapter_model.safetensors"), "file"), model.Hashes["adapter_model.safetensors"]);
        Assert.Equal(ContentHash.OfFile(Path.Combine(GoldenPair.Base, "model.safetensors"), "file"), model.Hashes["model.safetensors"]);
    }

    [Fact]
    public void An_adapter_on_other_weights_than_it_was_trained_on_loads_with_a_note()
    {
        using var made = Made();
        void Manifest(string type, string hash) => File.WriteAllText(made.File("manifest.json"), new JsonObject
        {
            ["kind"] = "urial-tune",
            ["base"] = new JsonObject { ["model_type"] = type, ["files_sha256"] = new JsonObject { ["model.safetensors"] = hash } },
        }.ToJsonString());

        using (var model = LanguageModel.Load(made.Root))
            Assert.Empty(model.Notes);
        Manifest("llama", new string('a', 64));
        using (var model = LanguageModel.Load(made.Root))
            Assert.StartsWith(
                $"The adapter in '{made.Root}' was trained on other weights (sha256 aaaaaaaaaaaa…; ", Assert.Single(model.Notes));
        Manifest("llama", ContentHash.OfFile(Path.Combine(GoldenPair.Base, "model.safetensors"), "file"));
        using (var model = LanguageModel.Load(made.Root))
            Assert.Empty(model.Notes);
        Manifest("qwen3", "");
        Assert.Contains("trained on a qwen3 model, and the base is a llama",
            Assert.Throws<UrialException>(() => LanguageModel.Load(made.Root)).Message);
        File.WriteAllText(made.File("manifest.json"), """["another program's"]""");
        using (var model = LanguageModel.Load(made.Root))
            Assert.Empty(model.Notes);
    }

    [Fact]
    public async Task An_adapter_of_the_hub_is_fetched_without_a_model()
    {
        using var made = Made();
        using var hub = new FakeHub();
        using var folder = new HubFolder();
        foreach (var file in Directory.GetFiles(made.Root))
            hub.Files[Path.GetFileName(file)] = File.ReadAllBytes(file);
        var snapshot = await folder.FetchAsync(hub);
        folder.AssertComplete(hub);
        using (var model = LanguageModel.Load(GoldenPair.Base, snapshot.Directory))
            Assert.Equal("org/tiny", model.Name);
        var kept = await folder.FetchAsync(hub, change: settings => settings with { Offline = true });
        Assert.Equal(snapshot.Directory, kept.Directory);
        hub.Files.Remove("adapter_model.safetensors");
        hub.Files["adapter_model.bin"] = [1];
        Assert.Contains("is an adapter without adapter_model.safetensors", await folder.RefusedAsync(hub));
    }

    private static MadeAdapter Made(string target = "q_proj") => MadeAdapter.Of(GoldenPair.Base, [target]);
}
