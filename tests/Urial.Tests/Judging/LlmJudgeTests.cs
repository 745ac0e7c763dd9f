using Microsoft.Extensions.AI;
using Urial.Tests.Models;

namespace Urial.Tests.Judging;

public sealed partial class LlmJudgeTests : IDisposable
{
    private static readonly AnswerToJudge Answer = new("a", "What is rain?", "Water that falls.");
    private readonly TemporaryFolder _folder = new();
    private readonly List<TimeSpan> _waits = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(401, "OPENAI_API_KEY")]
    [InlineData(404, "/v1")]
    [InlineData(400, "400")]
    public async Task A_fault_of_ours_is_not_tried_again(int status, string message)
    {
        using var server = new FakeJudgeServer((_, _) => FakeJudgeServer.Error(status, "no"));
        using var judge = Judge(server);
        var judgment = await judge.JudgeAsync(Answer);
        Assert.Contains(message, judgment.Error);
        Assert.Single(server.Prompts);
    }

    [Fact]
    public async Task The_protocol_is_one_call_with_one_message_at_temperature_0()
    {
        using var server = new FakeJudgeServer((_, _) => FakeJudgeServer.Grade(5));
        using var judge = Judge(server);
        var judgment = await judge.JudgeAsync(Answer);

        var request = Assert.Single(server.Requests);
        Assert.Equal("judge-1", request.GetProperty("model").GetString());
        Assert.Equal(0, request.GetProperty("temperature").GetDouble());
        Assert.Equal(1, request.GetProperty("messages").GetArrayLength());
        Assert.Contains(Answer.Instruction, server.Prompts[0]);
        Assert.Contains(Answer.Output, server.Prompts[0]);
        Assert.Equal(ContentHash.Of(server.Prompts[0]), judgment.PromptSha256);
        Assert.Equal(new JudgeUsage(1, 100, 10), judgment.Usage);
    }

    [Fact]
    public async Task A_replay_makes_no_calls_and_knows_model_and_prompt()
    {
        using var server = new FakeJudgeServer((call, _) => FakeJudgeServer.Grade(1 + call));
        var file = _folder.File("replay.jsonl");
        using (var judge = Judge(server, cache: file))
            Assert.Equal(1, (await judge.JudgeAsync(Answer)).Scores[Aspect.Depth]);
        await File.AppendAllTextAsync(file, """{"model": "judge-1", "prompt_sha2"""); // a killed process

        using var again = Judge(server, cache: file);
        Assert.Equal(0, again.Estimate([Answer]).Calls);
        Assert.Equal(1, again.Estimate([Answer with { Output = "Wet." }]).Calls);
        var replayed = await again.JudgeAsync(Answer);
        Assert.Equal((1, 0), (replayed.Scores[Aspect.Depth], replayed.Usage.Calls));
        Assert.Equal((1, 0), (again.Replayed, again.Spent.Calls));
        Assert.Equal(2, (await again.JudgeAsync(Answer with { Output = "Wet." })).Scores[Aspect.Depth]);
        using var other = Judge(server, cache: file, model: "judge-2");
        Assert.Equal(3, (await other.JudgeAsync(Answer)).Scores[Aspect.Depth]);
        Assert.Equal(3, ReplayCache.Open(file).Count);
        Assert.Equal(3, server.Prompts.Count);
    }

    [Fact]
    public async Task A_reply_without_a_verdict_is_not_cached()
    {
        using var server = new FakeJudgeServer((_, _) => FakeJudgeServer.Grade(7));
        using var judge = Judge(server, retries: 0, cache: _folder.File("replay.jsonl"));
        await judge.JudgeAsync(Answer);
        Assert.False(File.Exists(_folder.File("replay.jsonl")));
        File.WriteAllText(_folder.File("half.jsonl"), "{\"model\": \"m\"}\n");
        Assert.Contains("line 1 is no reply: The field \"prompt_sha256\" is missing",
            Assert.Throws<UrialException>(() => ReplayCache.Open(_folder.File("half.jsonl"))).Message);
        File.WriteAllText(_folder.File("broken.jsonl"), "{\"model\": \"m\", \"prompt_sha256\": \"p\", \"reply\": \"r\"}\nnot json\n{}\n");
        Assert.Contains("line 2", Assert.Throws<UrialException>(() => ReplayCache.Open(_folder.File("broken.jsonl"))).Message);
    }

    [Fact]
    public async Task No_more_calls_are_under_way_than_allowed()
    {
        using var server = new FakeJudgeServer((_, _) => FakeJudgeServer.Grade(3) with { Delay = TimeSpan.FromMilliseconds(60) });
        using var judge = Judge(server, concurrency: 3);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => judge.JudgeAsync(Answer with { Id = $"{i}" })));
        Assert.InRange(server.MostAtOnce, 2, 3);
    }

    [Fact]
    public async Task Waits_double_up_to_half_a_minute()
    {
        using var server = new FakeJudgeServer((_, _) => FakeJudgeServer.Error(503));
        using var judge = Judge(server, retries: 8);
        await judge.JudgeAsync(Answer);
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30], _waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_reader_who_stops_it_gets_no_failed_judgment()
    {
        using var server = new FakeJudgeServer((_, _) => FakeJudgeServer.Grade(3) with { Delay = TimeSpan.FromSeconds(20) });
        using var judge = Judge(server);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => judge.JudgeAsync(Answer, stop.Token));
    }

    [Fact]
    public async Task Pairs_are_judged_in_both_orders()
    {
        // The longer answer wins, except that "x" always wins where it stands first.
        using var server = new FakeJudgeServer((_, prompt) =>
        {
            var (a, b) = (Between(prompt, "<answer-A>\n", "\n</answer-A>"), Between(prompt, "<answer-B>\n", "\n</answer-B>"));
            return FakeJudgeServer.Reply(
                $$"""{"reason": "r", "verdict": "{{(a == b ? "tie" : a == "x" || a.Length > b.Length ? "A" : b == "x" ? "A" : "B")}}"}""");
        });
        using var judge = new PairwiseJudge(Client(server, "judge-1"), Options("judge-1"));
        var judged = await judge.JudgeAsync([new("long", "q", "one two three", "one"), new("short", "q", "one", "one two"),
            new("same", "q", "y", "y"), new("flip", "q", "x", "zz zz")]);

        Assert.Equal([PairwiseOutcome.Win, PairwiseOutcome.Lose, PairwiseOutcome.Tie, PairwiseOutcome.Tie],
            judged.Select(judgment => judgment.Outcome!.Value));
        Assert.Equal([false, false, false, true], judged.Select(judgment => judgment.Reversed));
        Assert.Equal([2, -1, 0, -1], judged.Select(judgment => judgment.LengthDifference));
        var sum = PairwiseComparison.Of(judged);
        Assert.Equal((0.25, 0.5, 0.25, 0.25, 0.5),
            (sum.Outcomes.Win.Value, sum.Outcomes.Tie.Value, sum.Outcomes.Lose.Value, sum.Flipped.Value, sum.WinRate.Value));
        Assert.Equal(4.0 / 6, sum.TopPreferred!.Value, 12); // both verdicts of the flip, one of each consistent pair
        Assert.Equal((8, 0), (server.Prompts.Count, sum.Failed));
    }

    [Fact]
    public async Task A_pair_that_fails_in_one_order_has_no_outcome()
    {
        using var server = new FakeJudgeServer(
            (call, _) => FakeJudgeServer.Reply(call == 0 ? """{"reason": "r", "verdict": "A"}""" : "no"));
        using var judge = new PairwiseJudge(Client(server, "judge-1"), Options("judge-1", retries: 0));
        var judgment = await judge.JudgeAsync(new AnswerPair("a", "q", "x", "y"));
        Assert.Equal((JudgmentStatus.Failed, null, false), (judgment.Status, judgment.Outcome, judgment.Flipped));
        Assert.Throws<UrialException>(() => PairwiseComparison.Of([judgment]));
    }

    [Fact]
    public void Settings_that_cannot_be_used_are_refused()
    {
        Assert.Throws<UrialException>(() => new LlmJudgeOptions { Model = " " }.Check());
        Assert.Throws<UrialException>(() => new LlmJudgeOptions { Model = "m", Retries = -1 }.Check());
        Assert.Throws<UrialException>(() => new LlmJudgeOptions { Model = "m", Timeout = TimeSpan.Zero }.Check());
        Assert.Throws<UrialException>(() => new LlmJudgeOptions { Model = "m", Concurrency = 0 }.Check());
        Assert.Throws<UrialException>(() => AnswerPair.Of([Answer], [Answer with { Instruction = "other" }]));
        Assert.Throws<UrialException>(() => AnswerPair.Of([Answer], [Answer with { Id = "other" }]));
    }

    private static string Between(string text, string before, string after)
    {
        var from = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[from..text.IndexOf(after, from, StringComparison.Ordinal)];
    }

    private LlmJudge Judge(FakeJudgeServer server, int retries = 3, double timeout = 20, int concurrency = 4, string? cache = null,
        string model = "judge-1") =>
        new(Client(server, model), JudgeRubric.General(), Options(model, retries, timeout, concurrency, cache));

    private LlmJudgeOptions Options(string model, int retries = 3, double timeout = 20, int concurrency = 4, string? cache = null) => new()
    {
        Model = model,
        Retries = retries,
        Timeout = TimeSpan.FromSeconds(timeout),
        Concurrency = concurrency,
        Cache = cache is null ? null : ReplayCache.Open(cache),
        Wait = (wait, _) =>
        {
            lock (_waits)
                _waits.Add(wait);
            return Task.CompletedTask;
        },
    };

    private static IChatClient Client(FakeJudgeServer server, string model) =>
        new ChatServer(new Uri(server.Address), "k", model, TimeSpan.FromSeconds(30));
}
