using System.Text.Json;

namespace Urial.Tests.Judging;

/// <summary>A language model as the judge: what a rerun pays for, and where the key goes.</summary>
public sealed partial class JudgeCommandTests
{
    [Fact]
    public async Task A_rerun_tries_what_failed_and_nothing_else()
    {
        var broken = true;
        using var server = new FakeJudgeServer(
            (_, prompt) => broken && prompt.Contains("second") ? FakeJudgeServer.Grade(7) : FakeJudgeServer.Grade(4));
        var answers = Answers(("1", "first", "x"), ("2", "second", "x"), ("3", "third", "x"));

        var (code, _, error) = await Model(answers, server);
        Assert.Equal(3, code);
        Assert.Contains("3 calls, about", error);
        Assert.Contains("2: The score for helpfulness is 7", error);
        Assert.Equal(["scored", "failed", "scored"], Lines().Select(line => line.GetProperty("status").GetString()));
        Assert.Empty(Lines()[1].GetProperty("scores").EnumerateObject());

        broken = false;
        (code, _, error) = await Model(answers, server);
        Assert.Equal(0, code);
        Assert.Contains("1 calls made", error);
        Assert.Equal(4, server.Prompts.Count);
        Assert.Contains("second", server.Prompts[3]);
        Assert.Equal(["1", "2", "3"], Lines().Select(line => line.GetProperty("id").GetString()));

        var bytes = File.ReadAllBytes(Out);
        Assert.Equal(0, (await Model(answers, server)).Code);
        Assert.Equal(4, server.Prompts.Count);
        Assert.Equal(bytes, File.ReadAllBytes(Out));
    }

    [Fact]
    public async Task A_killed_run_goes_on_without_paying_twice()
    {
        using var server = new FakeJudgeServer((_, _) => FakeJudgeServer.Grade(4));
        var answers = Answers([.. Enumerable.Range(0, 6).Select(i => ($"{i}", $"question {i}", "x"))]);
        await Model(answers, server);
        var whole = File.ReadAllLines(Out);
        // Killed after three, in another order, inside the fourth line.
        File.WriteAllText(Out, $"{whole[4]}\n{whole[0]}\n{whole[2]}\n{whole[1][..40]}");

        Assert.Equal(0, (await Model(answers, server)).Code);

        Assert.Equal(9, server.Prompts.Count);
        Assert.Equal(["1", "3", "5"], server.Prompts.Skip(6).Select(prompt => prompt.Split("question ")[1][..1]).Order());
        Assert.Equal(whole, File.ReadAllLines(Out));
    }

    [Fact]
    public async Task A_second_run_into_one_file_is_refused_before_it_pays()
    {
        var asked = new TaskCompletionSource();
        using var server = new FakeJudgeServer((_, _) =>
        {
            asked.TrySetResult();
            return FakeJudgeServer.Grade(4) with { Delay = TimeSpan.FromSeconds(1) };
        });
        var answers = Answers(("1", "a", "x"), ("2", "b", "x"));
        var first = Model(answers, server);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));

        var (code, output, error) = await Model(answers, server, "--judge-model", "judge-2");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("another run is writing it", error);
        Assert.Equal(0, (await first).Code);
        Assert.All(Lines(), line => Assert.Equal("judge-1", line.GetProperty("judge").GetString()));
        Assert.All(server.Requests, request => Assert.Equal("judge-1", request.GetProperty("model").GetString()));
        Assert.Empty(Directory.GetFiles(_folder.Root, "*.lock"));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_refused_before_anything_is_paid()
    {
        using var server = new FakeJudgeServer((_, _) => FakeJudgeServer.Grade(4));
        var answers = Answers(("1", "a", "x"));
        var (code, _, error) = await Model(answers, server, "--out", Path.Combine(answers, "out.jsonl"));
        Assert.Equal(2, code);
        Assert.Contains("Cannot write", error);
        Assert.Empty(server.Prompts);
    }

    [Fact]
    public async Task Each_judgment_is_on_disk_before_the_next_is_there()
    {
        var seen = new List<int>();
        using var server = new FakeJudgeServer((call, _) =>
        {
            seen.Add(call == 0 ? 0 : File.ReadAllLines(Out).Length);
            return FakeJudgeServer.Grade(4);
        });
        await Model(Answers(("1", "a", "x"), ("2", "b", "x"), ("3", "c", "x")), server, "--concurrency", "1");
        Assert.Equal([0, 1, 2], seen);
    }

    [Fact]
    public async Task Scores_that_were_paid_for_are_not_overwritten()
    {
        using var server = new FakeJudgeServer((_, _) => FakeJudgeServer.Grade(4));
        await Model(Answers(("1", "a", "x")), server);
        var bytes = File.ReadAllBytes(Out);

        Assert.Contains("another answer to id 1", (await Model(Answers(("1", "a", "changed")), server)).Error);
        Assert.Contains("id 1, which the answers do not have", (await Model(Answers(("2", "a", "x")), server)).Error);
        Assert.Contains("by judge-1, not by judge-2", (await Model(Answers(("1", "a", "x")), server, "--judge-model", "judge-2")).Error);
        Assert.Contains("or by another prompt", (await Model(Answers(("1", "a", "x")), server, "--aspects", "safety")).Error);
        Assert.Equal(bytes, File.ReadAllBytes(Out));
        Assert.Single(server.Prompts);
    }

    [Fact]
    public async Task The_key_goes_to_the_server_and_nowhere_else()
    {
        // A server that repeats the key in its errors and in its replies.
        using var server = new FakeJudgeServer((call, _) => call switch
        {
            0 => FakeJudgeServer.Error(401, $"Bearer {Key} is not known"),
            _ => FakeJudgeServer.Reply(FakeJudgeServer.Scores(4, [.. Aspects.General]).Replace("because", Key)),
        });
        var cache = _folder.File("cache.jsonl");
        var first = await Model(Answers(("1", "a", "x"), ("2", "b", "x")), server, "--cache", cache, "--concurrency", "1");
        Assert.Equal(3, first.Code);
        Assert.Contains("Bearer [key] is not known", Lines()[0].GetProperty("error").GetString());
        var second = await Model(Answers(("1", "a", "x"), ("2", "b", "x")), server, "--cache", cache);

        Assert.All(server.Authorizations, header => Assert.Equal($"Bearer {Key}", header));
        foreach (var text in new[] { first.Output, first.Error, second.Output, second.Error })
            Assert.DoesNotContain(Key, text);
        foreach (var file in Directory.GetFiles(_folder.Root, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(Key, File.ReadAllText(file));
        Assert.Contains("[key] of depth", File.ReadAllText(cache));
    }

    [Fact]
    public async Task A_cache_spares_the_calls_of_another_output_file()
    {
        using var server = new FakeJudgeServer((_, _) => FakeJudgeServer.Grade(4));
        var answers = Answers(("1", "a", "x"), ("2", "b", "x"));
        await Model(answers, server, "--cache", _folder.File("cache.jsonl"));
        File.Delete(Out);
        var (code, _, error) = await Model(answers, server, "--cache", _folder.File("cache.jsonl"));
        Assert.Equal(0, code);
        Assert.Contains("2 in the cache: 0 calls", error);
        Assert.Equal(2, server.Prompts.Count);
    }

    [Theory]
    [InlineData("0", 2)]
    [InlineData("server", 1)]
    public async Task The_manifest_says_when_the_temperature_was_the_servers(string temperature, int calls)
    {
        using var server = new FakeJudgeServer(
            (_, _) => FakeJudgeServer.Grade(4),
            request => request.TryGetProperty("temperature", out var _) ? FakeJudgeServer.Error(400, "no temperature here") : null);
        var answers = Answers(("1", "a", "x"));
        Assert.Equal(0, (await Model(answers, server, "--temperature", temperature)).Code);
        Assert.Equal(calls, server.Requests.Count);
        Assert.Equal("server", Temperature());
        Assert.Equal(0, (await Model(answers, server, "--temperature", temperature)).Code); // nothing is asked again, and it is still known
        Assert.Equal((calls, "server"), (server.Requests.Count, Temperature()));

        using var other = new FakeJudgeServer((_, _) => FakeJudgeServer.Grade(4));
        File.Delete(Out);
        await Model(answers, other);
        Assert.Equal("0", Temperature());

        string Temperature()
        {
            using var manifest = JsonDocument.Parse(File.ReadAllText(_folder.File("out.manifest.json")));
            return manifest.RootElement.GetProperty("temperature").ToString();
        }
    }

    [Fact]
    public async Task Safety_has_a_rubric_of_its_own()
    {
        using var server = new FakeJudgeServer((_, _) => FakeJudgeServer.Grade(2, Aspect.Safety));
        var (code, output, _) = await Model(Answers(("1", "a", "x")), server, "--aspects", "safety");
        Assert.Equal(0, code);
        Assert.Contains("safety       2.000", output);
        Assert.Contains("how safe", server.Prompts[0]);
        Assert.Equal("""{"safety":2}""", Lines()[0].GetProperty("scores").GetRawText());
    }
}
