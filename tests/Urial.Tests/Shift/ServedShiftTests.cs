using System.Text.Json;
using Urial.Cli;
using Urial.Tests.Models.Served;

namespace Urial.Tests.Shift;

/// <summary><c>urial shift</c> over models behind servers.</summary>
public sealed partial class ServedShiftTests : IDisposable
{
    private const int Queries = 6;
    private const double Near = 1e-6;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-served-");
    private readonly ModelPair _pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);

    public void Dispose()
    {
        _pair.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_server_that_tells_everything_gives_the_files_numbers(bool baseServed, bool alignedServed)
    {
        using var servers = new Servers(_pair);
        var local = await Shift("local", GoldenPair.Base, GoldenPair.Aligned);
        var served = await Shift("served", baseServed ? servers.Base.Address : GoldenPair.Base,
            alignedServed ? servers.Aligned.Address : GoldenPair.Aligned, ["--tokenizer", GoldenPair.Aligned, "--top-logprobs", "-1"]);
        Assert.Equal(local.Count, served.Count);
        foreach (var (own, other) in local.Zip(served))
        {
            foreach (var name in new[] { "id", "position", "token_id", "token", "base_rank", "class", "aligned_argmax_id", "is_eos" })
                Assert.Equal(own.GetProperty(name).GetRawText(), other.GetProperty(name).GetRawText());
            foreach (var name in new[] { "base_prob", "aligned_prob", "kl_aligned_base", "kl_base_aligned", "js", "base_entropy",
                "aligned_entropy" })
                Assert.Equal(own.GetProperty(name).GetDouble(), other.GetProperty(name).GetDouble(), Near);
            Assert.Equal(other.GetProperty("js").GetDouble(), other.GetProperty("js_low").GetDouble());
            Assert.Equal(other.GetProperty("js").GetDouble(), other.GetProperty("js_high").GetDouble());
            Assert.False(other.GetProperty("base_rank_censored").GetBoolean());
        }
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(Out("served"), "summary.json")));
        Assert.Equal(JsonValueKind.Number, summary.RootElement.GetProperty("with_eos").GetProperty("mean_js").ValueKind);
    }

    [Fact]
    public async Task A_server_that_tells_20_tokens_gives_ranks_exactly_and_bounds()
    {
        using var servers = new Servers(_pair, new() { MaxLogprobs = 20 });
        var local = await Shift("local", GoldenPair.Base, GoldenPair.Aligned);
        var served = await Shift("served", servers.Base.Address, servers.Aligned.Address, ["--tokenizer", GoldenPair.Aligned]);
        foreach (var (own, other) in local.Zip(served))
        {
            foreach (var name in new[] { "id", "position", "token_id", "base_rank", "class", "is_eos" })
                Assert.Equal(own.GetProperty(name).GetRawText(), other.GetProperty(name).GetRawText());
            Assert.Equal(own.GetProperty("base_prob").GetDouble(), other.GetProperty("base_prob").GetDouble(), Near);
            foreach (var name in new[] { "kl_aligned_base", "kl_base_aligned", "js", "base_entropy", "aligned_entropy" })
            {
                Assert.Equal(JsonValueKind.Null, other.GetProperty(name).ValueKind);
                var (low, high) = (other.GetProperty($"{name}_low"), other.GetProperty($"{name}_high"));
                var exact = own.GetProperty(name).GetDouble();
                Assert.True(low.GetDouble() <= exact + Near, name);
                Assert.True(high.ValueKind == JsonValueKind.Null ? name.StartsWith("kl", StringComparison.Ordinal)
                    : high.GetDouble() >= exact - Near, name);
            }
        }
        Assert.Contains("\"mean_js\": null", File.ReadAllText(Path.Combine(Out("served"), "summary.json")));
        Assert.Contains("\"mean_js_low\": 0.", File.ReadAllText(Path.Combine(Out("served"), "summary.json")));
        Assert.Contains("\"top_logprobs\": 20", File.ReadAllText(Path.Combine(Out("served"), "manifest.json")));
    }

    [Theory]
    [InlineData("parquet")]
    [InlineData("compact")]
    public async Task Bounds_come_back_from_Parquet(string format)
    {
        using var servers = new Servers(_pair, new() { MaxLogprobs = 20 });
        var lines = await Shift("lines", servers.Base.Address, GoldenPair.Aligned);
        var (code, output, error) = await Run("parquet", servers.Base.Address, GoldenPair.Aligned, ["--format", format, "--tokens"]);
        Assert.True(code == 0, error);
        Assert.Contains("(bounds)", output);
        var answers = StoredShifts.Read(Out("parquet"));
        var positions = answers.SelectMany(answer => answer.Positions).ToArray();
        Assert.Equal(lines.Count, positions.Length);
        Assert.All(lines.Zip(positions), pair =>
        {
            Assert.Equal(pair.First.GetProperty("js_low").GetDouble(), pair.Second.Bounds!.Js.Low, 6);
            Assert.Equal(pair.First.GetProperty("kl_base_aligned_high").ValueKind == JsonValueKind.Null,
                double.IsPositiveInfinity(pair.Second.Bounds.KlBaseAligned.High));
            Assert.True(double.IsNaN(pair.Second.Js));
        });
        var page = Path.Combine(_folder.FullName, "page.html");
        using (StringWriter said = new(), wrong = new())
            Assert.True(await Program.Run(["view", Out("parquet"), "--out", page], said, wrong) == 0, $"{wrong}");
        Assert.Contains("the least that they can be", File.ReadAllText(page));
        Assert.Contains("≥ 0.", File.ReadAllText(page));
        Assert.Contains("\"least\":true", File.ReadAllText(page));
        Assert.Contains(servers.Base.Address, File.ReadAllText(page));
        var summary = PositionsSql.Summary(Out("parquet"));
        var mean = new ShiftTable(answers).Summary().MeanBounds["js"];
        Assert.Equal((mean.Low, mean.High), (summary.MeanBounds["js"].Low, summary.MeanBounds["js"].High));
        Assert.False(summary.Means.ContainsKey("js"));
        Assert.Contains("within bounds only", Assert.Throws<UrialException>(() => summary.MeanJs).Message);
    }

    [Fact]
    public async Task Faults_at_random_lose_nothing_and_count_nothing_twice()
    {
        using var calm = new Servers(_pair);
        using var wild = new Servers(_pair, new()
        {
            Faults =
            [
                ServerFaultKind.Cut, ServerFaultKind.Error, ServerFaultKind.Garbage, ServerFaultKind.Empty, ServerFaultKind.ErrorInside,
            ],
            FaultRate = 0.3,
            Seed = 7,
        });
        foreach (var (servers, name) in new[] { (calm, "calm"), (wild, "wild") })
            Assert.Empty(ShiftRun.Execute(Settings(name, servers)).Failures);
        Assert.NotEmpty(wild.Base.Faults.Concat(wild.Aligned.Faults));
        foreach (var file in new[] { "positions.parquet", "summary.json" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(Out("calm"), file)), File.ReadAllBytes(Path.Combine(Out("wild"), file)));
    }

    [Fact]
    public void A_run_that_was_stopped_asks_for_nothing_twice()
    {
        using var servers = new Servers(_pair);
        var settings = Settings("out", servers, concurrency: 1);
        Assert.Throws<OperationCanceledException>(() => ShiftRun.Execute(settings, step =>
        {
            if (step is { Name: "scoring", Done: >= 3 })
                throw new OperationCanceledException();
        }));
        var (scored, answered) = (servers.Base.Requests.Count, servers.Aligned.Requests.Count);
        Assert.Equal(Queries, ShiftRun.Execute(settings).Table.Answers.Count);
        // Each query costs the base one request and the aligned model two; each run's beginning a few.
        var probes = (Base: scored - 3, Aligned: answered - 6);
        Assert.InRange(probes.Base, 1, 4);
        Assert.Equal(2 * probes.Base + Queries, servers.Base.Requests.Count);
        Assert.Equal(2 * probes.Aligned + 2 * Queries, servers.Aligned.Requests.Count);
    }

    [Fact]
    public void A_server_that_is_gone_ends_the_run_and_what_is_there_is_kept()
    {
        using var servers = new Servers(_pair);
        var settings = Settings("out", servers, concurrency: 1);
        var problem = Assert.Throws<ServerGoneException>(() => ShiftRun.Execute(settings, step =>
        {
            if (step is { Name: "scoring", Done: 2 })
                servers.Base.Dispose();
        }));
        Assert.Contains("3 queries in a row failed through the server", problem.Message);
        Assert.Contains("the same command goes on", problem.Message);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Out("out"), "shards"), "*.parquet").Length);
    }

    [Fact]
    public async Task What_a_server_cannot_do_is_told_at_the_start()
    {
        using var dumb = new Servers(_pair, new() { PromptLogprobs = false, Echo = false });
        var (code, _, error) = await Run("out", dumb.Base.Address, GoldenPair.Aligned, []);
        Assert.Equal(2, code);
        Assert.Contains(dumb.Base.Address, error);
        Assert.Contains("prompt_logprobs", error);
        Assert.False(File.Exists(Path.Combine(Out("out"), "manifest.json")));

        using var blind = new Servers(_pair, new() { Ranks = false });
        Assert.Contains("--top-logprobs 3 or more",
            (await Run("out", blind.Base.Address, GoldenPair.Aligned, ["--top-logprobs", "2"])).Error);
        using var few = new Servers(_pair, new() { MaxLogprobs = 5 });
        Assert.Contains("--top-logprobs 5", (await Run("out", few.Base.Address, GoldenPair.Aligned, [])).Error);
    }

    [Fact]
    public async Task A_class_that_a_server_does_not_tell_is_not_made_up()
    {
        // By spelling, and with one spelling for two tokens: a token that is not in the list may be ahead of all that are.
        using var vague = new Servers(_pair, new()
        {
            PromptLogprobs = false,
            TokensAsIds = false,
            TokenIds = false,
            MaxLogprobs = 5,
            Spelling = id => id % 3 == 0 ? "same" : $"t{id}",
        });
        var (code, _, error) = await Run("out", vague.Base.Address, GoldenPair.Aligned, ["--top-logprobs", "5"]);
        Assert.NotEqual(0, code);
        Assert.DoesNotContain("   at ", error);
    }

    [Theory]
    [InlineData("--tokenizer", "x", "--tokenizer is for a model behind a server")]
    [InlineData("--base-model", "x", "--base-model is for a model behind a server")]
    [InlineData("--top-logprobs", "5", "--top-logprobs is for a model behind a server")]
    [InlineData("--concurrency", "0", "--concurrency: 0 is out of range")]
    public async Task Options_of_servers_need_one(string option, string value, string message)
    {
        var (code, _, error) = await Run("out", GoldenPair.Base, GoldenPair.Aligned, [option, value]);
        Assert.Equal(2, code);
        Assert.Contains(message, error);
    }

    [Theory]
    [InlineData("http://user:secret@127.0.0.1:1/v1", "without a password")]
    [InlineData("http://127.0.0.1:1/v1", "--tokenizer")]
    public async Task Addresses_that_cannot_be_used_are_refused(string address, string message)
    {
        var (code, output, error) = await Run("out", address, address, []);
        Assert.Equal(2, code);
        Assert.Contains(message, error);
        Assert.DoesNotContain("secret", output + error);
    }
}
