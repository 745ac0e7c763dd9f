using Urial.Cli;
using Urial.Tests.Models;

namespace Urial.Tests.Answering;

/// <summary>Answers stored as Parquet: the same as the lines, going on after a stop, and refusals.</summary>
public sealed class StoredAnswersTests : IDisposable
{
    private static readonly string Model = Repository.Path("data", "models", "micro-base");
    private readonly TemporaryFolder _folder = new();

    public StoredAnswersTests() => File.WriteAllText(_folder.File("q.jsonl"), """
        {"id": "a", "prompt": "The capital of France is"}
        {"id": "b", "prompt": "A cat is"}
        {"id": "c", "prompt": "Water boils"}
        """);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Parquet_holds_what_the_lines_hold()
    {
        Assert.Equal(0, (await Generate("a.jsonl")).Code);
        Assert.Equal(0, (await Generate("a.parquet")).Code);
        var (lines, parquet) = (StoredAnswers.Read(_folder.File("a.jsonl")), StoredAnswers.Read(_folder.File("a.parquet")));
        Assert.Equal(["a", "b", "c"], parquet.Select(answer => answer.Id));
        Assert.All(lines.Zip(parquet), pair =>
        {
            Assert.Equal(pair.First.Output, pair.Second.Output);
            Assert.Equal(pair.First.AnswerIds, pair.Second.AnswerIds);
            Assert.Equal(pair.First.StopReason, pair.Second.StopReason);
            Assert.Equal(pair.First.StopReason != "limit", pair.Second.Stopped);
        });
        Assert.Equal(["a.jsonl", "a.manifest.json", "a.parquet", "a.parquet.manifest.json", "q.jsonl"],
            Directory.GetFiles(_folder.Root).Select(Path.GetFileName).Order());
        var manifest = InputFile.Json(_folder.File("a.parquet.manifest.json"), "manifest");
        Assert.True(manifest.GetProperty("complete").GetBoolean());
        Assert.Equal(ContentHash.OfFile(_folder.File("a.parquet"), "answers"),
            manifest.GetProperty("files_sha256").GetProperty("a.parquet").GetString());
    }

    [Fact]
    public async Task The_same_command_again_goes_on_with_what_is_there()
    {
        Assert.Equal(0, (await Generate("a.jsonl")).Code);
        Assert.Equal(0, (await Generate("whole.parquet")).Code);
        var (written, manifest) = (File.ReadAllBytes(_folder.File("whole.parquet")),
            File.ReadAllText(_folder.File("whole.parquet.manifest.json")));
        Assert.Contains("3 answers, 3 of them from before", (await Generate("whole.parquet")).Output);
        Assert.Equal(written, File.ReadAllBytes(_folder.File("whole.parquet")));

        // Killed behind the last answer: the manifest still says that the run is not complete.
        File.WriteAllText(_folder.File("whole.parquet.manifest.json"), manifest.Replace("\"complete\": true", "\"complete\": false"));
        Assert.Equal(0, (await Generate("whole.parquet")).Code);
        Assert.Equal(manifest, File.ReadAllText(_folder.File("whole.parquet.manifest.json")));

        // A run that was stopped after two answers.
        File.WriteAllLines(_folder.File("half.parquet.partial.jsonl"), File.ReadLines(_folder.File("a.jsonl")).Take(2));
        File.Copy(_folder.File("a.manifest.json"), _folder.File("half.parquet.manifest.json"));
        Assert.Contains("3 answers, 2 of them from before", (await Generate("half.parquet")).Output);
        Assert.Equal(File.ReadAllBytes(_folder.File("whole.parquet")), File.ReadAllBytes(_folder.File("half.parquet")));
        Assert.False(File.Exists(_folder.File("half.parquet.partial.jsonl")));
    }

    [Fact]
    public async Task Other_queries_and_files_of_another_kind_are_refused()
    {
        Assert.Equal(0, (await Generate("a.parquet")).Code);
        File.WriteAllText(_folder.File("q.jsonl"), """{"id": "a", "prompt": "The capital of Spain is"}""");
        var (code, _, error) = await Generate("a.parquet");
        Assert.Equal(2, code);
        Assert.Contains("other queries or prompts", error);

        File.WriteAllText(_folder.File("b.parquet"), "no Parquet");
        Assert.Contains("b.parquet holds no answers",
            Assert.Throws<UrialException>(() => StoredAnswers.Read(_folder.File("b.parquet"))).Message);
    }

    private async Task<(int Code, string Output, string Error)> Generate(string name)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Program.Run(["generate", "--model", Model, "--queries", _folder.File("q.jsonl"), "--out", _folder.File(name),
            "--max-new-tokens", "12"], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
