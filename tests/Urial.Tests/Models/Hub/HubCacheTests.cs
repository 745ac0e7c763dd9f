using System.Diagnostics;
using Urial.Tests.Runtime;

namespace Urial.Tests.Models.Hub;

/// <summary>The cache that Python's huggingface_hub shares: what is laid down, and what is used as it lies.</summary>
public sealed class HubCacheTests : IDisposable
{
    private readonly FakeHub _hub = new FakeHub().WithModel();
    private readonly HubFolder _folder = new();

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_model_is_laid_down_as_Python_does()
    {
        _hub.Files["additional_chat_templates/tool.jinja"] = "{{ 1 }}"u8.ToArray();
        _hub.OtherNames.AddRange(["README.md", "original/consolidated.00.pth", "pytorch_model.bin", "tiny.gguf", "onnx/model.onnx"]);

        var snapshot = await _folder.FetchAsync(_hub);

        _folder.AssertComplete(_hub);
        Assert.Equal(_folder.Snapshot(_hub), snapshot.Directory);
        Assert.Equal(_hub.Commit, snapshot.Commit);
        Assert.Equal(_hub.Commit, File.ReadAllText(Path.Combine(_folder.Repo, "refs", "main")));
        Assert.Equal(_hub.Files.Keys.Select(_hub.ETag).Order(), Directory.GetFiles(_folder.Blobs).Select(Path.GetFileName).Order());
        Assert.Equal(_hub.Files.Keys.Order(), snapshot.Files.Select(file => file.Name).Order());
        Assert.Equal(_hub.Files.Values.Sum(file => file.Length), snapshot.Size);
        Assert.Equal(_hub.Files.Values.Sum(file => file.Length), snapshot.Received);
        Assert.Equal($"../../blobs/{_hub.ETag("config.json")}", Link("config.json"));
        Assert.Equal($"../../../blobs/{_hub.ETag("additional_chat_templates/tool.jinja")}", Link("additional_chat_templates/tool.jinja"));
        Assert.True(File.Exists(Path.Combine(_folder.Cache, ".locks", "models--org--tiny", _hub.ETag("config.json") + ".lock")));

        using var model = LanguageModel.Load(snapshot.Directory);
        Assert.Equal("org/tiny", model.Name);
        Assert.Equal("w", model.Tokenizer.Decode(model.Tokenizer.Encode("w")));

        string? Link(string name) => new FileInfo(Path.Combine(snapshot.Directory, name)).LinkTarget;
    }

    [Fact]
    public async Task What_is_there_is_not_asked_for_again()
    {
        await _folder.FetchAsync(_hub);
        _hub.Asked.Clear();

        var again = await _folder.FetchAsync(_hub);

        Assert.Equal(["api org/tiny/revision/main"], _hub.Asked);
        Assert.Equal(0, again.Received);
    }

    [Fact]
    public async Task Files_that_Python_downloaded_are_used()
    {
        // Of an older commit, by the file names of huggingface_hub: one linked in its snapshot, one blob that no snapshot shows any more.
        Directory.CreateDirectory(_folder.Blobs);
        Directory.CreateDirectory(_folder.Snapshot(_hub));
        foreach (var name in new[] { "model.safetensors", "tokenizer.json" })
            File.WriteAllBytes(Path.Combine(_folder.Blobs, _hub.ETag(name)), _hub.Files[name]);
        File.CreateSymbolicLink(Path.Combine(_folder.Snapshot(_hub), "tokenizer.json"), $"../../blobs/{_hub.ETag("tokenizer.json")}");

        var snapshot = await _folder.FetchAsync(_hub);

        _folder.AssertComplete(_hub);
        Assert.Equal(["config.json", "generation_config.json", "tokenizer_config.json"],
            _hub.Asked.Where(asked => asked.StartsWith("get ", StringComparison.Ordinal)).Select(asked => asked[4..]).Order());
        Assert.DoesNotContain("head tokenizer.json", _hub.Asked);
        Assert.Contains("head model.safetensors", _hub.Asked);
        Assert.Equal(_hub.Files.Where(file => file.Key is not ("model.safetensors" or "tokenizer.json")).Sum(file => file.Value.Length),
            snapshot.Received);
    }

    [Fact]
    public async Task A_blob_of_another_length_and_a_link_to_nowhere_are_replaced()
    {
        await _folder.FetchAsync(_hub);
        File.Delete(Path.Combine(_folder.Blobs, _hub.ETag("config.json")));
        File.Delete(Path.Combine(_folder.Snapshot(_hub), "model.safetensors"));
        File.WriteAllText(Path.Combine(_folder.Blobs, _hub.ETag("model.safetensors")), "short");

        await _folder.FetchAsync(_hub);

        _folder.AssertComplete(_hub);
    }

    [Fact]
    public async Task Without_links_the_snapshot_holds_the_files()
    {
        await _folder.FetchAsync(_hub, change: settings => settings with { Symlinks = false });

        _folder.AssertComplete(_hub);
        Assert.All(Directory.GetFiles(_folder.Snapshot(_hub)), file => Assert.Null(new FileInfo(file).LinkTarget));
        Assert.Empty(Directory.GetFiles(_folder.Blobs));
        _hub.Asked.Clear();
        await _folder.FetchAsync(_hub, change: settings => settings with { Symlinks = false });
        Assert.Single(_hub.Asked);
    }

    [Fact]
    public async Task Without_links_a_blob_that_others_show_is_copied()
    {
        await _folder.FetchAsync(_hub);
        _hub.Commit = "89abcdef0123456789abcdef0123456789abcdef";

        await _folder.FetchAsync(_hub, change: settings => settings with { Symlinks = false });

        _folder.AssertComplete(_hub);
        Assert.Equal(_hub.Files.Keys.Select(_hub.ETag).Order(), Directory.GetFiles(_folder.Blobs).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_revision_has_its_ref_and_a_commit_none()
    {
        await _folder.FetchAsync(_hub, "org/tiny@refs/pr/1");
        Assert.Equal(_hub.Commit, File.ReadAllText(Path.Combine(_folder.Repo, "refs", "refs", "pr", "1")));
        Assert.Contains("api org/tiny/revision/refs/pr/1", _hub.Asked);

        await _folder.FetchAsync(_hub, $"org/tiny@{_hub.Commit}");
        Assert.Equal(["refs"], Directory.GetFileSystemEntries(Path.Combine(_folder.Repo, "refs")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_branch_that_moves_shares_what_stayed_the_same()
    {
        await _folder.FetchAsync(_hub);
        (_hub.Commit, _hub.Files["tokenizer_config.json"]) = ("89abcdef0123456789abcdef0123456789abcdef", "{}"u8.ToArray());

        var moved = await _folder.FetchAsync(_hub);

        _folder.AssertComplete(_hub);
        Assert.Equal(2, moved.Received);
        Assert.Equal(_hub.Commit, File.ReadAllText(Path.Combine(_folder.Repo, "refs", "main")));
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_folder.Repo, "snapshots")).Length);
    }

    [Fact]
    public async Task Shards_are_those_of_the_index()
    {
        using var hub = new FakeHub().WithModel(Repository.Path("tests", "golden", "models", "llama-f16-sharded"));
        hub.Files.Remove("model.safetensors");
        hub.Large.Add("model-00001-of-00002.safetensors");
        hub.OtherNames.Add("model-00003-of-00003.safetensors");

        var snapshot = await _folder.FetchAsync(hub);

        _folder.AssertComplete(hub);
        using var decoder = Decoder.Load(snapshot.Directory);
        Assert.Contains(snapshot.Files, file => file.Name == "model-00002-of-00002.safetensors");
    }

    [Fact]
    public async Task One_file_is_preferred_to_shards()
    {
        _hub.OtherNames.AddRange(["model.safetensors.index.json", "model-00001-of-00002.safetensors"]);
        var snapshot = await _folder.FetchAsync(_hub);
        Assert.DoesNotContain(snapshot.Files, file => file.Name.Contains("index") || file.Name.Contains("0000"));
    }

    [Fact]
    public async Task Offline_the_cache_alone_is_used()
    {
        var missing = await _folder.RefusedAsync(_hub, change: Offline);
        Assert.Contains($"org/tiny is not in the cache {_folder.Cache}", missing);
        Assert.Contains("HF_HUB_OFFLINE is set: unset it, and run urial fetch org/tiny once", missing);

        await _folder.FetchAsync(_hub);
        _hub.Asked.Clear();
        Assert.Equal(_folder.Snapshot(_hub), (await _folder.FetchAsync(_hub, change: Offline)).Directory);
        Assert.Equal(_folder.Snapshot(_hub), (await _folder.FetchAsync(_hub, $"org/tiny@{_hub.Commit}", Offline)).Directory);
        Assert.Contains("org/tiny@other is not in the cache", await _folder.RefusedAsync(_hub, "org/tiny@other", Offline));
        Assert.Contains($"org/tiny@{FakeHub.OtherCommit} at commit {FakeHub.OtherCommit} is not in the cache",
            await _folder.RefusedAsync(_hub, $"org/tiny@{FakeHub.OtherCommit}", Offline));

        File.Delete(Path.Combine(_folder.Blobs, _hub.ETag("model.safetensors")));
        Assert.Contains("org/tiny is not complete in the cache: model.safetensors is missing in",
            await _folder.RefusedAsync(_hub, change: Offline));
        Assert.Empty(_hub.Asked);

        static HubSettings Offline(HubSettings settings) => settings with { Offline = true };
    }

    [LinuxFact]
    public async Task A_lock_of_another_program_is_waited_for()
    {
        // flock(2), as Python's filelock takes it
        var file = Path.Combine(_folder.Cache, ".locks", "models--org--tiny", _hub.ETag("config.json") + ".lock");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var holder = Process.Start(new ProcessStartInfo("flock", [file, "sh", "-c", "echo held; read line"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync());
        var waiting = new TaskCompletionSource<string?>();

        var fetched = _folder.FetchAsync(_hub, progress: step =>
        {
            if (step.Note is not null)
                waiting.TrySetResult(step.Note);
        });

        Assert.Equal("waiting for another process that downloads config.json", await waiting.Task);
        Assert.DoesNotContain("get config.json", _hub.Asked);
        await holder.StandardInput.WriteLineAsync();
        await fetched;
        _folder.AssertComplete(_hub);
    }

    [Fact]
    public async Task A_tokenizer_comes_without_weights_and_whatever_the_model_is()
    {
        _hub.Files["config.json"] = """{"model_type": "kangaroo"}"""u8.ToArray();
        using var client = new HubClient(_folder.Settings(_hub));
        var snapshot = await client.FetchTokenizerAsync(HubId.Parse(FakeHub.Id));
        Assert.Equal(["config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json"],
            snapshot.Files.Select(file => file.Name));
        Assert.DoesNotContain(_hub.Asked, asked => asked.Contains("model.safetensors"));
        Assert.NotEmpty(HfTokenizer.Load(snapshot.Directory).Encode("What is it?"));

        using var offline = new HubClient(_folder.Settings(_hub) with { Offline = true });
        Assert.Equal(snapshot.Directory, (await offline.FetchTokenizerAsync(HubId.Parse(FakeHub.Id))).Directory);
        Assert.Contains("model.safetensors is missing", (await Assert.ThrowsAsync<UrialException>(() =>
            offline.FetchAsync(HubId.Parse(FakeHub.Id)))).Message);
    }

    [Fact]
    public async Task Where_the_hub_cannot_be_reached_the_copy_in_the_cache_does()
    {
        var nowhere = new Uri("http://127.0.0.1:9");
        var missing = await _folder.RefusedAsync(_hub, change: settings => settings with { Endpoint = nowhere });
        Assert.StartsWith("Cannot reach 127.0.0.1: ", missing);
        Assert.Contains("org/tiny is not in the cache", missing);

        await _folder.FetchAsync(_hub);
        var notes = new List<string?>();
        var kept = await _folder.FetchAsync(_hub, change: settings => settings with { Endpoint = nowhere },
            progress: step => notes.Add(step.Note));
        Assert.Equal(_folder.Snapshot(_hub), kept.Directory);
        Assert.Contains($"Using the copy in the cache, commit {_hub.Commit}.", Assert.Single(notes));
    }
}
