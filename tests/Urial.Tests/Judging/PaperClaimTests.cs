namespace Urial.Tests.Judging;

public sealed class PaperClaimTests
{
    [Theory]
    [InlineData(0.1, 0.3, Verdict.Agrees, Verdict.Differs)]
    [InlineData(-0.3, -0.1, Verdict.Differs, Verdict.Agrees)]
    [InlineData(-0.1, 0.1, Verdict.CannotTell, Verdict.CannotTell)]
    public void A_verdict_needs_the_whole_interval_on_one_side(double low, double high, Verdict above, Verdict below)
    {
        Assert.Equal(above, PaperClaim.Above("x", Between(low, high), 0).Verdict);
        Assert.Equal(below, PaperClaim.Below("x", Between(low, high), 0).Verdict);
    }

    [Theory]
    [InlineData(0.1, 0.3, Verdict.Agrees)]
    [InlineData(-0.1, 0.3, Verdict.CannotTell)]
    [InlineData(-0.3, -0.1, Verdict.CannotTell)]
    public void A_verdict_that_depends_on_answers_that_did_not_end_is_none(double low, double high, Verdict expected)
    {
        var claim = PaperClaim.Above("More", BothWays.Of(Between(0.1, 0.2), Between(low, high, n: 19)), 0);

        Assert.Equal(expected, claim.Verdict);
        Assert.Equal(expected != Verdict.Agrees, claim.DependsOnUnended);
        Assert.Contains("; without the 1 that did not end ", claim.ToString());
        Assert.Equal(claim.DependsOnUnended,
            claim.ToString().EndsWith("→ cannot tell (it depends on the answers that did not end)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(4, 0, Verdict.CannotTell)] // p = 0.125
    [InlineData(6, 0, Verdict.Agrees)] // p = 0.031
    public void A_verdict_held_to_the_sign_test_needs_enough_answers_that_differ(int wins, int losses, Verdict expected)
    {
        double[] differences = [.. Enumerable.Repeat(1.0, wins), .. Enumerable.Repeat(-1.0, losses), .. new double[20 - wins - losses]];
        var claim = PaperClaim.Above("More", Between(0.1, 0.2), 0).HeldTo(WinTieLose.Of(differences));

        Assert.Equal(expected, claim.Verdict);
        Assert.Equal(expected == Verdict.CannotTell, claim.RestsOnFew);
        Assert.Equal(claim.RestsOnFew,
            claim.ToString().EndsWith("→ cannot tell (too few answers differ: sign test p = 0.125)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_claim_says_whose_it_is_and_keeps_its_verdict()
    {
        var ours = PaperClaim.Above("More", BothWays.Of(Between(0.1, 0.2), Between(-0.1, 0.2, n: 19)), 0);
        var theirs = ours.From("section 2.2");

        Assert.Null(ours.Source);
        Assert.Equal("section 2.2", theirs.Source);
        Assert.Equal((ours.Verdict, ours.DependsOnUnended, ours.RestsOnFew), (theirs.Verdict, theirs.DependsOnUnended, theirs.RestsOnFew));
        Assert.StartsWith("More (the paper, section 2.2; above 0): measured 0.150", theirs.ToString());
        Assert.Equal("section 2.2", theirs.HeldTo(WinTieLose.Of([1.0])).Source);
        Assert.Throws<ArgumentException>(() => ours.From(" "));
    }

    [Fact]
    public void A_claim_is_one_line_with_n_interval_and_verdict()
    {
        Assert.Equal("More (above 0): measured 0.150 [0.100, 0.200], n = 20 → agrees",
            PaperClaim.Above("More", Between(0.1, 0.2), 0).ToString());
        Assert.Equal("More (above 0): measured 0.150 [0.100, 0.200], n = 20 → agrees",
            PaperClaim.Above("More", BothWays.Of(Between(0.1, 0.2), Between(0.1, 0.2)), 0).ToString());
        Assert.Equal("Same (between -0.1 and 0.25): measured 0.150 [0.100, 0.200], n = 20; without the 1 that did not end 0.350 [0.300, "
            + "0.400], n = 19 → cannot tell (it depends on the answers that did not end)",
            PaperClaim.Between("Same", BothWays.Of(Between(0.1, 0.2), Between(0.3, 0.4, n: 19)), -0.1, 0.25).ToString());
    }

    private static Estimate Between(double low, double high, int n = 20) => new((low + high) / 2, new Interval(low, high, 0.95), n);
}
