using Urial.Tests.Models;

namespace Urial.Tests.Files;

public sealed class OutputLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Out => _folder.File("out.jsonl");

    [Fact]
    public void A_second_run_is_refused_until_the_first_has_ended_and_nothing_is_left_behind()
    {
        using (OutputLock.Take(Out, _folder.File("out.manifest.json")))
        {
            Refused(Out);
            Refused(_folder.File("out.manifest.json"));
            OutputLock.Take(_folder.File("other.jsonl")).Dispose();
        }
        OutputLock.Take(Out).Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));
    }

    [Fact]
    public void Two_spellings_of_one_file_are_one_lock()
    {
        Directory.CreateDirectory(_folder.File("real"));
        Directory.CreateSymbolicLink(_folder.File("folder"), _folder.File("real"));
        File.CreateSymbolicLink(_folder.File("link.jsonl"), Path.Combine("real", "out.jsonl")); // of a file that is not there yet
        var real = _folder.File("real/out.jsonl");
        using (OutputLock.Take(real))
        {
            Refused(_folder.File("link.jsonl"));
            Refused(_folder.File("folder/out.jsonl"));
            Refused(Path.GetRelativePath(Directory.GetCurrentDirectory(), real));
            Refused(_folder.File("real/../real/out.jsonl"));
        }
        AtomicFile.WriteText(_folder.File("link.jsonl"), "whole");
        Assert.Equal("whole", File.ReadAllText(real));
        Assert.NotNull(new FileInfo(_folder.File("link.jsonl")).LinkTarget);
        Assert.True(FilePaths.Same(_folder.File("link.jsonl"), _folder.File("folder/out.jsonl")));
        Assert.False(FilePaths.Same(_folder.File("link.jsonl"), Out));
    }

    [Fact]
    public void What_a_killed_process_left_is_in_nobodys_way()
    {
        File.WriteAllText(Out + ".lock", "left");
        using (OutputLock.Take(Out))
            Refused(Out);
        Assert.False(File.Exists(Out + ".lock"));
    }

    [Fact]
    public void Never_do_two_hold_it_however_closely_they_follow()
    {
        var (holders, most, taken) = (0, 0, 0);
        var gate = new Lock();
        Parallel.For(0, 4_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            try
            {
                using var held = OutputLock.Take(Out);
                lock (gate)
                    (most, taken) = (Math.Max(most, ++holders), taken + 1);
                lock (gate)
                    holders--;
            }
            catch (UrialException e)
            {
                Assert.Contains("another run is writing it", e.Message);
            }
        });
        Assert.Equal(1, most);
        Assert.InRange(taken, 1, 4_000);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named()
    {
        File.WriteAllText(_folder.File("file"), "");
        Assert.Contains("Choose a folder", Assert.Throws<UrialException>(() => OutputLock.Take(_folder.File("file/out.jsonl"))).Message);
        Assert.Contains("it is a folder", Assert.Throws<UrialException>(() => OutputLock.Take(_folder.Root)).Message);
    }

    [Theory]
    [InlineData("generate", "out.jsonl", "--model", "nowhere")]
    [InlineData("shift", "", "--base", "nowhere", "--aligned", "nowhere")]
    public async Task Commands_refuse_before_a_model_is_loaded(string command, string name, params string[] models)
    {
        File.WriteAllText(_folder.File("queries.jsonl"), """{"id": "a", "instruction": "q", "prompt": "q"}""");
        using var held = OutputLock.Take(name.Length > 0 ? _folder.File(name) : _folder.File("manifest.json"));
        using StringWriter output = new(), error = new();
        var code = await Urial.Cli.Program.Run(
            [command, .. models, "--queries", _folder.File("queries.jsonl"), "--out", name.Length > 0 ? _folder.File(name) : _folder.Root],
            output, error);
        Assert.Equal(2, code);
        Assert.Contains("another run is writing it", error.ToString());
    }

    [Fact]
    public async Task Processes_that_append_to_one_file_lose_no_line()
    {
        var file = _folder.File("cache.jsonl");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
                DurableLines.Append(file, json => json.WriteRawValue($$"""{"writer": {{writer}}, "i": {{i}}}"""), toDisk: false);
        })));
        Assert.Equal(400, JsonLines.ReadAppended(file, "line", line => line.Json.GetRawText(), "").Distinct().Count());
    }

    private static void Refused(string file) =>
        Assert.Contains("another run is writing it", Assert.Throws<UrialException>(() => OutputLock.Take(file)).Message);
}
