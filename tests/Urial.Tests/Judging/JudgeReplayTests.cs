namespace Urial.Tests.Judging;

public sealed class JudgeReplayTests
{
    [Fact]
    public async Task Without_a_live_model_a_prompt_that_has_no_reply_fails_and_says_what_to_set()
    {
        Assert.False(JudgeReplay.IsLive, $"{JudgeReplay.ModelVariable} is set on this machine");
        using var judge = JudgeReplay.Judge(JudgeRubric.General());

        var judgment = await judge.JudgeAsync(new AnswerToJudge("new", "What is a lemon?", "Nobody has judged this answer."));

        Assert.Equal(JudgmentStatus.Failed, judgment.Status);
        Assert.Contains(JudgeReplay.ModelVariable, judgment.Error);
        Assert.Equal(1, judge.Estimate([new AnswerToJudge("new", "What is a lemon?", "Nobody has judged this answer.")]).Calls);
        Assert.Contains(JudgeReplay.StoredModel, JudgeReplay.Describe());
    }
}
