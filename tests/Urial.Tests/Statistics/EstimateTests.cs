namespace Urial.Tests;

public sealed class EstimateTests
{
    private static readonly int[] Units = [1, 2, 3, 4, 5];

    [Fact]
    public void A_share_a_mean_and_a_ratio_of_items_are_the_bootstraps_of_their_numbers()
    {
        Assert.Equal(Bootstrap.Mean([0, 0, 0, 1, 1]), Estimate.Share(Units, unit => unit > 3));
        Assert.Equal(Bootstrap.Mean([2, 4, 6, 8, 10]), Estimate.Mean(Units, unit => 2 * unit));
        Assert.Equal(Bootstrap.Ratio([1, 0, 3, 0, 5], [1, 2, 3, 4, 5]),
            Estimate.Ratio(Units, unit => unit % 2 == 1 ? unit : 0, unit => unit));
        Assert.Throws<ArgumentException>(() => Estimate.Share(Array.Empty<int>(), _ => true));
    }

    [Fact]
    public void A_difference_of_items_keeps_pairs_together()
    {
        var difference = Estimate.Difference(Units, Units.Select(unit => unit + 1), unit => unit);

        Assert.Equal(new Estimate(-1, new Interval(-1, -1, 0.95), 5), difference);
        Assert.Throws<ArgumentException>(() => Estimate.Difference(Units, [1], unit => unit));
    }
}
