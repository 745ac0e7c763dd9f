namespace Urial.Tests.Statistics;

public sealed class UnitDrawsTests
{
    [Theory]
    [InlineData(7, 100, 3)]
    [InlineData(360, 2000, 0)]     // kept, many chunks
    [InlineData(360, 1_000_000, 0)] // more than is kept
    public void Units_are_drawn_as_the_generator_draws_them(int units, int resamples, int seed)
    {
        var random = new Random(seed);
        int[] wanted = [.. Enumerable.Range(0, 50_000).Select(_ => random.Next(units))];

        Assert.Equal(wanted, Drawn(units, resamples, seed));
        Assert.Equal(wanted, Drawn(units, resamples, seed));
    }

    [Fact]
    public void Readers_beside_each_other_and_other_streams_in_between_do_not_disturb()
    {
        var wanted = Drawn(11, 2000, 5);

        var found = new int[8][];
        Parallel.For(0, found.Length, i =>
        {
            Drawn(12 + i, 2000, 5); // more streams than are kept
            found[i] = Drawn(11, 2000, 5);
        });

        Assert.All(found, draws => Assert.Equal(wanted, draws));
        Assert.NotEqual(wanted, Drawn(11, 2000, 6));
    }

    private static int[] Drawn(int units, int resamples, int seed)
    {
        var draws = UnitDraws.Of(units, resamples, seed);
        return [.. Enumerable.Range(0, 50_000).Select(_ => draws.Next())];
    }
}
