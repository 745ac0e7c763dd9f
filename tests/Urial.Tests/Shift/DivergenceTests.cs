using CsCheck;

namespace Urial.Tests.Shift;

public sealed class DivergenceTests
{
    private const double None = double.NegativeInfinity;

    [Fact]
    public void Two_tokens_by_hand()
    {
        double[] p = Log(0.75, 0.25), q = Log(0.5, 0.5);

        // 0.75 ln(0.75/0.5) + 0.25 ln(0.25/0.5), and the other way round
        Assert.Equal(0.75 * Math.Log(1.5) + 0.25 * Math.Log(0.5), Divergence.Kl(p, q), 14);
        Assert.Equal(0.5 * Math.Log(2.0 / 3) + 0.5 * Math.Log(2), Divergence.Kl(q, p), 14);
        Assert.Equal([0.75 * Math.Log(1.5), 0.25 * Math.Log(0.5)], Divergence.KlTerms(p, q), (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Equal(-0.75 * Math.Log(0.75) - 0.25 * Math.Log(0.25), Divergence.Entropy(p), 14);

        var m = Log(0.625, 0.375);
        Assert.Equal((Divergence.Kl(p, m) + Divergence.Kl(q, m)) / 2, Divergence.Js(p, q), 14);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(2048)]
    public void Uniform_has_the_entropy_of_its_size_and_one_hot_none(int size)
    {
        var uniform = Enumerable.Repeat(-Math.Log(size), size).ToArray();
        var sure = OneHot(size, size - 1);

        Assert.Equal(Math.Log(size), Divergence.Entropy(uniform), 10);
        Assert.Equal(0, Divergence.Entropy(sure));
        Assert.Equal(Math.Log(size), Divergence.Kl(sure, uniform), 10); // certain of one where the other spreads evenly
        Assert.Equal(double.PositiveInfinity, Divergence.Kl(uniform, sure)); // the other excludes what is possible
    }

    [Fact]
    public void What_has_nothing_in_common_is_infinitely_far_in_KL_and_ln_2_in_JS()
    {
        double[] p = OneHot(5, 0), q = OneHot(5, 3);

        Assert.Equal(double.PositiveInfinity, Divergence.Kl(p, q));
        Assert.Equal(Math.Log(2), Divergence.Js(p, q), 15);
    }

    [Fact]
    public void A_token_that_neither_allows_adds_nothing()
    {
        double[] p = [.. Log(0.75, 0.25), None], q = [.. Log(0.5, 0.5), None];

        Assert.Equal(Divergence.Kl(p[..2], q[..2]), Divergence.Kl(p, q));
        Assert.Equal(Divergence.Js(p[..2], q[..2]), Divergence.Js(p, q));
        Assert.Equal(Divergence.Entropy(p[..2]), Divergence.Entropy(p));
        Assert.Equal(0, Divergence.KlTerms(p, q)[2]);
    }

    [Fact]
    public void Laws_hold_for_any_two_distributions() =>
        Gen.Select(Gen.Float[-20, 20].Array[6], Gen.Float[-20, 20].Array[6]).Sample((a, b) =>
        {
            double[] p = Divergence.LogSoftmax(a), q = Divergence.LogSoftmax(b);
            Assert.Equal(0, Divergence.Kl(p, p));
            Assert.Equal(0, Divergence.Js(q, q), 12);
            Assert.True(Divergence.Kl(p, q) >= 0);
            Assert.Equal(Divergence.Kl(p, q), Divergence.KlTerms(p, q).Sum(), 10);
            Assert.Equal(Divergence.Js(p, q), Divergence.Js(q, p), 12);
            Assert.InRange(Divergence.Js(p, q), 0, Math.Log(2));
            Assert.InRange(Divergence.Entropy(p), 0, Math.Log(6) + 1e-12);
        });

    [Fact]
    public void LogSoftmax_survives_large_logits_and_excluded_tokens()
    {
        var log = Divergence.LogSoftmax([1e30f, 1e30f, float.NegativeInfinity]);

        Assert.Equal([-Math.Log(2), -Math.Log(2), None], log);
    }

    [Fact]
    public void What_is_no_distribution_is_refused()
    {
        Assert.Contains("3 and 2", Assert.Throws<ArgumentException>(() => Divergence.Kl(Log(0.2, 0.3, 0.5), Log(0.5, 0.5))).Message);
        Assert.Contains("sum to", Assert.Throws<ArgumentException>(() => Divergence.Entropy([1.0, 2.0])).Message);
        Assert.Throws<ArgumentException>(() => Divergence.Js([double.NaN, 0], Log(0.5, 0.5)));
        Assert.Throws<ArgumentException>(() => Divergence.LogSoftmax([float.NaN, 0]));
        Assert.Throws<ArgumentException>(() => Divergence.LogSoftmax([float.PositiveInfinity, 0]));
        Assert.Throws<ArgumentException>(() => Divergence.LogSoftmax([]));
    }

    private static double[] Log(params double[] p) => [.. p.Select(x => Math.Log(x))];

    private static double[] OneHot(int size, int token) => [.. Enumerable.Range(0, size).Select(i => i == token ? 0 : None)];
}
