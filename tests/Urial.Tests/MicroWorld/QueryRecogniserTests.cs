using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

public sealed class QueryRecogniserTests
{
    public static TheoryData<QueryKind> Kinds => new(Enum.GetValues<QueryKind>());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_drawn_question_is_recognised_with_its_ground_truth(QueryKind kind)
    {
        var world = World.Load();
        var queries = new QueryGenerator(world, world.Entities);
        for (var i = 0; i < 12; i++)
        {
            var query = queries.Draw(new Rng(77, i), kind, unseenWording: i % 3 == 0);
            var found = QueryRecogniser.Find(" " + query.Text + "\n");

            Assert.NotNull(found);
            Assert.Equal((query.Kind, query.Truth, query.Wanted, query.Act), (found.Kind, found.Truth, found.Wanted, found.Act));
            Assert.Equal(query.Accepted.ToHashSet(), found.Accepted.ToHashSet());
            Assert.Equal(query.Options.ToHashSet(), found.Options.ToHashSet());
            if (kind != QueryKind.Constraint) // which accepted entity stands for the others is free there
                Assert.Equal(query.Facts, found.Facts);
        }
    }

    [Fact]
    public void Every_committed_question_is_known()
    {
        foreach (var (_, query) in QueryFile.Read(QueryFile.HeldOutPath))
            Assert.Equal(query.Kind, QueryRecogniser.Find(query.Text)!.Kind);
    }

    [Theory]
    [InlineData("Why is the sky blue?")]
    [InlineData("Tell me about France, and be brief.")]
    [InlineData("")]
    public void Other_questions_are_not_known(string text) => Assert.Null(QueryRecogniser.Find(text));

    [Fact]
    public async Task The_judge_gives_the_scores_of_the_ground_truth()
    {
        var query = QueryFile.HeldOut()[4].Query;
        var answer = new AnswerToJudge("a", query.Text, "Yes. I hope that helps!");
        var judgment = await new GroundTruthJudge().JudgeAsync(answer);
        var expected = new MicroWorldJudge().Judge(query, answer.Output);

        Assert.All(Aspects.All, aspect =>
            Assert.Equal((expected[aspect], expected.Scores[(int)aspect].Reason), (judgment.Scores[aspect], judgment.Reasons[aspect])));
        Assert.NotEqual(judgment.PromptSha256, new GroundTruthJudge([Aspect.Safety]).PromptSha256(answer));
    }
}
