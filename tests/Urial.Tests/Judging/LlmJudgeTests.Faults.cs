namespace Urial.Tests.Judging;

/// <summary>Each fault twice: where it stays, and where it passes.</summary>
public sealed partial class LlmJudgeTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { "malformed", "is not JSON that can be read" },
        { "no json", "no JSON object" },
        { "missing aspect", "no engagement" },
        { "score 7", "score for helpfulness is 7" },
        { "empty", "is empty" },
        { "429", "429" },
        { "500", "500" },
        { "timeout", "did not answer within" },
        { "cut stream", "No reply from judge-1" },
        { "cut at the limit", "token limit" },
        { "no completion", "judge-1" },
        { "not json at all", "judge-1" },
    };

    private static FakeJudgeServer.Answer Fault(string name) => name switch
    {
        "malformed" => FakeJudgeServer.Reply("""{"helpfulness": {"reason": "r", "score": """),
        "no json" => FakeJudgeServer.Reply("A good answer: 5 of 5."),
        "missing aspect" => FakeJudgeServer.Grade(4, Aspect.Helpfulness, Aspect.Clarity, Aspect.Factuality, Aspect.Depth),
        "score 7" => FakeJudgeServer.Grade(7),
        "empty" => FakeJudgeServer.Reply(""),
        "429" => FakeJudgeServer.Error(429, retryAfter: "7"),
        "500" => FakeJudgeServer.Error(500),
        "timeout" => FakeJudgeServer.Grade(4) with { Delay = TimeSpan.FromSeconds(3) },
        "cut stream" => FakeJudgeServer.Grade(4) with { Cut = true },
        "cut at the limit" => FakeJudgeServer.Reply(FakeJudgeServer.Scores(4, [.. Aspects.General]), "length"),
        "no completion" => new FakeJudgeServer.Answer(200, """{"choices": []}"""),
        _ => new FakeJudgeServer.Answer(200, "<html>bad gateway</html>"),
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_ends_in_a_failed_judgment_without_scores(string fault, string message)
    {
        using var server = new FakeJudgeServer((_, _) => Fault(fault));
        using var judge = Judge(server, retries: 1, timeout: fault == "timeout" ? 0.3 : 20);

        var judgment = await judge.JudgeAsync(Answer);

        Assert.Equal(JudgmentStatus.Failed, judgment.Status);
        Assert.Empty(judgment.Scores);
        Assert.Contains(message, judgment.Error);
        Assert.EndsWith("(after 2 tries)", judgment.Error);
        Assert.Equal((2, 2), (server.Prompts.Count, judgment.Usage.Calls));
        Assert.Equal(fault == "429" ? TimeSpan.FromSeconds(7) : TimeSpan.FromSeconds(0.5), Assert.Single(_waits));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_that_passes_is_survived(string fault, string message)
    {
        Assert.NotEmpty(message);
        using var server = new FakeJudgeServer((call, _) => call == 0 ? Fault(fault) : FakeJudgeServer.Grade(4));
        using var judge = Judge(server, retries: 1, timeout: fault == "timeout" ? 0.5 : 20);

        var judgment = await judge.JudgeAsync(Answer);

        Assert.Equal(JudgmentStatus.Scored, judgment.Status);
        Assert.All(Aspects.General, aspect => Assert.Equal(4, judgment.Scores[aspect]));
        Assert.Equal("because of depth", judgment.Reasons[Aspect.Depth]);
    }
}
