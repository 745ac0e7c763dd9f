namespace Urial.Tests;

public sealed class AgreementMatrixTests
{
    [Fact]
    public void Scores_are_counted_where_both_have_one()
    {
        var matrix = AgreementMatrix.Of(
            [(Of("a", 5), Of("a", 5)), (Of("b", 2), Of("b", 5)), (Of("c", null), Of("c", 5)), (Of("d", 1), Of("d", 1))],
            Aspect.Clarity, "model", "rules");

        Assert.Equal(("rules", "model", 3, 2), (matrix.Rows, matrix.Columns, matrix.Total, matrix.Same));
        Assert.Equal(1, matrix.Counts[4][1]); // rules 5, model 2
        Assert.Equal(0.5, matrix.ShareOfRow(4, 1));
        Assert.Null(matrix.ShareOfRow(2, 2));
    }

    [Fact]
    public void Verdicts_have_the_second_judge_as_rows()
    {
        var matrix = AgreementMatrix.Of([("q", PairwiseOutcome.Win, PairwiseOutcome.Lose)], "model", "rules");
        Assert.Equal(1, matrix.Counts[2][0]);
        Assert.Equal(["win", "tie", "lose"], matrix.Labels);
    }

    [Fact]
    public void Nothing_in_common_and_odd_pairs_are_refused()
    {
        Assert.Throws<UrialException>(() => AgreementMatrix.Of([(Of("a", null), Of("a", 5))], Aspect.Clarity, "model", "rules"));
        Assert.Throws<ArgumentException>(() => AgreementMatrix.Of([(Of("a", 1), Of("b", 5))], Aspect.Clarity, "model", "rules"));
    }

    private static Judgment Of(string id, int? score) =>
        Judgment.Scored(id, "judge", "", new Dictionary<Aspect, int?> { [Aspect.Clarity] = score });
}
