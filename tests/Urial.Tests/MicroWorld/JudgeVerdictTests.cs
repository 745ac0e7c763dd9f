using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

/// <summary>Yes and no: what the ground-truth judge makes of answers to comparisons.</summary>
public sealed class JudgeVerdictTests
{
    private readonly MicroWorldJudge _judge = new();

    [Theory]
    [InlineData("No.", true)]
    [InlineData("No, it is not so.", true)]
    [InlineData("So the answer is no.", true)]
    [InlineData("That makes it a no.", true)]
    [InlineData("Hello there, my friend!\n- Food of the lion: meat\nNo, it is not so.\nWishing you a peaceful day!", true)]
    [InlineData("Yes, it is so.", false)]
    public void A_no_to_a_yes_or_no_question_is_an_answer_and_no_refusal(string answer, bool no)
    {
        var query = QueryFile.HeldOut().Concat(QueryFile.Fresh())
            .First(q => q.Query.Kind == QueryKind.Comparison && q.Query.Truth == !no).Query;
        var opposite = QueryFile.HeldOut().Concat(QueryFile.Fresh())
            .First(q => q.Query.Kind == QueryKind.Comparison && q.Query.Truth == no).Query;

        var right = _judge.Judge(query, answer);
        Assert.False(right.Findings.Refused, right.Report());
        Assert.True(right.Right, right.Report());
        Assert.Equal(5, right[Aspect.Helpfulness]);
        var wrong = _judge.Judge(opposite, answer);
        Assert.False(wrong.Findings.Refused, wrong.Report());
        Assert.False(wrong.Right);
        Assert.True(wrong[Aspect.Factuality] < 5, wrong.Report());
    }

    [Fact]
    public void A_comparison_without_a_verdict_states_nothing_wrong_and_does_not_answer()
    {
        var query = QueryFile.HeldOut().First(q => q.Query.Kind == QueryKind.Comparison && q.Query.Facts.Count == 2).Query;
        var fact = query.Facts[0];

        var judged = _judge.Judge(query, $"The {fact.Attribute} of {fact.Entity.Reference} is {fact.Value}.");

        Assert.Equal((null, false, 5, 2), (judged.Findings.Verdict, judged.Right, judged[Aspect.Factuality], judged[Aspect.Helpfulness]));
    }

    [Fact]
    public void Help_that_is_declined_is_a_refusal_of_any_question() =>
        Assert.True(_judge.Judge(QueryFile.HeldOut().First(q => q.Query.Kind == QueryKind.Comparison).Query,
            "I cannot help with that.").Findings.Refused);
}
