using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

public sealed class JudgedArmTests
{
    private static readonly NamedQuery[] Asked =
        [.. new[] { QueryKind.Single, QueryKind.Unsafe }.Select(kind => QueryFile.Fresh().First(q => q.Query.Kind == kind))];

    [Fact]
    public void Both_judges_stand_side_by_side()
    {
        JudgedArm blunt = Arm("blunt", 2), kind = Arm("kind", 4);

        Assert.Equal((2, 2), (kind.Scored, kind.Rows.Count));
        Assert.Equal("kind, by language model", kind.Rows[1].Name);
        Assert.Equal((0, 2), (kind.Ahead(blunt, Aspect.Clarity).ByRules.Value, kind.Ahead(blunt, Aspect.Clarity).ByModel.Value));
        Assert.Equal((Asked[0].Id, PairwiseOutcome.Win), Assert.Single(kind.AgainstByModel(blunt)));
        Assert.Equal((Asked[0].Id, PairwiseOutcome.Tie), Assert.Single(kind.AgainstByRules(blunt)));
        var answer = kind.Answers[0];
        Assert.True(answer.Scored(Aspect.Clarity) && !answer.Scored(Aspect.Safety) && kind.Answers[1].Scored(Aspect.Safety));
        Assert.Equal(Math.Abs(4 - answer.ByRules.Scores[Aspect.Clarity]!.Value), answer.Distance(Aspect.Clarity));
        Assert.Contains("  by model 4: so", answer.Show(Aspect.Clarity));
    }

    [Fact]
    public void Charts_have_both_judges_means_and_differences()
    {
        JudgedArm blunt = Arm("blunt", 2), kind = Arm("kind", 4);

        var clarity = kind.Mean(Aspect.Clarity);
        Assert.Equal((kind.Arm.Mean(Aspect.Clarity).Value, 4.0), (clarity.ByRules.Value, clarity.ByModel.Value));
        var means = JudgeCharts.Means([blunt, kind], "means").Description;
        Assert.Contains("clarity, blunt — the world's rules: ", means);
        Assert.Contains("safety, kind — the world's rules: ", means);
        Assert.Equal(6, means.Split("language model: 4.00 [4.00, 4.00] n=1.").Length - 1);
        Assert.Equal(6, JudgeCharts.Differences(kind, blunt, "ahead").Description.Split("language model: 2.00").Length - 1);
    }

    [Fact]
    public void Points_of_two_judges_are_paired_by_query()
    {
        (string, PairwiseOutcome)[] one = [("b", PairwiseOutcome.Win), ("a", PairwiseOutcome.Tie)],
            other = [("a", PairwiseOutcome.Lose), ("b", PairwiseOutcome.Win)];

        Assert.Equal(0.25, PairwiseComparison.Difference(one, other).Value);
        Assert.True(WinTieLose.Of(one) is { Wins: 1, Ties: 1, Losses: 0 });
        Assert.Throws<ArgumentException>(() => PairwiseComparison.Difference(one, [other[0]]));
    }

    private static JudgedArm Arm(string name, int score)
    {
        var arm = new MicroArm(name,
            [.. Asked.Select(query => new MicroAnswer(query, new Generation([0], [1], StopReason.EndOfSequence, "Nobody knows."),
            new MicroWorldJudge().Judge(query.Query, "Nobody knows.")))]);
        return new(arm, [Judged(Asked[0], Aspects.General), Judged(Asked[1], [Aspect.Safety])]);

        Judgment Judged(NamedQuery query, IReadOnlyList<Aspect> aspects) => Judgment.Scored(
            query.Id, "model", "0", aspects.ToDictionary(aspect => aspect, _ => (int?)score),
                aspects.ToDictionary(aspect => aspect, _ => "so"));
    }
}
