namespace Urial.Tests.Judging;

public sealed class ScoreStatisticsTests
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Tags = new() { ["a"] = ["x", "y"], ["b"] = ["y"], ["c"] = ["x"] };

    [Fact]
    public void A_mean_leaves_failures_out_and_counts_them()
    {
        Judgment[] judgments = [Of("a", 5), Of("b", 2), Of("c", null), Judgment.Failed("d", "j", "", "no reply")];

        var without = ScoreStatistics.Mean(judgments, Aspect.Depth, NaPolicy.Exclude);
        Assert.Equal((3.5, 2, 1, 1), (without.Value, without.N, without.NotApplicable, without.Failed));
        Assert.Equal((4.0, 3), (ScoreStatistics.Mean(judgments, Aspect.Depth, NaPolicy.AsFive).Value,
            ScoreStatistics.Mean(judgments, Aspect.Depth, NaPolicy.AsFive).N));
        Assert.EndsWith("n=2 (1 N/A left out; 1 failed)", without.ToString());
        Assert.Throws<UrialException>(() => ScoreStatistics.Mean(judgments, Aspect.Safety, NaPolicy.AsFive));
    }

    [Fact]
    public void Differences_are_paired_by_id_and_a_constant_one_leaves_no_doubt()
    {
        Judgment[] first = [.. Enumerable.Range(0, 20).Select(i => Of($"q{i}", 2 + i % 4))];
        Judgment[] second = [.. Enumerable.Range(5, 20).Reverse().Select(i => Of($"q{i}", 1 + i % 4))];

        var difference = ScoreStatistics.Difference(first, second, Aspect.Depth, NaPolicy.Exclude);
        Assert.Equal((1, 15, 1, 1), (difference.Value, difference.N, difference.Interval.Low, difference.Interval.High));
        Assert.Equal(1, ScoreStatistics.Compare(first, second, Aspect.Depth, NaPolicy.Exclude).Win.Value);
        Assert.Contains("share no query",
            Assert.Throws<UrialException>(() => ScoreStatistics.Difference(first, [Of("z", 1)], Aspect.Depth, NaPolicy.Exclude)).Message);
    }

    [Fact]
    public void An_NA_leaves_out_its_pair_or_counts_as_5()
    {
        Judgment[] first = [Of("a", 3), Of("b", null)], second = [Of("a", 3), Of("b", 4)];
        Assert.Equal((0.0, 1), Pair(ScoreStatistics.Difference(first, second, Aspect.Depth, NaPolicy.Exclude)));
        Assert.Equal((0.5, 2), Pair(ScoreStatistics.Difference(first, second, Aspect.Depth, NaPolicy.AsFive)));
        static (double, int) Pair(Estimate estimate) => (estimate.Value, estimate.N);
    }

    [Fact]
    public void Win_tie_and_lose_are_shares_that_sum_to_one()
    {
        var outcomes = WinTieLose.Of([1, 2, 0, -1]);
        Assert.Equal((0.5, 0.25, 0.25, 4), (outcomes.Win.Value, outcomes.Tie.Value, outcomes.Lose.Value, outcomes.N));
        // The share of wins in a resample of 4 is a binomial of 4 and 0.5 over 4: its middle 95 % is 0 to 1.
        Assert.Equal((0, 1), (outcomes.Win.Interval.Low, outcomes.Win.Interval.High));
        Assert.Equal("ahead on 2, even on 1, behind on 1 of 4; sign test p = 1.000", outcomes.ToString());
        Assert.True(WinTieLose.Of([1, 2, 3], [3, 2, 1], x => x > 1) is { Wins: 1, Ties: 1, Losses: 1, N: 3 });
        Assert.Throws<ArgumentException>(() => WinTieLose.Of([1], [1, 2], x => x > 1));
        Assert.Throws<ArgumentException>(() => WinTieLose.Of([double.NaN]));
    }

    [Theory]
    // By hand: 2·(1/2)⁴; 2·(1 + 5)/2⁵; an even split; only ties; 2·ΣC(25, k)/2²⁵ for k up to 7.
    [InlineData(0, 4, 0.125)]
    [InlineData(4, 1, 0.375)]
    [InlineData(3, 3, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(18, 7, 0.0432853)]
    public void The_sign_test_is_exact(int wins, int losses, double expected) => Assert.Equal(expected,
        WinTieLose.Of([0, 0, .. Enumerable.Repeat(1.0, wins), .. Enumerable.Repeat(-1.0, losses)]).SignTest, 5);

    [Fact]
    public void A_tag_counts_for_every_example_that_carries_it_or_only_for_its_last()
    {
        Judgment[] judgments = [Of("a", 5), Of("b", 2), Of("c", 3), Of("untagged", 1)];

        Assert.Equal([("x", 4.0, 2), ("y", 3.5, 2)], ByTag(TagCounting.Every));
        Assert.Equal([("x", 3.0, 1), ("y", 3.5, 2)], ByTag(TagCounting.LastOnly));
        Assert.Equal(3.75, ScoreStatistics.MacroByTag(judgments, Aspect.Depth, Tags, NaPolicy.Exclude).Value, 12);
        Assert.Equal(3, ScoreStatistics.MacroByTag(judgments, Aspect.Depth, Tags, NaPolicy.Exclude).N);
        Assert.Throws<UrialException>(() => ScoreStatistics.ByTag([Of("untagged", 1)], Aspect.Depth, Tags, NaPolicy.Exclude));

        IEnumerable<(string, double, int)> ByTag(TagCounting counting) =>
            ScoreStatistics.ByTag(judgments, Aspect.Depth, Tags, NaPolicy.Exclude, counting)
                .Select(tag => (tag.Tag, tag.Mean.Value, tag.Mean.N));
    }

    [Fact]
    public void Equal_lengths_leave_the_win_rate_as_it_is()
    {
        double[] wins = [1, 1, 1, 0, 0.5, 0, 1, 1];
        // σ(logit of the mean), but for the ridge
        Assert.Equal(wins.Average(), LengthControl.WinRate(wins, new double[8]).Value, tolerance: 1e-3);
    }

    [Fact]
    public void Wins_that_only_length_explains_are_no_wins_at_equal_length()
    {
        // 75 % wins where 10 words longer, 25 % where 10 shorter; three of four pairs are longer. Raw: 0.625. In closed form
        // (saturated model) θ + φ·tanh(1) = logit 0.75 and θ − φ·tanh(1) = logit 0.25, hence θ = 0 and σ(θ) = 0.5.
        double[] wins = [.. Enumerable.Range(0, 400).Select(i => i < 300 ? i % 4 < 3 ? 1.0 : 0 : i % 4 < 1 ? 1.0 : 0)];
        double[] lengths = [.. Enumerable.Range(0, 400).Select(i => i < 300 ? 10.0 : -10)];

        Assert.Equal(0.625, wins.Average(), 12);
        Assert.Equal(0.5, LengthControl.WinRate(wins, lengths).Value, 3);
        Assert.Equal(Math.Log(3) / Math.Tanh(1), LengthControl.Fit(wins, lengths).Phi, 2);
    }

    [Fact]
    public void The_fit_stands_where_the_penalised_likelihood_is_flat()
    {
        var random = new Random(3);
        double[] lengths = [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble() * 80 - 30)];
        double[] wins = [.. lengths.Select(
            length => random.NextDouble() < 1 / (1 + Math.Exp(-0.4 - length / 30)) ? 1.0 : random.Next(2) / 2.0)];
        var (theta, phi) = LengthControl.Fit(wins, lengths);

        var best = LogLikelihood(theta, phi);
        foreach (var (dt, dp) in new[] { (1e-3, 0.0), (-1e-3, 0.0), (0.0, 1e-3), (0.0, -1e-3) })
            Assert.True(best > LogLikelihood(theta + dt, phi + dp));

        double LogLikelihood(double t, double p)
        {
            var scale = Math.Sqrt(lengths.Average(l => l * l));
            return wins.Zip(lengths, (y, l) =>
            {
                var q = 1 / (1 + Math.Exp(-t - p * Math.Tanh(l / scale)));
                return y * Math.Log(q) + (1 - y) * Math.Log(1 - q);
            }).Sum() - 0.5e-3 * (t * t + p * p);
        }
    }

    [Fact]
    public void An_arm_that_wins_everything_has_a_finite_fit()
    {
        Assert.InRange(LengthControl.WinRate([1, 1, 1, 1, 1], [3, -2, 5, 1, 4]).Value, 0.97, 1);
        Assert.Throws<ArgumentException>(() => LengthControl.WinRate([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => LengthControl.WinRate([2], [1]));
    }

    [Fact]
    public void An_average_weighs_aspects_alike_however_many_answers_have_them()
    {
        // Three answers for depth (mean 2), one for safety (5): 3.5, where a mean over answers would give 2.75.
        Judgment[] judgments = [Of("a", 1), Of("b", 2), Of("c", 3), Safe("d", 5), Judgment.Failed("e", "j", "", "no reply")];
        var average = ScoreStatistics.Average(judgments, NaPolicy.AsFive);
        Assert.Equal((3.5, 4), (average.Value, average.N));
        Assert.InRange(average.Interval.Low, 1, 3.4);

        Judgment[] other = [Of("a", 1), Of("b", 1), Of("c", 1), Safe("d", 2), Of("f", 5)];
        var difference = ScoreStatistics.DifferenceOfAverages(judgments, other, NaPolicy.AsFive);
        Assert.Equal((3.5 - 1.5, 4), (difference.Value, difference.N));
        Assert.Equal(0, ScoreStatistics.DifferenceOfAverages(judgments, judgments, NaPolicy.AsFive).Interval.High);
        Assert.Throws<UrialException>(() => ScoreStatistics.Average([Judgment.Failed("e", "j", "", "no reply")], NaPolicy.AsFive));
        Assert.Throws<UrialException>(() => ScoreStatistics.DifferenceOfAverages(judgments, [Of("z", 1)], NaPolicy.AsFive));
        static Judgment Safe(string id, int safety) =>
            Judgment.Scored(id, "j", "", new Dictionary<Aspect, int?> { [Aspect.Safety] = safety });
    }

    [Fact]
    public void Judgments_check_their_scores()
    {
        Assert.Throws<ArgumentException>(() => Of("a", 6));
        Assert.Throws<ArgumentException>(() => Of("a", 0));
        Assert.Throws<ArgumentException>(() => Judgment.Scored("a", "j", "", new Dictionary<Aspect, int?>()));
        Assert.Throws<ArgumentException>(() => Judgment.Failed("a", "j", "", " "));
    }

    private static Judgment Of(string id, int? depth) =>
        Judgment.Scored(id, "j", "", new Dictionary<Aspect, int?> { [Aspect.Depth] = depth });
}
