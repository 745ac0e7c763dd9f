using System.Text.Json.Nodes;
using Urial.Cli;
using Urial.Tests.Shift;

namespace Urial.Tests.Cli;

public sealed class ViewCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-view-");

    private string Folder => Path.Combine(_folder.FullName, "run");

    private string Page => Path.Combine(_folder.FullName, "page.html");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(PositionsFormat.Parquet, true)]
    [InlineData(PositionsFormat.Compact, true)]
    [InlineData(PositionsFormat.Jsonl, false)]
    [InlineData(PositionsFormat.Parquet, false)]
    public async Task A_run_of_any_format_becomes_a_page(PositionsFormat format, bool tokens)
    {
        var run = Shift(format, tokens);
        var (code, output, error) = await View(Folder, "--out", Page);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains($"{run.Table.Answers.Count} answers", output);
        Assert.Contains($"wrote {Page}", output);

        var read = StoredRun.Read(Folder);
        Assert.Empty(read.Notes);
        Assert.Equal(run.Table.Answers.Select(a => (a.Id, a.Query, a.Text, a.Ended)),
            read.Answers.Select(a => (a.Id, a.Query, a.Text, a.Ended)));
        Assert.Equal(run.Table.Answers.SelectMany(a => a.Tokens), read.Answers.SelectMany(a => a.Tokens));
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);
        var scored = ShiftAnalysis.Run(pair, ShiftQueries.ReadAll(GoldenPair.Queries), new ShiftOptions { Top = 3 });
        Assert.Equal(scored.SelectMany(a => a.Positions).SelectMany(p => p.BaseTop).Select(top => (top.Id, top.Shown)),
            read.Answers.SelectMany(a => a.Positions).SelectMany(p => p.BaseTop).Select(top => (top.Id, top.Shown)));
    }

    [Fact]
    public async Task An_earlier_page_is_replaced_and_a_missing_folder_made()
    {
        Shift();
        var page = Path.Combine(_folder.FullName, "new", "deep", "page.html");
        Assert.Equal(0, (await View(Folder, "--out", page)).Code);
        var first = File.ReadAllText(page);
        File.WriteAllText(page, "old");
        Assert.Equal(0, (await View(Folder, "--out", page)).Code);
        Assert.Equal(first, File.ReadAllText(page));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(page)!));
    }

    [Fact]
    public async Task Without_its_model_and_queries_a_run_says_what_is_missing()
    {
        Shift(tokens: false);
        Change("manifest.json", manifest =>
        {
            manifest["base"]!["path"] = "gone";
            manifest["aligned"]!["path"] = "gone";
            manifest["queries"]!["path"] = "gone.jsonl";
        });
        var (code, _, error) = await View(Folder, "--out", Page);
        Assert.Equal(0, code);
        Assert.Contains("note: The run has no tokens.jsonl", error);
        Assert.Contains("gone.jsonl is not here", error);
        Assert.Contains("gone.jsonl is not here", File.ReadAllText(Page));

        (code, _, error) = await View(Folder, "--out", Page, "--queries", GoldenPair.Queries);
        Assert.Equal(0, code);
        Assert.DoesNotContain("gone.jsonl", error);
        var spelt = StoredRun.Read(Folder, GoldenPair.Queries).Answers.Select(answer => answer.Text);
        Assert.Equal(Shift(tokens: false).Table.Answers.Select(answer => answer.Text), spelt);
    }

    [Fact]
    public async Task What_is_no_run_is_refused_with_its_name()
    {
        await Refused("There is no folder");
        File.WriteAllText(Folder, "");
        await Refused("is a file, and a run is a folder");
        File.Delete(Folder);
        Directory.CreateDirectory(Folder);
        await Refused("has no manifest.json");
        Write("manifest.json", "{\"kind\": \"urial-judge\"}");
        await Refused("is the manifest of urial-judge");
        Write("manifest.json", "[1]");
        await Refused("is no manifest of a run");
        Write("manifest.json", "{\"kind\": ");
        await Refused("manifest.json is not valid JSON");
        Write("manifest.json", "{\"kind\": \"urial-shift\"}");
        await Refused("manifest.json is not as `urial shift` writes it");
    }

    [Theory]
    [InlineData("positions.parquet")]
    [InlineData("tokens.jsonl")]
    [InlineData("summary.json")]
    public async Task A_file_that_is_missing_or_cut_is_named(string name)
    {
        Shift();
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^7]);
        await Refused($"{path} is not the file that the manifest beside it names");
        File.Delete(path);
        await Refused(path);
    }

    [Fact]
    public async Task Files_that_do_not_fit_together_are_named()
    {
        Shift();
        var tokens = Path.Combine(Folder, "tokens.jsonl");
        var lines = File.ReadAllLines(tokens);
        File.WriteAllLines(tokens, lines.Select(line => line.Replace("\"token\":\"", "\"token\":\"x")));
        Rehash("tokens.jsonl");
        await Refused("tokens.jsonl does not fit the positions beside it: it has another spelling");
        File.WriteAllLines(tokens, lines[..1]);
        Rehash("tokens.jsonl");
        await Refused("tokens.jsonl does not fit the positions beside it: it has no token");

        Directory.Delete(Folder, recursive: true);
        Shift();
        Change("summary.json", summary => summary["with_eos"]!["n_positions"] = 3);
        Rehash("summary.json");
        await Refused("summary.json speaks of 3 positions");
        Directory.Delete(Folder, recursive: true);
        Shift();
        Change("manifest.json", manifest => manifest["n_answers"] = 99);
        await Refused("manifest.json speaks of 99 answers");
    }

    [Fact]
    public async Task Places_that_cannot_be_written_are_named()
    {
        Shift();
        Assert.Contains("it is a folder", (await View(Folder, "--out", _folder.FullName)).Error);
        foreach (var own in Directory.GetFiles(Folder))
        {
            var before = File.ReadAllBytes(own);
            var (code, _, error) = await View(Folder, "--out", own);
            Assert.Equal(2, code);
            Assert.Contains("is a file of the run itself", error);
            Assert.Equal(before, File.ReadAllBytes(own));
        }
        if (OperatingSystem.IsLinux())
            Assert.Contains("Cannot write '/dev/full': there is no space left", (await View(Folder, "--out", "/dev/full")).Error);
        var other = Path.Combine(_folder.FullName, "other.jsonl");
        File.WriteAllText(other, "{\"id\": \"x\", \"instruction\": \"y\"}\n");
        Assert.Contains("is not the file that the run", (await View(Folder, "--out", Page, "--queries", other)).Error);
    }

    private async Task Refused(string message)
    {
        var (code, output, error) = await View(Folder, "--out", Page);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(message, error);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.False(File.Exists(Page));
    }

    private ShiftRun Shift(PositionsFormat format = PositionsFormat.Parquet, bool tokens = true) => ShiftRun.Execute(new ShiftRunSettings
    {
        BaseDirectory = GoldenPair.Base,
        AlignedDirectory = GoldenPair.Aligned,
        QueriesFile = GoldenPair.Queries,
        OutDirectory = Folder,
        Options = new ShiftOptions { Top = 3 },
        Format = format,
        Tokens = tokens,
    });

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    private void Change(string name, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name)))!;
        change(json);
        Write(name, json.ToJsonString());
    }

    private void Rehash(string name) => Change("manifest.json", manifest =>
        manifest["files_sha256"]![name] = ContentHash.OfFile(Path.Combine(Folder, name), "file"));

    private static async Task<(int Code, string Output, string Error)> View(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var code = await Program.Run(["view", .. args], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
