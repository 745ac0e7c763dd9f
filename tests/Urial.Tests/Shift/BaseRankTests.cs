namespace Urial.Tests.Shift;

public sealed class BaseRankTests
{
    [Theory]
    [InlineData(0, 2)] // 2.0 is below the 3.0 of token 3 alone; ties with token 1 go to the smaller id
    [InlineData(1, 3)]
    [InlineData(2, 5)]
    [InlineData(3, 1)]
    [InlineData(4, 4)]
    public void Counts_larger_logits_and_equal_logits_of_smaller_ids(int token, int rank) =>
        Assert.Equal(rank, BaseRank.Of([2f, 2f, -1f, 3f, 0f], token));

    [Fact]
    public void Equal_logits_rank_in_the_order_of_ids() =>
        Assert.Equal([1, 2, 3, 4], Enumerable.Range(0, 4).Select(id => BaseRank.Of([0f, 0f, 0f, 0f], id)));

    [Fact]
    public void Refuses_ids_outside_the_vocabulary_and_NaN()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BaseRank.Of([1f, 2f], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => BaseRank.Of([1f, 2f], -1));
        Assert.Throws<ArgumentException>(() => BaseRank.Of([1f, float.NaN], 0));
    }

    [Theory]
    [InlineData(1, ShiftClass.Unshifted, "unshifted")]
    [InlineData(2, ShiftClass.Marginal, "marginal")]
    [InlineData(3, ShiftClass.Marginal, "marginal")]
    [InlineData(4, ShiftClass.Shifted, "shifted")]
    [InlineData(2048, ShiftClass.Shifted, "shifted")]
    public void Classes_follow_the_paper(int rank, ShiftClass shift, string name)
    {
        Assert.Equal(shift, ShiftClasses.Of(rank));
        Assert.Equal(name, shift.Name());
    }

    [Fact]
    public void Rank_0_has_no_class() => Assert.Throws<ArgumentOutOfRangeException>(() => ShiftClasses.Of(0));
}
