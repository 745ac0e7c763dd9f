using System.Diagnostics;
using System.Text.Json.Nodes;
using Urial.Cli;
using Urial.Tests.Models;
using Urial.Tests.Models.Hub;
using Urial.Tests.Runtime;
using Urial.Tests.Shift;

namespace Urial.Tests.Cli;

/// <summary><c>urial fetch</c> and models named by their id, as processes of their own with the environment that a reader sets.</summary>
public sealed class FetchCommandTests : IDisposable
{
    private const string Secret = "hf_neverToBeSeen";

    private readonly FakeHub _hub = new FakeHub().WithModel();
    private readonly HubFolder _folder = new();

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_model_is_fetched_and_its_folder_is_the_last_line()
    {
        var (code, output, error) = await Run("fetch", "org/tiny");

        Assert.Equal((0, ""), (code, Unless(code == 0, error)));
        _folder.AssertComplete(_hub);
        var lines = output.TrimEnd().Split('\n');
        Assert.Equal($"org/tiny, revision main, commit {_hub.Commit}", lines[0]);
        Assert.Contains("  model.safetensors  426 kB", lines);
        Assert.Equal("  together 473.3 kB, of which 473.3 kB were downloaded now", lines[^2]);
        Assert.Equal(_folder.Snapshot(_hub), lines[^1]);
        Assert.Contains("model.safetensors  426 kB of 426 kB", error);
        Assert.DoesNotContain(Secret, output + error);

        (code, output, error) = await Run("fetch", $"org/tiny@{_hub.Commit}");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("of which 0 B were downloaded now", output);
    }

    [Fact]
    public async Task What_cannot_be_fetched_is_one_line()
    {
        var (code, output, error) = await Run("fetch", "org/other");
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"urial: org/other does not exist at {_hub.Address}, or is private or gated.", error);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.DoesNotContain(Secret, error);

        (code, _, error) = await Run("fetch", "tiny");
        Assert.Equal(2, code);
        Assert.StartsWith("urial: 'tiny' is no model of the hub: write org/name or org/name@revision", error);

        (code, _, error) = await Run("verify", "--model", "org/other", "--golden", "nowhere");
        Assert.Equal(2, code);
        Assert.Contains("(There is no folder org/other here either.)", error);
    }

    [Fact]
    public async Task Without_an_id_the_catalogue_is_shown()
    {
        using StringWriter output = new(), error = new();
        Assert.Equal(0, await Program.Run(["fetch"], output, error));
        Assert.Equal("", error.ToString());
        Assert.Contains("    base     HuggingFaceTB/SmolLM2-135M@93efa2f097d58c2a74874c7e644dbc9b0cee75a2\n", output.ToString()
            .ReplaceLineEndings("\n"));
        Assert.All(PairCatalogue.Pairs, pair => Assert.Contains(pair.Name, output.ToString()));
    }

    [Fact]
    public async Task A_model_is_named_by_its_id_and_the_manifest_tells_its_commit()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("q.jsonl"), """{"id": "1", "prompt": "What is", "base_prompt": "x", "aligned_prompt": "y"}""");
        var (code, _, error) = await Run("generate", "--model", "org/tiny", "--queries", folder.File("q.jsonl"), "--out",
            folder.File("a.jsonl"), "--max-new-tokens", "2");
        Assert.Equal((0, ""), (code, Unless(code == 0, error)));
        var manifest = await File.ReadAllTextAsync(folder.File("a.manifest.json"));
        Assert.Equal($"org/tiny@{_hub.Commit}", (string?)JsonNode.Parse(manifest)!["model_path"]);
        Assert.Equal(_hub.Commit, (string?)JsonNode.Parse(manifest)!["model_hub"]!["commit"]);
        Assert.DoesNotContain(_folder.Cache, manifest);
        Assert.DoesNotContain(Secret, manifest);

        (code, _, error) = await Run("shift", "--base", "org/tiny@main", "--aligned", GoldenPair.Aligned, "--queries",
            folder.File("q.jsonl"), "--out", folder.File("shift"), "--max-new-tokens", "2");
        Assert.Equal((0, ""), (code, Unless(code == 0, error)));
        var models = JsonNode.Parse(await File.ReadAllTextAsync(folder.File("shift/manifest.json")))!;
        Assert.Equal(("org/tiny", _hub.Commit), ((string?)models["base"]!["hub"]!["id"], (string?)models["base"]!["hub"]!["commit"]));
        Assert.Equal(64, ((string?)models["base"]!["files_sha256"]!["model.safetensors"])!.Length);
        Assert.Null(models["aligned"]!["hub"]);
        Assert.Equal(GoldenPair.Aligned, (string?)models["aligned"]!["path"]);
    }

    [Fact]
    public async Task A_process_that_is_killed_at_any_moment_leaves_what_the_next_goes_on_with()
    {
        _hub.WithWeights(4_000_000).Pause = TimeSpan.FromMilliseconds(10);
        foreach (var moment in new[] { 1, 600_000, 1_900_000 })
        {
            using var process = Start("fetch", "org/tiny");
            var read = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            while (Kept() < moment && !process.HasExited)
                await Task.Delay(2);
            process.Kill();
            await process.WaitForExitAsync();
            await read;
            Assert.InRange(Kept(), moment, 3_999_999);
        }
        _hub.Pause = TimeSpan.Zero;
        var before = Kept();

        var (code, output, error) = await Run("fetch", "org/tiny");

        Assert.Equal((0, ""), (code, Unless(code == 0, error)));
        _folder.AssertComplete(_hub);
        Assert.Contains($"store model.safetensors bytes={before}-", _hub.Asked);
        Assert.EndsWith(_folder.Snapshot(_hub) + "\n", output);

        long Kept() => new FileInfo(Path.Combine(_folder.Blobs, _hub.ETag("model.safetensors") + ".incomplete")) is { Exists: true } file
            ? file.Length : 0;
    }

    [Fact]
    public async Task Two_processes_at_once_do_no_harm()
    {
        _hub.WithWeights(4_000_000).Pause = TimeSpan.FromMilliseconds(10);

        var both = await Task.WhenAll(Run("fetch", "org/tiny"), Run("fetch", "org/tiny"));

        Assert.All(both, one => Assert.Equal((0, ""), (one.Code, Unless(one.Code == 0, one.Error))));
        _folder.AssertComplete(_hub);
        Assert.InRange(_hub.Sent["model.safetensors"], 4_000_000, 6_000_000); // once, and what a cut connection loses
    }

    [LinuxFact]
    public async Task A_signal_leaves_one_line_and_what_has_come()
    {
        _hub.WithWeights(4_000_000).Pause = TimeSpan.FromMilliseconds(10);
        using var process = Start("fetch", "org/tiny");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var incomplete = Path.Combine(_folder.Blobs, _hub.ETag("model.safetensors") + ".incomplete");
        while (!File.Exists(incomplete) && !process.HasExited)
            await Task.Delay(2);
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();

        Assert.Equal(130, process.ExitCode);
        Assert.EndsWith("urial: stopped.\n", await error);
        Assert.Equal("", await output);
        Assert.True(File.Exists(incomplete));
    }

    private static string Unless(bool expected, string error) => expected ? "" : error;

    private Process Start(params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Path("lib", "bin", "Urial.Cli.dll"), .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("HF_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        (start.Environment["HF_ENDPOINT"], start.Environment["HF_HUB_CACHE"], start.Environment["HF_TOKEN"]) =
            (_hub.Address, _folder.Cache, Secret);
        return Process.Start(start)!;
    }

    private async Task<(int Code, string Output, string Error)> Run(params string[] options)
    {
        using var process = Start(options);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), error.ReplaceLineEndings("\n"));
    }
}
