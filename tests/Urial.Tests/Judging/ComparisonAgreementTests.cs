namespace Urial.Tests.Judging;

public sealed class ComparisonAgreementTests
{
    [Fact]
    public void Agreement_counts_comparisons_and_its_n_counts_queries()
    {
        // First judge: 2 wins, 1 tie, 1 loss; second: 2 wins, 1 tie, 1 loss. Chance: (2·2 + 1·1 + 1·1) / 16.
        var agreement = Of(("a", 'W', 'W'), ("a", 'T', 'W'), ("b", 'L', 'L'), ("b", 'W', 'T'));

        Assert.Equal((0.5, 0.0, 0.375, 4, 2),
            (agreement.Same.Value, agreement.Opposite.Value, agreement.ByChance.Value, agreement.Comparisons, agreement.Same.N));
        Assert.Equal((0.5, 0.5), (agreement.Same.Interval.Low, agreement.Same.Interval.High)); // each query has one of two
    }

    [Fact]
    public void A_win_against_a_loss_is_opposite()
    {
        var agreement = Of(("a", 'W', 'L'), ("b", 'L', 'W'), ("c", 'T', 'L'), ("d", 'T', 'T'));

        Assert.Equal((0.25, 0.5), (agreement.Same.Value, agreement.Opposite.Value));
    }

    [Fact]
    public void Outcomes_are_paired_by_query()
    {
        var paired = ComparisonAgreement.Pair([("a", PairwiseOutcome.Win), ("b", PairwiseOutcome.Tie)],
            [("c", PairwiseOutcome.Win), ("b", PairwiseOutcome.Lose)]);

        Assert.Equal(("b", PairwiseOutcome.Tie, PairwiseOutcome.Lose), Assert.Single(paired));
    }

    [Fact]
    public void There_must_be_a_comparison() => Assert.Contains("no comparison", Assert.Throws<UrialException>(() => Of()).Message);

    private static ComparisonAgreement Of(params (string Query, char First, char Second)[] verdicts) =>
        ComparisonAgreement.Of([.. verdicts.Select(v => (v.Query, Outcome(v.First), Outcome(v.Second)))]);

    private static PairwiseOutcome Outcome(char letter) =>
        letter switch { 'W' => PairwiseOutcome.Win, 'T' => PairwiseOutcome.Tie, _ => PairwiseOutcome.Lose };
}
