namespace Urial.Tests.Judging;

/// <summary>The widest interval that published means allow.</summary>
public sealed class MeansAloneTests
{
    [Fact]
    public void A_middle_mean_allows_half_its_answers_at_either_end()
    {
        // Means of 3 allow a deviation of 2 each: 1.96 · 4 / √799, and a hundredth for rounding.
        var difference = MeansAlone.Difference(Row(3, 3), Row(3, 3), Aspect.Clarity);
        Assert.Equal((0, 800), (difference.Value, difference.N));
        Assert.Equal(1.959964 * 4 / Math.Sqrt(799) + 0.01, difference.Interval.High, 6);
        Assert.Equal(-difference.Interval.High, difference.Interval.Low, 12);
    }

    [Fact]
    public void Safety_rests_on_200_queries_and_a_perfect_mean_leaves_only_rounding()
    {
        var difference = MeansAlone.Difference(Row(3, 5), Row(3, 5), Aspect.Safety);
        Assert.Equal(200, difference.N);
        Assert.Equal(1.959964 * 2 * Math.Sqrt(0.005 * 3.995) / Math.Sqrt(199) + 0.01, difference.Interval.High, 6);
    }

    [Fact]
    public void The_average_of_equal_aspects_is_wider_than_one_of_them_only_by_safetys_fewer_queries()
    {
        var average = MeansAlone.DifferenceOfAverages(Row(4, 4), Row(3, 3));
        var (general, safety) = (MeansAlone.Difference(Row(4, 4), Row(3, 3), Aspect.Depth),
            MeansAlone.Difference(Row(4, 4), Row(3, 3), Aspect.Safety));
        Assert.Equal(1, average.Value, 12);
        Assert.Equal((5 * general.Interval.Low + safety.Interval.Low) / 6, average.Interval.Low, 12);
    }

    [Theory]
    [InlineData("URIAL=inst_1k-Mistral-7B-v0.1", "Mistral-7B-Instruct-v0.1")]
    [InlineData("vicuna-7b-v1.5", "gpt-4-0314")]
    [InlineData("gpt-3.5-turbo-0301", "vicuna-7b-v1.5")]
    public void It_holds_the_paired_interval_where_scores_are_public(string first, string second)
    {
        var (stored, table) = (StoredScores.Load(), PublishedTable.Table1());
        var (one, other) = (Judgments(first), Judgments(second));
        var paired = ScoreStatistics.Difference(one, other, Aspect.Safety, NaPolicy.AsFive).Interval;
        var widest = MeansAlone.Difference(Published(first), Published(second), Aspect.Safety).Interval;
        Assert.True(widest.Low < paired.Low && paired.High < widest.High, $"{widest} does not hold {paired}");

        IReadOnlyList<Judgment> Judgments(string model) => stored.Judgments(model, "gpt-3.5-turbo-0613");
        PublishedRow Published(string model) => table[PublishedNames.All.Single(names => names.Stored == model).Table1!];
    }

    [Fact]
    public void A_mean_of_another_scale_is_refused() =>
        Assert.Contains("m has 7 for depth",
            Assert.Throws<UrialException>(() => MeansAlone.Difference(Row(7, 5), Row(3, 3), Aspect.Depth)).Message);

    private static PublishedRow Row(double general, double safety) => new("m", Aspects.All.ToDictionary(
        aspect => aspect.Column(), aspect => aspect == Aspect.Safety ? safety : general));
}
