namespace Urial.Tests.Shift;

/// <summary>The series that divergences are computed with, against the runtime's functions, over lanes of every kind.</summary>
public sealed class LaneMathTests
{
    [Fact]
    public void Exponentials_are_the_runtimes()
    {
        var random = new Random(1);
        for (var i = 0; i < 100_000; i++)
        {
            var x = i == 0 ? 0 : -Math.Pow(10, random.NextDouble() * 14 - 11.2); // 6e-12 to 630
            var expected = Math.Exp(x);
            Assert.Equal(1, Each<OneLane>(x) / expected, 5e-16);
            Assert.Equal(1, Each<FourLanes>(x) / expected, 5e-16);
            Assert.Equal(1, Each<EightLanes>(x) / expected, 5e-16);
        }

        static double Each<T>(double x) where T : struct, ILanes<T> => T.Sum(LaneMath.Exp(T.All(x))) / T.Count;
    }

    [Theory]
    [InlineData(-700.0)]
    [InlineData(-701.0)]
    [InlineData(-1e30)]
    [InlineData(double.NegativeInfinity)]
    public void Far_below_they_are_as_good_as_0(double x) =>
        Assert.InRange(OneLane.Sum(LaneMath.Exp(OneLane.All(x))), 0, 1e-303);

    [Fact]
    public void The_logarithm_of_a_mean_over_the_larger_is_the_runtimes()
    {
        var random = new Random(2);
        for (var i = 0; i < 100_000; i++)
        {
            var larger = Math.Pow(10, -300 * random.NextDouble());
            var smaller = larger * random.NextDouble();
            var expected = Math.Log((1 + smaller / larger) / 2);
            Assert.Equal(expected, Each<OneLane>(larger, smaller), 5e-16);
            Assert.Equal(expected, Each<FourLanes>(larger, smaller), 5e-16);
            Assert.Equal(expected, Each<EightLanes>(larger, smaller), 5e-16);
        }
        Assert.Equal(0.0, Each<OneLane>(0.3, 0.3));
        Assert.Equal(-Math.Log(2), Each<FourLanes>(0.3, 0), 5e-16);
        Assert.Equal(-Math.Log(2), Each<EightLanes>(double.Epsilon, 0), 5e-16);

        static double Each<T>(double larger, double smaller) where T : struct, ILanes<T> =>
            T.Sum(LaneMath.LogMeanOverLarger(T.All(larger), T.All(smaller))) / T.Count;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(1001)]
    public void Rows_are_compared_alike_over_lanes_of_every_kind(int vocabulary)
    {
        var random = new Random(vocabulary);
        float[] a = [.. Enumerable.Range(0, vocabulary).Select(_ => (float)(random.NextDouble() * 40 - 20))];
        float[] b = [.. a.Select(logit => logit + (float)random.NextDouble())];
        var scratch = new double[2 * vocabulary];
        double[] p = Divergence.LogSoftmax(a), q = Divergence.LogSoftmax(b);

        foreach (var found in (RowDivergences[])[RowDivergences.Over<OneLane>(a, b, scratch),
            RowDivergences.Over<FourLanes>(a, b, scratch), RowDivergences.Over<EightLanes>(a, b, scratch)])
        {
            Assert.Equal(Divergence.Kl(q, p), found.KlAlignedBase, 1e-13);
            Assert.Equal(Divergence.Kl(p, q), found.KlBaseAligned, 1e-13);
            Assert.Equal(Divergence.Js(p, q), found.Js, 1e-13);
            Assert.Equal(Divergence.Entropy(p), found.BaseEntropy, 1e-12);
            Assert.Equal(Divergence.Entropy(q), found.AlignedEntropy, 1e-12);
            Assert.Equal(a[0] - p[0], found.BaseLogSum, 1e-12);
            Assert.Equal(b[0] - q[0], found.AlignedLogSum, 1e-12);
        }
    }
}
