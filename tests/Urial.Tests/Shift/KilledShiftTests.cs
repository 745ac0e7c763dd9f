using System.Diagnostics;
using System.Text.Json;

namespace Urial.Tests.Shift;

/// <summary><c>urial shift</c> in processes of its own, killed without warning again and again.</summary>
public sealed class KilledShiftTests : IDisposable
{
    private const int Queries = 150, Kills = 10;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-killed-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_run_that_is_killed_ten_times_ends_with_the_files_of_one_that_never_was()
    {
        File.WriteAllLines(Path.Combine(_folder.FullName, "queries.jsonl"), Enumerable.Range(1, Queries)
            .Select(i => $$"""{"id": "q{{i}}", "instruction": "What is the number {{i}} good for?"}"""));
        await Ended("whole");

        var (kept, chance) = (new Dictionary<string, DateTime>(), new Random(20));
        for (var kill = 1; kill <= Kills; kill++)
        {
            using (var run = Start("killed"))
            {
                var (before, delay) = (Kept().Count, chance.Next(40));
                // A thread of its own: one of the pool's may wait for the tests beside it until the run has ended.
                Assert.True(await Task.Factory.StartNew(() => KilledInTime(run, before, delay), CancellationToken.None,
                    TaskCreationOptions.LongRunning, TaskScheduler.Default), $"the run ended before it was killed ({kill})");
                await run.WaitForExitAsync();
            }
            var now = Kept();
            Assert.All(kept, file => Assert.Equal(file.Value, now[file.Key])); // what was kept is not written again
            kept = now;
        }
        Assert.InRange(kept.Count, Kills, 2 * Queries);
        await Ended("killed");
        Assert.Equal(Files("whole"), Files("killed"));
    }

    // From the first line that it writes on, so that each run has something in hand. Whether it was still running then.
    private bool KilledInTime(Process run, int before, int delay)
    {
        var waited = Stopwatch.StartNew();
        while (Kept().Count <= before && !run.HasExited && waited.Elapsed < TimeSpan.FromMinutes(1))
            Thread.Sleep(2);
        Thread.Sleep(delay);
        var running = !run.HasExited;
        run.Kill(entireProcessTree: true); // SIGKILL where there are signals
        return running;
    }

    // The answers and the scored ones, each by its line; of these, when the shard was written.
    private Dictionary<string, DateTime> Kept()
    {
        var shards = Path.Combine(_folder.FullName, "killed", "shards");
        if (!Directory.Exists(shards))
            return [];
        var kept = new Dictionary<string, DateTime>();
        foreach (var name in new[] { "answers.jsonl", "scored.jsonl" })
            if (Path.Combine(shards, name) is var file && File.Exists(file))
                foreach (var line in Text(file).Split('\n')[..^1]) // half a last line is none
                    kept.Add(line, name == "scored.jsonl" ? File.GetLastWriteTimeUtc(Shard(shards, line)) : default);
        return kept;
    }

    // Of the query q7, which stands in line 7.
    private static string Shard(string shards, string line) => Path.Combine(shards,
        FormattableString.Invariant($"{int.Parse(JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!.AsSpan(1)):000000}")
            + ".parquet");

    // Another process writes it at the same time.
    private static string Text(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private Dictionary<string, string> Files(string name)
    {
        var root = Path.Combine(_folder.FullName, name);
        return Directory.GetFileSystemEntries(root).Order(StringComparer.Ordinal)
            .ToDictionary(path => Path.GetRelativePath(root, path), path => Convert.ToHexString(File.ReadAllBytes(path)));
    }

    private async Task Ended(string name)
    {
        using var run = Start(name);
        var said = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"of {Queries} answers", said);
    }

    private Process Start(string name) => Process.Start(new ProcessStartInfo("dotnet",
        [Path.Combine(AppContext.BaseDirectory, "Urial.Cli.dll"), "shift", "--base", GoldenPair.Base, "--aligned", GoldenPair.Aligned,
            "--aligned-prompt-style", "zero-shot", "--queries", "queries.jsonl", "--max-new-tokens", "60", "--tokens", "--out", name])
    {
        RedirectStandardOutput = true,
        WorkingDirectory = _folder.FullName,
    })!;
}
