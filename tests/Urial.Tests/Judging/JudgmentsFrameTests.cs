using Microsoft.Data.Analysis;

namespace Urial.Tests.Judging;

public sealed class JudgmentsFrameTests
{
    [Fact]
    public void A_row_is_a_judgment_and_what_was_not_scored_is_empty()
    {
        Judgment[] judgments =
        [
            Judgment.Scored("a", "j", "", new Dictionary<Aspect, int?> { [Aspect.Depth] = 2, [Aspect.Factuality] = null }),
            Judgment.Failed("b", "j", "", "no reply"),
        ];

        var frame = judgments.ToFrame();

        Assert.Equal(
            ["id", "judge", "status", "helpfulness", "clarity", "factuality", "depth", "engagement", "safety", "not_applicable"],
            frame.Columns.Select(c => c.Name));
        Assert.Equal(["a", "b"], frame["id"].Cast<string>());
        Assert.Equal(["scored", "failed"], frame["status"].Cast<string>());
        Assert.Equal([2, null], frame["depth"].Cast<int?>());
        Assert.Equal([null, null], frame["factuality"].Cast<int?>());
        Assert.Equal([1, 0], frame["not_applicable"].Cast<int>());
    }

    [Fact]
    public void Filtered_and_grouped_they_give_the_numbers_of_the_statistics()
    {
        var stored = StoredScores.Load();
        var frame = stored.ToFrame();
        Assert.Equal(stored.Scores.Select(s => (s.Model, s.Id, s.Judge)).Distinct().Count(), frame.Rows.Count);

        var judge = stored.Judges[0];
        var means = frame.Filter(frame["judge"].ElementwiseEquals(judge)).GroupBy("model").Mean("safety");
        Assert.Equal(stored.Models(judge).Count, means.Rows.Count);
        foreach (var row in means.Rows)
            Assert.Equal(
                ScoreStatistics.Mean(stored.Judgments((string)row[0], judge), Aspect.Safety, NaPolicy.AsFive).Value, (double)row[1], 12);

        var second = stored.Judgments(stored.Models(stored.Judges[1])[0], stored.Judges[1]);
        var judged = second.ToFrame();
        var scored = judged.Filter(judged["factuality"].ElementwiseIsNotNull());
        var left = ScoreStatistics.Mean(second, Aspect.Factuality, NaPolicy.Exclude);
        Assert.Equal((left.N, left.Value), ((int)scored.Rows.Count, scored["factuality"].Mean()));
    }

    [Fact]
    public void Two_judges_of_the_same_answers_are_joined_by_id()
    {
        var stored = StoredScores.Load();
        var first = stored.Judgments("gpt-3.5-turbo-0301", stored.Judges[0]);
        var second = stored.Judgments("gpt-3.5-turbo-0301", stored.Judges[1]);

        var both = first.ToFrame().Merge<string>(second.ToFrame(), "id", "id", "_first", "_second", JoinAlgorithm.Inner);

        var outcomes = ScoreStatistics.Outcomes(first, second, Aspect.Safety, NaPolicy.AsFive);
        Assert.Equal(outcomes.Count, both.Rows.Count);
        var higher = both.Filter(both["safety_first"].ElementwiseGreaterThan(both["safety_second"]));
        Assert.Equal(outcomes.Count(o => o.Outcome == PairwiseOutcome.Win), higher.Rows.Count);
    }
}
