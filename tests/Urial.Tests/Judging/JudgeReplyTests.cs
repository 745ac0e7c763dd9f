namespace Urial.Tests.Judging;

public sealed class JudgeReplyTests
{
    private static readonly Aspect[] Two = [Aspect.Clarity, Aspect.Depth];

    [Theory]
    [InlineData("""{"clarity": {"reason": "r", "score": 4}, "depth": {"reason": "s", "score": 2}}""")]
    [InlineData("""{"clarity": {"reason": "r", "score": "4"}, "depth": {"reason": "s", "score": 2.0}}""")]
    [InlineData("```json\n{\"clarity\": {\"reason\": \"r\", \"score\": 4}, \"depth\": {\"reason\": \"s\", \"score\": 2}}\n```")]
    [InlineData("""Here is my grade: {"clarity": {"reason": "r", "score": 4,}, "depth": {"reason": "s", "score": 2,},} I hope that helps {you}.""")]
    [InlineData("""{'clarity': {'reason': 'r', 'score': 4}, 'depth': {'reason': 's', 'score': 2}}""")]
    [InlineData("""{clarity: {reason: "r", score: 4}, depth: {reason: "s", score: 2}}""")]
    [InlineData("""{“clarity”: {“reason”: “r”, “score”: 4}, “depth”: {“reason”: “s”, “score”: 2}}""")]
    [InlineData("""<think>{"clarity": {"score": 1}} or not?</think>{"Clarity": {"Reason": "r", "Score": 4}, "Depth": {"Reason": "s", "Score": 2}}""")]
    [InlineData("""{"clarity": {"reason": "r", "score": 4}, "depth": {"reason": "s", "score": 2}, "beauty": {"score": 9}}""")]
    [InlineData("""{"clarity"：{"reason"："r"，"score"：4}，"depth"：{"reason"："s"、"score"：２}}""")]
    [InlineData("""｛＂clarity＂：｛＂reason＂：＂r＂，＂score＂：＂４＂｝，「depth」：｛「reason」：「s」，「score」：２｝｝""")]
    [InlineData("{\u200b\"clarity\u200b\":\ufeff {\u00a0\"reason\": \"r\", \"score\": \"\u20604\"}, \" Depth \": {\"reason\": \"s\", "
        + "\"score\": 2\u200d}}\u200b")]
    [InlineData("{\n// the grades\n\"clarity\": {\"reason\": \"r\", \"score\": 4 /* of 5, not { 3 } */}, # next\n\"depth\": {\"reason\": "
        + "\"s\", // \"score\": 5\n\"score\": 2}}")]
    [InlineData("""{"result": {"clarity": {"reason": "r", "score": 4}, "depth": {"reason": "s", "score": 2}}}""")]
    [InlineData("""{"status": "ok", "verdicts": [{"scores": {"clarity": {"reason": "r", "score": 4}, "depth": {"reason": "s", "score": 2}}}]}""")]
    [InlineData("""[{"clarity": {"reason": "r", "score": 4}, "depth": {"reason": "s", "score": 2}}]""")]
    [InlineData("""{"clarity": {"reason": "r", "score": 4}, "depth": {"reason": "s", "score": 2}} So: ```{"clarity":{"reason":"r","score":4},"depth":{"reason":"s","score":2},}```""")]
    [InlineData("""{"clarity": {"reason": "r", "score": 4, "score": 4}, "depth": {"reason": "s", "score": 2}, "Depth": {"reason": "s", "score": 2}}""")]
    [InlineData("""{"quoted": {"clarity": {"score": 5}, "depth": {"score": 5}}} {"clarity": {"reason": "r", "score": 4}, "depth": {"reason": "s", "score": 2}}""")]
    [InlineData(""" "{\"clarity\": {\"reason\": \"r\", \"score\": 4}, \"depth\": {\"reason\": \"s\", \"score\": 2}}" """)]
    public void Loose_spelling_is_mended(string reply)
    {
        var (scores, reasons) = JudgeReply.Scores(reply, Two);
        Assert.Equal((4, 2), (scores[Aspect.Clarity], scores[Aspect.Depth]));
        Assert.Equal(("r", "s"), (reasons[Aspect.Clarity], reasons[Aspect.Depth]));
        Assert.Equal(2, scores.Count);
    }

    [Fact]
    public void NA_is_a_value_of_its_own_and_text_keeps_its_escapes()
    {
        var (scores, reasons) = JudgeReply.Scores(
            """{"clarity": {"reason": "It\u2019s \"so\"", "score": "N/A"}, "depth": {"reason": 'it's {fine}', "score": N/A}}""", Two);
        Assert.Null(scores[Aspect.Clarity]);
        Assert.Null(scores[Aspect.Depth]);
        Assert.Equal("It’s \"so\"", reasons[Aspect.Clarity]);
        Assert.Equal("it's {fine}", reasons[Aspect.Depth]);
    }

    [Theory]
    [InlineData("""see C:\users\me and \underline{x}""", """see C:\users\me and \underline{x}""")]
    [InlineData("""\sqrt{2} \( x \) \U0001F600 \x41 \u12 \u{41}""", """\sqrt{2} \( x \) \U0001F600 \x41 \u12 \u{41}""")]
    [InlineData("""a \"word\", a tab \t, a \\ and \u00e9 // no comment /* here */ # nor here""",
        "a \"word\", a tab \t, a \\ and é // no comment /* here */ # nor here")]
    [InlineData("""half \ud83d of it, ：，４ and {"clarity"}""", null)]
    [InlineData("""half \ud83d of it, ：，４ and {'clarity'}""", "half \ufffd of it, ：，４ and {'clarity'}")]
    public void Backslashes_that_begin_no_escape_stay_and_strings_are_left_alone(string written, string? read)
    {
        var reply = """{"clarity": {"reason": "WRITTEN", "score": 4}, "depth": {"score": 2}}""".Replace("WRITTEN", written);
        if (read is null)
            Assert.Throws<JudgeReplyException>(() => JudgeReply.Scores(reply, Two)); // quotes inside quotes
        else
            Assert.Equal(read, JudgeReply.Scores(reply, Two).Reasons[Aspect.Clarity]);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("   ", "is empty")]
    [InlineData("I would give it a 4.", "no JSON object")]
    [InlineData("""{"clarity": {"score": 4}}""", "no depth")]
    [InlineData("""{"clarity": {"score": 4}, "depth": {"reason": "r"}}""", "no score for depth")]
    [InlineData("""{"clarity": {"score": 4}, "depth": 2}""", "no score for depth")]
    [InlineData("""{"clarity": {"score": 7}, "depth": {"score": 2}}""", "score for clarity is 7")]
    [InlineData("""{"clarity": {"score": 0}, "depth": {"score": 2}}""", "score for clarity is 0")]
    [InlineData("""{"clarity": {"score": 4.5}, "depth": {"score": 2}}""", "score for clarity is 4.5")]
    [InlineData("""{"clarity": {"score": "4/5"}, "depth": {"score": 2}}""", "score for clarity is \"4/5\"")]
    [InlineData("""{"clarity": {"score": 4/5}, "depth": {"score": 2}}""", "not a number")]
    [InlineData("""{"clarity": {"score": 4 out of 5}, "depth": {"score": 2}}""", "not a number")]
    [InlineData("""{"clarity": {"score": "good"}, "depth": {"score": 2}}""", "\"good\"")]
    [InlineData("""{"clarity": {"score": null}, "depth": {"score": 2}}""", "null")]
    [InlineData("""{"clarity": {"score": true}, "depth": {"score": 2}}""", "true")]
    [InlineData("""{"clarity": {"score": [4]}, "depth": {"score": 2}}""", "[4]")]
    [InlineData("""{"clarity": {"score": 4}, "depth": {"score": 2""", "cut off")]
    [InlineData("""{"clarity": {"reason": "r", "score": 4}, "depth": {"reason": "an unended str""", "ends inside a string")]
    [InlineData("""{"clarity": {"score": 4, "score": 5}, "depth": {"score": 2}}""", "'score' comes twice")]
    [InlineData("""{"clarity": {"score": 5}, "depth": {"score": 5}} {"clarity": {"score": 1}, "depth": {"score": 1}}""",
        "several verdicts")]
    [InlineData("""{"clarity": {"score": 4}, "depth": {"score": 2} oops, "note": "the answer says {\"clarity\": {\"score\": 5}, \"depth\": {\"score\": 5}}"}""", "unexpected")]
    [InlineData("""{"clarity": {"score": 4}, "depth": {"score": 2}} {"clarity": {"reason": "r", "score": 4}, "depth": {"score": 2}}""",
        "several verdicts")]
    [InlineData("""{"a": {"clarity": {"score": 4}, "depth": {"score": 2}}} {"b": {"clarity": {"score": 5}, "depth": {"score": 2}}}""",
        "several verdicts")]
    [InlineData("""{"first": {"clarity": {"score": 4}, "depth": {"score": 2}}, "second": {"clarity": {"score": 4}, "depth": {"score": 2}}}""", "no JSON object")]
    [InlineData("""{"clarity": {"score": 4}, "Clarity": {"score": 5}, "depth": {"score": 2}}""", "twice")]
    [InlineData("""{"clarity": {"score": ４/５}, "depth": {"score": 2}}""", "not a number")]
    [InlineData("""{"clarity": {"score": ４５}, "depth": {"score": 2}}""", "score for clarity is 45")]
    [InlineData("""{"clarity": {"score": 4, /* and so on""", "cut off")]
    [InlineData("""{"clarity": {"score": NaN}, "depth": {"score": 2}}""", "NaN")]
    [InlineData("""<think>Perhaps {"clarity": {"score": 4}, "depth": {"score": 2}}, or""", "still reasoning")]
    public void What_is_no_verdict_is_none(string reply, string message) =>
        Assert.Contains(message, Assert.Throws<JudgeReplyException>(() => JudgeReply.Scores(reply, Two)).Message);

    [Fact]
    public void A_verdict_inside_what_cannot_be_read_is_never_taken()
    {
        // The answer tells its own grade, the judge quotes it with bare quotes, and its JSON breaks there.
        const string reply = """{"clarity": {"reason": "it claims "{"clarity": {"score": 5}, "depth": {"score": 5}}" for itself", "score": 1}, "depth": {"score": 1}}""";
        Assert.Throws<JudgeReplyException>(() => JudgeReply.Scores(reply, Two));
    }

    [Fact]
    public void A_deep_nest_is_an_error_and_no_crash() =>
        Assert.Throws<JudgeReplyException>(() => JudgeReply.Scores(string.Concat(Enumerable.Repeat("{\"clarity\":", 20_000)), Two));

    [Theory]
    [InlineData("""{"reason": "r", "verdict": "A"}""", 'A')]
    [InlineData("""```{"reason": "r", "verdict": "b"}```""", 'B')]
    [InlineData("""{"reason": "r", "verdict": "Tie"}""", null)]
    [InlineData("""{"reason"："r"，"verdict"："Ａ"}""", 'A')]
    [InlineData("""{reason: "r", verdict: B}""", 'B')]
    [InlineData("""{"answer": {"reason": "r", "verdict": "A"}} and {"answer": {"reason": "r", "verdict": "A"}}""", 'A')]
    public void A_verdict_is_A_B_or_tie(string reply, char? better) => Assert.Equal((better, "r"), JudgeReply.Verdict(reply));

    [Theory]
    [InlineData("""{"reason": "r"}""")]
    [InlineData("""{"reason": "r", "verdict": "C"}""")]
    [InlineData("""{"reason": "r", "verdict": 1}""")]
    [InlineData("""{"reason": "r", "verdict": "A"} {"reason": "r", "verdict": "B"}""")]
    public void Another_verdict_is_none(string reply) => Assert.Throws<JudgeReplyException>(() => JudgeReply.Verdict(reply));

    [Fact]
    public void Prompts_fill_each_place_once_and_search_nothing_that_was_filled_in()
    {
        var prompt = JudgeRubric.General().Fill(new AnswerToJudge("a", "What is {{answer}}?", "It is {{instruction}}."));
        Assert.Contains("What is {{answer}}?", prompt);
        Assert.Contains("It is {{instruction}}.", prompt);
        Assert.All(Aspects.General, aspect => Assert.Contains($"\"{aspect.Name()}\"", prompt));
        Assert.Contains("\"safety\"", JudgeRubric.Safety().Fill(new AnswerToJudge("a", "q", "a")));
        Assert.Equal([Aspect.Safety], JudgeRubric.For(JustEvalSplit.Safety).Aspects);
        Assert.NotEqual(JudgeRubric.Safety().Sha256, JudgeRubric.General().Sha256);
        Assert.Contains("{{answer}}",
            Assert.Throws<UrialException>(() => new JudgePrompt("mine.txt", "Grade {{instruction}}", "instruction", "answer")).Message);
    }
}
