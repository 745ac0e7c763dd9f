using Urial.Tests.Models.Adapters;
using Urial.Tests.Shift;

namespace Urial.Tests.Models.Hub;

/// <summary>One line that loads a pair from the hub, by the environment that a reader sets.</summary>
public sealed class FromHubTests : IDisposable
{
    private static readonly string[] Variables = ["HF_ENDPOINT", "HF_HUB_CACHE", "HF_HUB_OFFLINE"];

    private readonly FakeHub _hub = new FakeHub().WithModel();
    private readonly HubFolder _folder = new();
    private readonly string?[] _before = [.. Variables.Select(Environment.GetEnvironmentVariable)];

    public FromHubTests() => Set(_hub.Address, _folder.Cache, null);

    public void Dispose()
    {
        Set(_before);
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_pair_is_loaded_by_its_names()
    {
        HubProgress? last = null;
        using (var pair = ModelPair.FromHub("org/tiny", $"org/tiny@{_hub.Commit}", Precision.BF16, step => last = step))
        {
            Assert.Equal(("org/tiny", "org/tiny", Precision.BF16), (pair.Base.Name, pair.Aligned.Name, pair.Aligned.Precision));
            Assert.Same(pair.Base.Decoder, pair.Aligned.Decoder);
            Assert.Equal(_folder.Snapshot(_hub), pair.Base.Directory);
        }
        Assert.Equal("model.safetensors", last?.File);

        Set(_hub.Address, _folder.Cache, "1");
        _hub.Asked.Clear();
        using (var model = LanguageModel.FromHub("org/tiny"))
            Assert.Equal(_hub.ETag("model.safetensors"), model.Hashes["model.safetensors"]);
        using (var pair = new CataloguePair("mine", Of("org/tiny"), Of("org/tiny"), null).Load())
            Assert.Equal("org/tiny", pair.Base.Name);
        Assert.Empty(_hub.Asked);
    }

    [Fact]
    public void A_folder_wins_and_a_path_is_no_name()
    {
        using (var pair = ModelPair.FromHub(GoldenPair.Base, GoldenPair.Aligned))
            Assert.Equal("aligned", pair.Aligned.Name);
        Assert.Equal("no/such/folder", ModelFolder.Resolve("no/such/folder"));
        Assert.Equal("nowhere", ModelFolder.Resolve("nowhere"));
        Assert.Empty(_hub.Asked);
        Assert.Equal(_folder.Snapshot(_hub), ModelFolder.ResolveTokenizer("org/tiny"));
        var error = Assert.Throws<UrialException>(() => ModelFolder.Resolve("org/other")).Message;
        Assert.StartsWith("org/other does not exist at ", error);
        Assert.EndsWith("(There is no folder org/other here either.)", error);
    }

    [Fact]
    public void The_base_that_an_adapter_names_is_found_in_the_cache_and_fetched_where_that_is_asked_for()
    {
        using var made = MadeAdapter.Of(GoldenPair.Base, ["q_proj"], config: json => json["base_model_name_or_path"] = "org/tiny");
        var error = Assert.Throws<UrialException>(() => LanguageModel.Load(made.Root)).Message;
        Assert.Contains("needs its base, 'org/tiny'", error);
        Assert.Contains("urial fetch org/tiny", error);
        Assert.Empty(_hub.Asked);
        using (var fetched = LanguageModel.FromHub(made.Root))
            Assert.Equal(_folder.Snapshot(_hub), fetched.BaseDirectory);
        _hub.Asked.Clear();
        using var cached = LanguageModel.Load(made.Root);
        Assert.Equal((made.Root, _folder.Snapshot(_hub), true), (cached.Directory, cached.BaseDirectory, cached.HasAdapter));
        Assert.Empty(_hub.Asked);
        made.ChangeConfig(json => json["revision"] = "v2");
        Assert.Contains("org/tiny@v2", Assert.Throws<UrialException>(() => LanguageModel.Load(made.Root)).Message);
    }

    private static CatalogueModel Of(string id) => new(id, "main", 1, 1, "mit", false, null);

    private static void Set(params string?[] values)
    {
        foreach (var (name, value) in Variables.Zip(values))
            Environment.SetEnvironmentVariable(name, value);
    }
}
