using System.Text.Json;

namespace Urial.Tests.Judging;

/// <summary>Servers that speak the protocol loosely, as most do.</summary>
public sealed partial class LlmJudgeTests
{
    private static readonly string Good = FakeJudgeServer.Scores(4, [.. Aspects.General]);

    // GOOD stands for a verdict in a JSON string.
    [Theory]
    [InlineData("""{"choices": [{"message": {"content": GOOD}}]}""")]
    [InlineData("""{"choices": [{"message": {"content": GOOD}, "finish_reason": null}], "usage": null}""")]
    [InlineData("""{"choices": [{"message": {"content": GOOD}, "finish_reason": "eos"}]}""")]
    [InlineData("""{"choices": [{"message": {"content": GOOD}, "finish_reason": "end_turn"}], "error": null}""")]
    [InlineData("""{"choices": [{"message": {"content": GOOD}, "finish_reason": "eos_token"}], "error": ""}""")]
    [InlineData("""{"choices": [{"message": {"content": GOOD}, "finish_reason": 3}]}""")]
    [InlineData("""{"choices": [{"message": {"content": GOOD}, "finish_reason": {"type": "stop"}}]}""")]
    [InlineData("""{"choices": [{"message": {"content": GOOD}, "finish_reason": "to-be-invented"}]}""")]
    [InlineData("""{"id": null, "object": 1, "created": 1700000000.25, "model": null, "choices": [{"index": "0", "message": {"role": "model", "content": GOOD}, "logprobs": {"x": 1}}]}""")]
    [InlineData("""{"created": "2024-01-01", "choices": [{"message": {"role": null, "content": GOOD}}], "usage": {"prompt_tokens": null, "completion_tokens": "x", "total_tokens": {}}}""")]
    [InlineData("""{"choices": [{"message": {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}, {"type": "text", "text": GOOD}]}}]}""")]
    [InlineData("""{"choices": [{"message": {"content": [{"type": "reasoning", "text": "{}"}, {"type": "output_text", "text": {"value": GOOD}}]}}]}""")]
    [InlineData("""{"choices": [{"message": {"content": [GOOD], "refusal": null, "tool_calls": [], "reasoning_content": "hm"}}]}""")]
    [InlineData("""{"choices": [{"message": {"content": {"type": "text", "text": GOOD}}}]}""")]
    [InlineData("""{"choices": [{"text": GOOD}]}""")]
    [InlineData("""{"choices": {"message": {"content": GOOD}}}""")]
    [InlineData("""{"message": {"role": "assistant", "content": GOOD}, "done_reason": "stop"}""")]
    [InlineData("""{"choices": [{"message": {"content": GOOD}, "logprobs": NaN}],}""")]
    [InlineData("\ufeff" + """{"choices": [{"message": {"content": GOOD}}]}""")]
    public async Task A_reply_whose_text_is_there_is_scored_whatever_else_the_server_writes(string body)
    {
        var judgment = await AskOnce(new(200, body.Replace("GOOD", JsonSerializer.Serialize(Good))));
        Assert.Null(judgment.Error);
        Assert.All(Aspects.General, aspect => Assert.Equal(4, judgment.Scores[aspect]));
    }

    [Fact]
    public async Task Half_a_character_in_a_reply_costs_that_character_and_not_the_verdict()
    {
        var body = """{"choices": [{"message": {"content": GOOD}}]}""".Replace("GOOD",
            JsonSerializer.Serialize(Good).Replace("because of depth", "because \\ud83d of depth"));
        Assert.Equal("because \ufffd of depth", (await AskOnce(new(200, body))).Reasons[Aspect.Depth]);
    }

    [Theory]
    [InlineData("length")]
    [InlineData("max_tokens")]
    [InlineData("MAX_TOKENS")]
    [InlineData("model_length")]
    [InlineData("max_output_tokens")]
    [InlineData("model_context_window_exceeded")]
    public async Task A_reply_that_was_cut_is_told_so_though_it_could_be_read(string finish) =>
        Assert.Contains("cut at its server's token limit", (await AskOnce(FakeJudgeServer.Reply(Good, finish))).Error);

    [Theory]
    [InlineData("""{"choices": [{"message": {"content": null}, "finish_reason": "max_tokens"}]}""", "token limit")]
    [InlineData("""{"choices": [{"message": {"content": null, "reasoning_content": "GOOD"}}]}""", "its reasoning only")]
    [InlineData("""{"choices": [{"message": {"content": "", "reasoning": "hm"}}]}""", "its reasoning only")]
    [InlineData("""{"choices": [{"message": {"content": [{"type": "thinking", "thinking": "hm"}]}}]}""", "its reasoning only")]
    [InlineData("""{"choices": [{"message": {"content": null, "refusal": "I cannot."}}]}""", "The judge refuses: I cannot.")]
    [InlineData("""{"choices": [{"message": {"content": [{"type": "refusal", "refusal": "I cannot."}]}}]}""",
        "The judge refuses: I cannot.")]
    [InlineData("""{"choices": [{"message": {"content": null, "tool_calls": [{"id": "1"}]}}]}""", "call of a tool")]
    [InlineData("""{"choices": [{"message": {"content": null}}]}""", "is empty")]
    [InlineData("""{"choices": [{"message": {"content": "no"}, "finish_reason": "content_filter"}]}""", "ends it with content_filter")]
    [InlineData("""{"choices": []}""", "200 with no reply: {\"choices\": []}")]
    [InlineData("""{"choices": [null]}""", "200 with no reply")]
    [InlineData("[]", "200 with no reply")]
    [InlineData("", "200 with no reply")]
    public async Task A_reply_without_text_says_what_it_has_instead(string body, string message)
    {
        var judgment = await AskOnce(new(200, body));
        Assert.Equal(JudgmentStatus.Failed, judgment.Status);
        Assert.Contains(message, judgment.Error);
    }

    [Theory]
    [InlineData(400, """{"error": {"message": "REASON", "type": "t", "code": null}}""")]
    [InlineData(400, """{"object": "error", "message": "REASON", "type": "BadRequestError", "code": 400}""")]
    [InlineData(424, """{"error": "REASON", "error_type": "overloaded"}""")]
    [InlineData(404, """{"error": "REASON"}""")]
    [InlineData(400, """{"message": "REASON"}""")]
    [InlineData(400, """{"status": 400, "error": "Bad Request", "message": "REASON"}""")]
    [InlineData(422, """{"detail": "REASON"}""")]
    [InlineData(422, """{"detail": [{"loc": ["body", "model"], "msg": "REASON", "type": "t"}]}""")]
    [InlineData(400, """{"errors": [{"message": "REASON"}]}""")]
    [InlineData(400, """[{"error": {"code": 400, "message": "REASON", "status": "INVALID"}}]""")]
    [InlineData(502, "<html><head><title>502</title><style>x{}</style></head><body><h1>REASON</h1></body></html>")]
    [InlineData(500, "REASON\n")]
    [InlineData(400, "\"REASON\"")]
    [InlineData(200, """{"error": {"message": "REASON", "code": 402}}""")]
    [InlineData(200, """{"error": "REASON"}""")]
    [InlineData(200, """{"choices": [{"message": {"content": "half"}, "finish_reason": "error", "error": {"code": 502, "message": "REASON"}}]}""")]
    public async Task The_servers_own_reason_is_told_whatever_shape_it_has(int status, string body)
    {
        var error = (await AskOnce(new(status, body.Replace("REASON", "the prompt is too long")))).Error!;
        Assert.Contains("the prompt is too long", error);
        Assert.StartsWith($"judge-1's server answers {status}", error);
        Assert.DoesNotContain("<", error);
        Assert.DoesNotContain("\n", error);
    }

    [Fact]
    public async Task A_long_reason_is_shortened_and_no_part_of_a_key_is_left_in_it()
    {
        var key = new string('k', 40);
        using var server = new FakeJudgeServer((_, _) => new(400, $"{new string('x', 290)}{key} {new string('y', 2_000)}\u001b[31m"));
        using var judge = new LlmJudge(Client(server, "judge-1"), JudgeRubric.General(),
            Options("judge-1", retries: 0) with { Secrets = [key] });
        var error = (await judge.JudgeAsync(Answer)).Error!;
        Assert.InRange(error.Length, 290, 400);
        Assert.DoesNotContain("kk", error);
        using var terminal = new FakeJudgeServer((_, _) => new(400, "red \u001b[31m"));
        using var other = Judge(terminal, retries: 0);
        Assert.DoesNotContain('\u001b', (await other.JudgeAsync(Answer)).Error!);
    }

    [Theory]
    [InlineData("NaN", 0.5)]
    [InlineData("Infinity", 0.5)]
    [InlineData("-5", 0.5)]
    [InlineData("soon", 0.5)]
    [InlineData("", 0.5)]
    [InlineData("Wed, 21 Oct 2015 07:28:00 GMT", 0.5)]
    [InlineData("Wed, 99 Oct 2015 07:28:00 GMT", 0.5)]
    [InlineData("2030", 300)]
    [InlineData("99999999999999999999999999", 300)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 300)]
    [InlineData("0", 0)]
    [InlineData("1.5", 1.5)]
    public async Task What_a_server_asks_to_wait_is_bounded_and_passed_over_where_it_is_no_time(string asked, double seconds)
    {
        using var server = new FakeJudgeServer((_, _) => FakeJudgeServer.Error(429, "slow down", asked));
        using var judge = Judge(server, retries: 1);
        Assert.Contains("slow down", (await judge.JudgeAsync(Answer)).Error);
        Assert.Equal(seconds, Assert.Single(_waits).TotalSeconds);
    }

    [Theory]
    [InlineData(400, """{"error": {"message": "'temperature' does not support 0 with this model.", "param": "temperature", "code": "unsupported_value"}}""")]
    [InlineData(422, """{"detail": [{"loc": ["body", "temperature"], "msg": "must be 1"}]}""")]
    [InlineData(500, """{"error": "UnsupportedParamsError: no support for temperature=0"}""")]
    [InlineData(200, """{"error": {"message": "temperature is not supported"}}""")]
    public async Task A_model_that_takes_no_temperature_is_asked_without_one_and_that_is_remembered(int status, string body)
    {
        using var server = new FakeJudgeServer((_, _) => FakeJudgeServer.Grade(4),
            request => request.TryGetProperty("temperature", out _) ? new(status, body) : null);
        var cache = _folder.File("replay.jsonl");
        using var judge = Judge(server, retries: 0, cache: cache);

        var first = await judge.JudgeAsync(Answer);
        var second = await judge.JudgeAsync(Answer with { Id = "b", Output = "Wet." });

        Assert.Equal((JudgmentStatus.Scored, 2, true), (first.Status, first.Usage.Calls, first.AtServerTemperature));
        Assert.Equal((JudgmentStatus.Scored, 1, true), (second.Status, second.Usage.Calls, second.AtServerTemperature));
        Assert.True(judge.AtServerTemperature);
        using var again = Judge(server, retries: 0, cache: cache);
        Assert.True((await again.JudgeAsync(Answer)).AtServerTemperature);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Another_fault_that_speaks_of_temperature_is_told_after_one_more_try()
    {
        using var server = new FakeJudgeServer((call, _) => FakeJudgeServer.Error(400, $"the temperature of the sea, {call}"));
        using var judge = Judge(server, retries: 0);
        var judgment = await judge.JudgeAsync(Answer);
        Assert.Contains("the temperature of the sea, 1", judgment.Error);
        Assert.Equal((2, false), (judgment.Usage.Calls, judge.AtServerTemperature));
    }

    private async Task<Judgment> AskOnce(FakeJudgeServer.Answer answer)
    {
        using var server = new FakeJudgeServer((_, _) => answer);
        using var judge = Judge(server, retries: 0);
        return await judge.JudgeAsync(Answer);
    }
}
