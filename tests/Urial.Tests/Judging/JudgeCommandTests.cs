using System.Text.Json;
using Urial.MicroWorld;
using Urial.Tests.Models;

namespace Urial.Tests.Judging;

/// <summary><c>urial judge</c> as its user meets it.</summary>
public sealed partial class JudgeCommandTests : IDisposable
{
    private const string Key = "sk-test-0123456789-never-to-be-seen";
    private readonly TemporaryFolder _folder = new();
    private readonly string? _key = Environment.GetEnvironmentVariable("OPENAI_API_KEY");
    private readonly string? _base = Environment.GetEnvironmentVariable("OPENAI_BASE_URL");

    public JudgeCommandTests()
    {
        Environment.SetEnvironmentVariable("OPENAI_API_KEY", Key);
        Environment.SetEnvironmentVariable("OPENAI_BASE_URL", null);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("OPENAI_API_KEY", _key);
        Environment.SetEnvironmentVariable("OPENAI_BASE_URL", _base);
        _folder.Dispose();
    }

    private string Out => _folder.File("out.jsonl");

    [Fact]
    public async Task The_ground_truth_scores_all_six_aspects_with_reasons()
    {
        var query = QueryFile.HeldOut()[1].Query;
        var answers = Answers(("good", query.Text, $"Great question! It is {query.Facts[0].Value}."), ("empty", query.Text, ""));

        var (code, output, _) = await Judge(answers, "micro-world");

        Assert.Equal(0, code);
        Assert.Contains("2 of 2 answers scored by micro-world", output);
        var lines = Lines();
        Assert.Equal(["id", "status", "scores", "reasons", "error", "judge", "prompt_sha256", "usage"],
            lines[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(Aspects.All.Select(aspect => aspect.Name()),
            lines[0].GetProperty("scores").EnumerateObject().Select(score => score.Name));
        Assert.Equal(5, lines[0].GetProperty("scores").GetProperty("factuality").GetInt32());
        Assert.Equal(1, lines[1].GetProperty("scores").GetProperty("helpfulness").GetInt32());
        Assert.Equal("The answer is empty.", lines[1].GetProperty("reasons").GetProperty("helpfulness").GetString());
        Assert.Equal(("scored", "micro-world", JsonValueKind.Null), (lines[0].GetProperty("status").GetString(),
            lines[0].GetProperty("judge").GetString(), lines[0].GetProperty("error").ValueKind));
        using var manifest = JsonDocument.Parse(File.ReadAllText(_folder.File("out.manifest.json")));
        Assert.Equal(2, manifest.RootElement.GetProperty("n_scored").GetInt32());
    }

    [Fact]
    public async Task An_instruction_that_is_not_of_the_world_fails_and_the_others_are_scored()
    {
        var known = QueryFile.HeldOut()[0].Query.Text;
        var (code, _, error) = await Judge(Answers(("a", "Why is the sky blue?", "Light."), ("b", known, "No idea.")), "micro-world",
            "--aspects", "safety");

        Assert.Equal(3, code);
        Assert.Contains("does not know the instruction of a", error);
        Assert.Contains("1 of 2 answers failed", error);
        var lines = Lines();
        Assert.Equal(["failed", "scored"], lines.Select(line => line.GetProperty("status").GetString()));
        Assert.Equal(["safety"], lines[1].GetProperty("scores").EnumerateObject().Select(score => score.Name));
    }

    [Fact]
    public async Task Stored_scores_are_found_by_generator_and_id_and_keep_number_ids()
    {
        File.WriteAllText(_folder.File("in.jsonl"), """
            {"id": 800, "instruction": "q", "output": "o", "generator": "gpt-4-0314"}
            {"id": 801, "instruction": "q", "output": "o", "generator": "leaderboard/outputs/vicuna-7b-v1.5.json"}
            {"id": 1, "instruction": "q", "output": "o", "generator": "gpt-4-0314"}

            """);
        var (code, _, error) = await Judge(_folder.File("in.jsonl"), "stored", "--judge-model", "gpt-3.5-turbo-0613");

        Assert.Equal(3, code);
        Assert.Contains("no scores by gpt-3.5-turbo-0613 for id 1 of gpt-4-0314", error);
        var lines = Lines();
        Assert.Equal([800, 801, 1], lines.Select(line => line.GetProperty("id").GetInt32()));
        Assert.Equal(StoredScores.Load().Judgments("gpt-4-0314", "gpt-3.5-turbo-0613").Single(j => j.Id == "800").Scores[Aspect.Safety],
            lines[0].GetProperty("scores").GetProperty("safety").GetInt32());
        Assert.Contains("choose one of gpt-3.5-turbo-0613, gpt-4-1106-preview", (await Judge(_folder.File("in.jsonl"), "stored")).Error);

        // A file of judgments is a store, too.
        var earlier = _folder.File("earlier.jsonl");
        File.Copy(Out, earlier);
        File.Delete(Out);
        Assert.Equal(3, (await Judge(_folder.File("in.jsonl"), "stored", "--scores", earlier)).Code);
        Assert.Equal(2, Lines().Count(line => line.GetProperty("status").GetString() == "scored"));
    }

    [Theory]
    [InlineData("{\"id\": \"a\", \"instruction\": \"q\", \"output\": \"o\"}\n{", "line 2: The line is not valid JSON")]
    [InlineData("{\"id\": \"a\", \"instruction\": \"q\"}", "line 1: The field \"output\" is missing")]
    [InlineData("{\"id\": \"a\", \"output\": \"q\"}", "line 1: The field \"instruction\" is missing")]
    [InlineData("{\"instruction\": \"q\", \"output\": \"o\"}", "line 1: The field \"id\" is missing")]
    [InlineData("{\"id\": \"a\", \"instruction\": 3, \"output\": \"o\"}", "line 1: The field \"instruction\" is a number, not a string")]
    [InlineData("{\"id\": 1, \"instruction\": \"q\", \"output\": \"o\"}\n{\"id\": \"1\", \"instruction\": \"q\", \"output\": \"o\"}",
        "line 2: The id \"1\" is already used in line 1")]
    [InlineData("[]", "is empty")]
    [InlineData("[1]", "line 1: The line is not a JSON object")]
    [InlineData("[{\"id\": \"a\", \"instruction\": \"q\", \"output\": \"o\"}", "as a JSON list and is none: it breaks in line 1")]
    [InlineData("[\n{\"id\": \"a\", \"instruction\": \"q\", \"output\": \"o\"},\n]", "e.g. with jq -c '.[]'")]
    [InlineData("[\n  {\"instruction\": \"q\", \"output\": \"o\"}\n]", "line 2: The field \"id\" is missing. Records can be numbered")]
    [InlineData("[{\"id\": 0, \"instruction\": \"q\", \"output\": [\"o\", \"p\"]}]", "which answer is meant?")]
    [InlineData("\n", "is empty")]
    public async Task Unreadable_answers_are_refused_before_anything_is_judged(string text, string message)
    {
        File.WriteAllText(_folder.File("in.jsonl"), text);
        var (code, _, error) = await Judge(_folder.File("in.jsonl"), "micro-world");
        Assert.Equal(2, code);
        Assert.Contains(message, error);
        Assert.Contains("in.jsonl", error);
        Assert.False(File.Exists(Out));
    }

    [Fact]
    public async Task What_else_cannot_be_used_is_refused()
    {
        var answers = Answers(("1", "a", "x"));
        await Refused("nowhere.jsonl", _folder.File("nowhere.jsonl"), "micro-world");
        await Refused("Unknown judge 'me'", answers, "me");
        await Refused("Unknown aspects 'depth'", answers, "micro-world", "--aspects", "depth");
        await Refused("--judge-model NAME", answers, "openai", "--endpoint", "http://127.0.0.1:1/v1");
        await Refused("http or https", answers, "openai", "--judge-model", "m", "--endpoint", "localhost");
        await Refused("without a password", answers, "openai", "--judge-model", "m", "--endpoint", "http://me:secret@localhost/v1");
        await Refused("--timeout", answers, "openai", "--judge-model", "m", "--timeout", "0");
        await Refused("Unknown temperature '0.7'", answers, "openai", "--judge-model", "m", "--temperature", "0.7");
        await Refused("retries", answers, "openai", "--judge-model", "m", "--endpoint", "http://127.0.0.1:1/v1", "--retries", "-1");
        await Refused("another file than --answers", answers, "micro-world", "--out",
            _folder.File("../" + Path.GetFileName(_folder.Root) + "/answers.jsonl"));
        await Refused("--concurrency: 0 is out of range; give a whole number, 1 to 1024", answers, "micro-world", "--concurrency", "0");
        File.WriteAllText(Out, "{\"id\": \"1\"}\n");
        await Refused("out.jsonl, line 1 is no judgment", answers, "micro-world");
        Environment.SetEnvironmentVariable("OPENAI_API_KEY", null);
        await Refused("OPENAI_API_KEY", answers, "openai", "--judge-model", "m");

        async Task Refused(string message, string file, string judge, params string[] more)
        {
            var (code, _, error) = await Judge(file, judge, more);
            Assert.Equal(2, code);
            Assert.Contains(message, error);
            Assert.DoesNotContain("secret", error);
        }
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_fault_like_another()
    {
        var (code, _, error) = await Judge(Answers(("1", "a", "x")), "openai", "--judge-model", "m", "--endpoint", "http://127.0.0.1:1/v1",
            "--retries", "0");
        Assert.Equal(3, code);
        Assert.Contains("No reply from m", error);
    }

    private Task<(int Code, string Output, string Error)> Model(string answers, FakeJudgeServer server, params string[] more) =>
        Judge(answers, "openai", ["--endpoint", server.Address, "--retries", "0",
            .. more.Contains("--judge-model") ? Array.Empty<string>() : ["--judge-model", "judge-1"], .. more]);

    private async Task<(int Code, string Output, string Error)> Judge(string answers, string judge, params string[] more)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await Urial.Cli.Program.Run(
            ["judge", "--answers", answers, "--judge", judge, .. more.Contains("--out") ? Array.Empty<string>() : ["--out", Out], .. more],
            output, error);
        return (code, output.ToString(), error.ToString());
    }

    private string Answers(params (string Id, string Instruction, string Output)[] answers)
    {
        File.WriteAllLines(_folder.File("answers.jsonl"), answers.Select(
            answer => JsonSerializer.Serialize(new { id = answer.Id, instruction = answer.Instruction, output = answer.Output })));
        return _folder.File("answers.jsonl");
    }

    private JsonElement[] Lines() => [.. File.ReadLines(Out).Select(line => JsonElement.Parse(line))];
}
