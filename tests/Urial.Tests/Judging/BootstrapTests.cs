namespace Urial.Tests.Judging;

public sealed class BootstrapTests
{
    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        double[] values = [.. Normal(40, 1)];

        Assert.Equal(Bootstrap.Mean(values), Bootstrap.Mean(values));
        Assert.NotEqual(Bootstrap.Mean(values).Interval, Bootstrap.Mean(values, seed: 1).Interval);
    }

    [Fact]
    public void The_interval_has_the_width_of_the_closed_form()
    {
        // The mean of a resample has exactly the variance (Σ(x − mean)²/n)/n; for 400 units it is close to normal.
        double[] values = [.. Normal(400, 2)];
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)) / values.Length);

        var estimate = Bootstrap.Mean(values, resamples: 20_000);

        Assert.Equal(mean, estimate.Value, 12);
        Assert.Equal(400, estimate.N);
        Assert.InRange((estimate.Interval.High - estimate.Interval.Low) / (2 * 1.95996 * deviation), 0.97, 1.03);
        Assert.InRange(estimate.Interval.Low + estimate.Interval.High - 2 * mean, -0.2 * deviation, 0.2 * deviation);
    }

    [Fact]
    public void Intervals_of_level_90_hold_the_truth_about_90_times_in_100()
    {
        // 300 samples of 50 from a normal distribution of mean 0: coverage within 5 standard errors of its own simulation.
        var covered = Enumerable.Range(0, 300).Count(s => Bootstrap.Mean([.. Normal(50, s)], 400, 0.9, s).Interval.Contains(0));

        Assert.InRange(covered / 300.0, 0.90 - 5 * 0.0173, 0.90 + 5 * 0.0173);
    }

    [Fact]
    public void Pooled_shares_weigh_units_by_their_size()
    {
        // 1 of 2 positions and 30 of 40: pooled 31/42, where the mean of the two shares is 0.625.
        var pooled = Bootstrap.Ratio([1, 30], [2, 40], level: 0.99);

        Assert.Equal(31.0 / 42, pooled.Value, 15);
        Assert.Equal(0.5, pooled.Interval.Low, 12); // the resample that holds the first unit twice
        Assert.Equal(0.75, pooled.Interval.High, 12);
        Assert.Equal(0.625, Bootstrap.Mean([0.5, 0.75]).Value, 15);
    }

    [Fact]
    public void Several_statistics_see_the_same_resamples_as_one()
    {
        double[] top = [1, 30, 4], bottom = [2, 40, 9];

        var many = Bootstrap.Many(3, 2, (drawn, values) =>
        {
            values[0] = drawn.Zip(top, (d, t) => d * t).Sum() / drawn.Zip(bottom, (d, b) => d * b).Sum();
            values[1] = drawn.Zip(top, (d, t) => d * t).Sum() / drawn.Sum();
        });

        Assert.Equal(Bootstrap.Ratio(top, bottom).Value, many[0]!.Value, 12);
        Assert.Equal(Bootstrap.Ratio(top, bottom).Interval.Low, many[0]!.Interval.Low, 12);
        Assert.Equal(Bootstrap.Mean(top).Interval.High, many[1]!.Interval.High, 12);
    }

    [Fact]
    public void An_undefined_statistic_has_no_estimate_and_undefined_draws_are_left_out()
    {
        // Of two units only the first has a denominator: draws of the second alone say nothing.
        var many = Bootstrap.Many(2, 2, (drawn, values) => (values[0], values[1]) = (drawn[0] * 3.0 / (drawn[0] * 4.0), 0.0 / 0));

        Assert.Equal((0.75, 0.75, 0.75), (many[0]!.Value, many[0]!.Interval.Low, many[0]!.Interval.High));
        Assert.Null(many[1]);
        Assert.Throws<ArgumentException>(() => Bootstrap.Many(0, 1, (_, _) => { }));
    }

    [Fact]
    public void One_unit_has_an_interval_of_no_width()
    {
        var estimate = Bootstrap.Ratio([3], [4]);
        Assert.Equal((0.75, 0.75, 0.75, 1), (estimate.Value, estimate.Interval.Low, estimate.Interval.High, estimate.N));
    }

    [Fact]
    public void Pairs_stay_together_in_a_difference()
    {
        double[] a = [.. Normal(30, 3)];
        var difference = Bootstrap.Difference(a, [.. a.Select(x => x - 0.5)]);

        // Every pair differs by the same amount, so resampling pairs leaves no doubt, however much a itself varies.
        Assert.Equal(0.5, difference.Value, 12);
        Assert.Equal(0, difference.Interval.High - difference.Interval.Low, 12);
    }

    [Fact]
    public void Any_statistic_can_be_resampled()
    {
        double[] values = [.. Normal(60, 4)];

        var ours = Bootstrap.Of(values.Length, sample => sample.Average(i => values[i]), seed: 5);
        var mean = Bootstrap.Mean(values, seed: 5);

        Assert.Equal(mean.Value, ours.Value, 12);
        Assert.Equal(mean.Interval.Low, ours.Interval.Low, 12);
        Assert.Equal(mean.Interval.High, ours.Interval.High, 12);
    }

    [Fact]
    public void A_resample_without_a_denominator_is_drawn_again()
    {
        var estimate = Bootstrap.Ratio([0, 0, 0, 1], [0, 0, 0, 2]);
        Assert.Equal((0.5, 0.5, 0.5), (estimate.Value, estimate.Interval.Low, estimate.Interval.High));
    }

    [Fact]
    public void What_cannot_be_resampled_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Bootstrap.Mean([]));
        Assert.Throws<ArgumentException>(() => Bootstrap.Mean([1, double.NaN]));
        Assert.Contains("2 and 1", Assert.Throws<ArgumentException>(() => Bootstrap.Ratio([1, 2], [1])).Message);
        Assert.Throws<ArgumentException>(() => Bootstrap.Ratio([1, 2], [0, 0]));
        Assert.Throws<ArgumentException>(() => Bootstrap.Ratio([1, 2], [1, -1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Mean([1], resamples: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Mean([1], level: 1));
        Assert.Throws<ArgumentException>(() => new Interval(2, 1, 0.95));
        Assert.Throws<ArgumentException>(() => new Interval(double.NaN, 1, 0.95));
    }

    private static IEnumerable<double> Normal(int n, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < n; i++)
            yield return Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
