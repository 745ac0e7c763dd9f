using System.Text.Json.Nodes;

namespace Urial.Tests.Shift;

/// <summary>A run of <c>urial shift</c> that was stopped goes on, and ends as one that never was.</summary>
public sealed class ShiftResumeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-resume-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<PositionsFormat, Precision> Kinds => new()
    {
        { PositionsFormat.Parquet, Precision.F32 }, { PositionsFormat.Compact, Precision.F32 }, { PositionsFormat.Jsonl, Precision.BF16 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_run_that_was_stopped_anywhere_ends_with_the_same_files(PositionsFormat format, Precision precision)
    {
        var settings = Settings("whole") with { Format = format, Precision = precision };
        var steps = new List<RunStep>();
        ShiftRun.Execute(settings, steps.Add);
        var whole = Files("whole");
        Assert.Equal(4, whole.Count);

        for (var stopped = 1; stopped <= steps.Count; stopped += 2)
        {
            var name = $"stopped-{stopped}";
            var again = settings with { OutDirectory = Path.Combine(_folder.FullName, name) };
            Stop(again, stopped);
            Assert.InRange(Kept(name), stopped, steps.Count); // a thread beside the one that stopped ends what it has in hand
            var run = ShiftRun.Execute(again);
            Assert.Equal(whole, Files(name));
            Assert.Equal(Queries, run.Table.Answers.Count);
        }
    }

    [Fact]
    public void Nothing_that_is_there_is_computed_again()
    {
        var settings = Settings("out");
        Stop(settings, Queries + 2); // all are answered, some of them scored
        var scored = Directory.GetFiles(Path.Combine(settings.OutDirectory, "shards"), "*.parquet")
            .ToDictionary(path => path, File.GetLastWriteTimeUtc);
        var answers = File.ReadAllText(Path.Combine(settings.OutDirectory, "shards", "answers.jsonl"));
        Assert.Equal(Queries, answers.Count(letter => letter == '\n'));
        Assert.InRange(scored.Count, 2, Queries);

        Stop(settings, 1);
        Assert.Equal(answers, File.ReadAllText(Path.Combine(settings.OutDirectory, "shards", "answers.jsonl")));
        Assert.All(scored, shard => Assert.Equal(shard.Value, File.GetLastWriteTimeUtc(shard.Key)));
        Assert.InRange(ShiftRun.Execute(settings).Earlier, scored.Count, Queries);
    }

    [Fact]
    public void A_complete_run_is_left_as_it_is()
    {
        var first = ShiftRun.Execute(Settings("out"));
        var written = Directory.GetFiles(Path.Combine(_folder.FullName, "out")).ToDictionary(path => path, File.GetLastWriteTimeUtc);
        var steps = 0;
        var again = ShiftRun.Execute(Settings("out"), _ => steps++);

        Assert.Equal((0, 0, Queries), (steps, again.Files.Count, again.Earlier));
        Assert.All(written, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
        Assert.Equal(first.Table.Summary().Micro, again.Table.Summary().Micro);
        Assert.Equal(first.Table.Answers.Select(a => (a.Id, a.Ended, a.Text)), again.Table.Answers.Select(a => (a.Id, a.Ended, a.Text)));
    }

    [Fact]
    public void Another_form_of_a_complete_run_is_made_and_other_settings_are_refused()
    {
        ShiftRun.Execute(Settings("out"));
        ShiftRun.Execute(Settings("out") with { Format = PositionsFormat.Jsonl });
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "out", "positions.parquet")));

        foreach (var (changed, named) in Changed())
            Assert.Contains(named, Assert.Throws<UrialException>(() => ShiftRun.Execute(changed)).Message);
    }

    [Fact]
    public void A_stopped_run_goes_on_with_the_same_settings_only()
    {
        Stop(Settings("out"), 2);
        var before = Files("out");
        foreach (var (changed, named) in Changed().Append((Settings("out") with { Format = PositionsFormat.Jsonl },
            "format was \"parquet\" and is \"jsonl\"")))
        {
            var problem = Assert.Throws<UrialException>(() => ShiftRun.Execute(changed));
            Assert.Contains(named, problem.Message);
            Assert.Contains("choose another --out", problem.Message);
        }
        Assert.Equal(before, Files("out"));
    }

    [Fact]
    public void Lines_that_failed_are_tried_again()
    {
        var queries = Path.Combine(_folder.FullName, "some.jsonl");
        File.WriteAllLines(queries, [.. File.ReadLines(GoldenPair.Queries).Take(2), """{"id": "bad", "instruction": ""}"""]);
        var settings = Settings("out") with { QueriesFile = queries };
        Assert.Single(ShiftRun.Execute(settings).Failures);
        Assert.True(Directory.Exists(Path.Combine(settings.OutDirectory, "shards")));

        var again = ShiftRun.Execute(settings);
        Assert.Single(again.Failures);
        Assert.Equal((2, 4), (again.Earlier, again.Files.Count));
    }

    [Fact]
    public void A_damaged_shard_is_scored_again()
    {
        var settings = Settings("out");
        Stop(settings, 2 * Queries);
        var shard = Directory.GetFiles(Path.Combine(settings.OutDirectory, "shards"), "*.parquet")[0];
        var bytes = File.ReadAllBytes(shard);
        bytes[bytes.Length / 3] ^= 1; // as a bad disk does: whole by its looks
        File.WriteAllBytes(shard, bytes);
        ShiftRun.Execute(Settings("whole"));
        var run = ShiftRun.Execute(settings);
        Assert.Equal(Queries - 1, run.Earlier);
        Assert.Equal(Files("whole"), Files("out"));
    }

    [Fact]
    public void Positions_whose_manifest_is_gone_are_not_written_over()
    {
        ShiftRun.Execute(Settings("out"));
        File.Delete(Path.Combine(_folder.FullName, "out", "manifest.json"));
        Assert.Contains("what made it is not known", Assert.Throws<UrialException>(() => ShiftRun.Execute(Settings("out"))).Message);
    }

    private const int Queries = 5;

    private IEnumerable<(ShiftRunSettings Settings, string Named)> Changed()
    {
        var settings = Settings("out");
        yield return (settings with { Options = settings.Options with { Top = 2 } }, "top was 3 and is 2");
        yield return (settings with { Options = settings.Options with { MaxNewTokens = 9 } }, "decoding.max_new_tokens was 12 and is 9");
        yield return (settings with { Precision = Precision.BF16 }, "dtype was \"f32\" and is \"bf16\"");
        yield return (settings with { BasePrompt = new PromptChoice("urial", 1) }, "prompts.base.style was \"zero-shot\" and is \"urial");
        yield return (settings with { BaseDirectory = settings.AlignedDirectory }, "base.files_sha256.model.safetensors was");
        var queries = Path.Combine(_folder.FullName, "more.jsonl");
        File.WriteAllText(queries, File.ReadAllText(settings.QueriesFile) + """{"id": "more", "instruction": "Why?"}""");
        yield return (settings with { QueriesFile = queries }, "queries.sha256 was");
    }

    // Ends a run as Ctrl-C does, after some of its steps; what a step tells of is on the disk by then.
    private static void Stop(ShiftRunSettings settings, int after)
    {
        var seen = 0;
        Assert.Throws<OperationCanceledException>(() => ShiftRun.Execute(settings, _ =>
        {
            if (Interlocked.Increment(ref seen) >= after)
                throw new OperationCanceledException();
        }));
    }

    // Answers and scored answers that a stopped run left.
    private int Kept(string name)
    {
        var shards = Path.Combine(_folder.FullName, name, "shards");
        Assert.False(JsonNode.Parse(File.ReadAllText(Path.Combine(shards, "manifest.json")))!["complete"]!.GetValue<bool>());
        return new[] { "answers.jsonl", "scored.jsonl" }.Sum(file => File.ReadLines(Path.Combine(shards, file)).Count());
    }

    private Dictionary<string, string> Files(string name)
    {
        var root = Path.Combine(_folder.FullName, name);
        return Directory.GetFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .ToDictionary(path => Path.GetRelativePath(root, path), path => Convert.ToHexString(File.ReadAllBytes(path)));
    }

    private ShiftRunSettings Settings(string name)
    {
        var queries = Path.Combine(_folder.FullName, "queries.jsonl");
        if (!File.Exists(queries))
            File.WriteAllLines(queries,
                Enumerable.Range(1, Queries).Select(i => $$"""{"id": "q{{i}}", "instruction": "What is {{i}}?"}"""));
        return new ShiftRunSettings
        {
            BaseDirectory = GoldenPair.Base,
            AlignedDirectory = GoldenPair.Aligned,
            QueriesFile = queries,
            OutDirectory = Path.Combine(_folder.FullName, name),
            AlignedPrompt = new PromptChoice("zero-shot"),
            Options = new ShiftOptions { Top = 3, MaxNewTokens = 12 },
            Tokens = true,
        };
    }
}
