namespace Urial.Tests.Judging;

public sealed class JudgeAgreementTests
{
    [Fact]
    public void Agreement_counts_the_same_scores_and_those_within_one_point()
    {
        var agreement = JudgeAgreement.Of([.. Pairs((5, 5), (4, 5), (1, 4), (3, 3))], Aspect.Depth);

        Assert.Equal((0.5, 0.75, -1.0, 4), (agreement.Same.Value, agreement.WithinOne.Value, agreement.Difference.Value, agreement.Same.N));
    }

    [Theory]
    // By hand: ranks 1 to 4 against 1 to 4, against 4 to 1, and against 1, 3, 2, 4 (1 − 6·2/(4·15)); ties share their mean rank.
    [InlineData("1234", "1234", 1.0)]
    [InlineData("1234", "4321", -1.0)]
    [InlineData("1234", "1324", 0.8)]
    [InlineData("1122", "1212", 0.0)]
    [InlineData("1222", "1122", 0.577350)] // ranks 1, 3, 3, 3 against 1.5, 1.5, 3.5, 3.5: (1.5·1 − 0.5·1 + 0.5 + 0.5) / √(3·4)
    public void The_correlation_is_of_ranks(string first, string second, double expected) =>
        Assert.Equal(expected, JudgeAgreement.Of([.. Pairs([.. first.Zip(second, (a, b) => ((int?)(a - '0'), (int?)(b - '0')))])],
            Aspect.Depth).Correlation!.Value, 5);

    [Fact]
    public void What_one_judge_did_not_score_is_left_out_and_a_single_score_has_no_order()
    {
        var agreement = JudgeAgreement.Of([.. Pairs((null, 5), (4, 4), (4, 2), (3, null))], Aspect.Depth);

        Assert.Equal((2, 1.0), (agreement.Same.N, agreement.Difference.Value));
        Assert.Null(agreement.Correlation);
        Assert.Contains("no answer that both",
            Assert.Throws<UrialException>(() => JudgeAgreement.Of([.. Pairs((null, 5))], Aspect.Depth)).Message);
        Assert.Throws<UrialException>(() => JudgeAgreement.Of([.. Pairs((5, 5))], Aspect.Clarity));
        var (one, _) = Pairs((5, 5)).Single();
        Assert.Throws<ArgumentException>(() => JudgeAgreement.Of([(one, Of("other", 5))], Aspect.Depth));
    }

    [Fact]
    public void Intervals_resample_queries_with_all_their_answers()
    {
        var pairs = Pairs((5, 5), (1, 4)).ToArray();
        var agreement = JudgeAgreement.Of([pairs[0], (Of("q0", 2), Of("q0", 4)), pairs[1], (Of("q1", 3), Of("q1", 3))], Aspect.Depth);

        // Each query has one answer of two with the same score: no draw of queries can give another share.
        Assert.Equal((0.5, 0.5, 0.5), (agreement.Same.Value, agreement.Same.Interval.Low, agreement.Same.Interval.High));
        Assert.Equal((2, 4), (agreement.Same.N, agreement.Answers));
    }

    private static IEnumerable<(Judgment, Judgment)> Pairs(params (int? First, int? Second)[] scores) =>
        scores.Select((s, i) => (Of($"q{i}", s.First), Of($"q{i}", s.Second)));

    private static Judgment Of(string id, int? depth) =>
        Judgment.Scored(id, "j", "", new Dictionary<Aspect, int?> { [Aspect.Depth] = depth });
}
