namespace Urial.Tests.Shift;

public sealed class DivergenceBoundsTests
{
    private static readonly int[] Sizes = [5, 6, 9, 30, 120, 500];

    [Fact]
    public void Exact_numbers_lie_within_the_bounds_of_what_a_list_tells()
    {
        var random = new Random(20);
        var (cases, finite) = (0, 0);
        foreach (var size in Sizes)
            for (var n = 0; n < 60; n++)
            {
                var (b, a) = Pair(random, size);
                var token = random.Next(size);
                foreach (var (kBase, kAligned) in new[]
                {
                    (random.Next(1, size + 1), random.Next(1, size + 1)), (size, random.Next(1, size)), (random.Next(1, size), size),
                    (1, 1),
                })
                {
                    var exact = DivergenceBounds.Of(Cut(b, size, token), Cut(a, size, token));
                    var found = DivergenceBounds.Of(Cut(b, kBase, token), Cut(a, kAligned, token));
                    foreach (var (name, bounds, value) in Named(found, exact))
                    {
                        Assert.True(value.IsExact, name);
                        Assert.True(bounds.Hold(value.Low, 1e-9), $"{name} of {size} tokens, lists of {kBase} and {kAligned}: "
                            + $"{value.Low:R} is not in {bounds.Low:R} to {bounds.High:R}");
                        cases++;
                        finite += double.IsFinite(bounds.High) ? 1 : 0;
                    }
                }
            }
        Assert.Equal(Sizes.Length * 60 * 4 * 5, cases);
        Assert.InRange(finite, cases / 2, cases - 1); // some KL must be without a limit
    }

    [Fact]
    public void A_list_of_the_whole_vocabulary_is_exact_and_agrees_with_closed_sums()
    {
        var random = new Random(21);
        foreach (var size in Sizes)
        {
            var (b, a) = Pair(random, size);
            var found = DivergenceBounds.Of(Cut(b, size, 0), Cut(a, size, 0));
            Assert.True(found.AreExact);
            Close(Divergence.Kl(Log(a), Log(b)), found.KlAlignedBase.Value);
            Close(Divergence.Kl(Log(b), Log(a)), found.KlBaseAligned.Value);
            Close(Divergence.Js(Log(b), Log(a)), found.Js.Value);
            Close(Divergence.Entropy(Log(b)), found.BaseEntropy.Value);
            Close(Divergence.Entropy(Log(a)), found.AlignedEntropy.Value);
            var rows = DivergenceBounds.Of(Row(b), Row(a));
            Assert.Equal(found.KlAlignedBase.Value, rows.KlAlignedBase.Value, 1e-5);
            Assert.True(rows.AreExact);
        }
    }

    [Fact]
    public void Bounds_narrow_as_lists_grow()
    {
        var random = new Random(22);
        for (var n = 0; n < 40; n++)
        {
            var (b, a) = Pair(random, 120);
            ShiftBounds? before = null;
            foreach (var k in new[] { 1, 2, 5, 20, 60, 110, 120 })
            {
                var found = DivergenceBounds.Of(Cut(b, k, 7), Cut(a, k, 7));
                if (before is not null)
                    foreach (var (name, wider, narrower) in Named(before, found))
                    {
                        Assert.True(narrower.Low >= wider.Low - 1e-6, $"{name}, {k}: {narrower.Low:R} after {wider.Low:R}");
                        Assert.True(narrower.High <= wider.High + 1e-6, $"{name}, {k}: {narrower.High:R} after {wider.High:R}");
                    }
                before = found;
            }
        }
    }

    [Fact]
    public void The_least_divergence_is_the_least_over_all_distributions_that_a_list_allows()
    {
        // Four tokens; P tells the first, Q the second; of the two others nothing is known. Even tails are best, since f is convex.
        foreach (var (p0, q1) in new[] { (0.7, 0.6), (0.4, 0.9), (0.5, 0.35), (0.95, 0.3) })
        {
            var aligned = KnownDistribution.Partial([(0, Math.Log(p0))], Math.Log(p0), 4, 0, "P");
            var @base = KnownDistribution.Partial([(1, Math.Log(q1))], Math.Log(q1), 4, 0, "Q");
            var found = DivergenceBounds.Of(@base, aligned);
            var (kl, reverse, js) = (double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);
            const int Steps = 1200;
            for (var i = 0; i <= Steps; i++)
                for (var j = 0; j <= Steps; j++)
                {
                    var (p1, q0) = (Math.Min(p0, 1 - p0) * i / Steps, Math.Min(q1, 1 - q1) * j / Steps);
                    var (p2, q2) = (Math.Max(0, 1 - p0 - p1) / 2, Math.Max(0, 1 - q1 - q0) / 2);
                    if (p2 > p0 + 1e-12 || q2 > q1 + 1e-12)
                        continue;
                    kl = Math.Min(kl, Sum(ConvexDivergence.Kl));
                    reverse = Math.Min(reverse, Sum((p, q) => ConvexDivergence.Kl(q, p)));
                    js = Math.Min(js, Sum(ConvexDivergence.JsTerm));

                    double Sum(Func<double, double, double> f) => f(p0, q0) + f(p1, q1) + 2 * f(p2, q2);
                }
            Tight(kl, found.KlAlignedBase.Low);
            Tight(reverse, found.KlBaseAligned.Low);
            Tight(js, found.Js.Low);
        }

        static void Tight(double least, double bound)
        {
            Assert.True(bound <= least + 1e-9, $"{bound} is above {least}");
            Assert.Equal(least, bound, 1e-4 * least);
        }
    }

    [Fact]
    public void The_most_is_reached_by_a_distribution_that_a_list_allows()
    {
        // Q is known; P tells 0.5, and the rest can stand on two of the three others at 0.25 each, or on one that has 0.5 at most.
        var q = new[] { 0.4, 0.3, 0.2, 0.1 };
        var found = DivergenceBounds.Of(
            KnownDistribution.Partial(q.Select((x, id) => (id, Math.Log(x))), 0, 4, 0, "Q"),
            KnownDistribution.Partial([(0, Math.Log(0.5))], Math.Log(0.5), 4, 0, "P"));
        Close(0.5 * Math.Log(0.5 / 0.4) + 0.5 * Math.Log(0.5 / 0.1), found.KlAlignedBase.High);
        Assert.Equal(double.PositiveInfinity, found.KlBaseAligned.High); // P may be 0 where Q is not
        Close(Divergence.Js(Log([0.5, 0, 0, 0.5]), Log(q)), found.Js.High);
        Close(Math.Log(2), found.AlignedEntropy.Low);
        Close(0.5 * Math.Log(2) + 0.5 * Math.Log(6), found.AlignedEntropy.High);
    }

    [Fact]
    public void Sums_that_single_precision_carries_above_1_have_no_tail_and_larger_ones_are_refused()
    {
        var rounded = KnownDistribution.Partial([(0, Math.Log(0.9)), (1, Math.Log(0.1000003))], Math.Log(0.1), 50, 4e-6, "the server");
        Assert.Equal(0, rounded.LeastTail);
        Assert.InRange(rounded.MostTail, 0, 4.1e-6);

        Assert.Contains("the server gives probabilities that sum to 1.2", Assert.Throws<UrialException>(() =>
            KnownDistribution.Partial([(0, Math.Log(0.9)), (1, Math.Log(0.3))], 0, 50, 4e-6, "the server")).Message);
        Assert.Contains("cannot make up the rest", Assert.Throws<UrialException>(() =>
            KnownDistribution.Partial([(0, Math.Log(0.5)), (1, Math.Log(0.01))], Math.Log(0.01), 10, 4e-6, "the server")).Message);
        Assert.Contains("lists token 1 twice", Assert.Throws<UrialException>(() =>
            KnownDistribution.Partial([(1, -1.0), (1, -1.0)], -1, 10, 0, "the server")).Message);
        Assert.Contains("lists token 10, and the vocabulary has 0 to 9", Assert.Throws<UrialException>(() =>
            KnownDistribution.Partial([(10, -1.0)], -1, 10, 0, "the server")).Message);
    }

    // Peaked and flat ones, alike, with other tops, or with none in common.
    private static (double[] Base, double[] Aligned) Pair(Random random, int size)
    {
        var kind = random.Next(5);
        var sharpness = new[] { 0.1, 1, 4, 12 }[random.Next(4)];
        var b = Enumerable.Range(0, size).Select(_ => sharpness * Normal(random)).ToArray();
        var a = kind switch
        {
            0 => b,
            1 => [.. b.Select(x => x + 0.1 * Normal(random))],
            2 => [.. b.Reverse()],
            3 => [.. b.Select((x, i) => i < size / 2 ? x - 15 : x + 15)],
            _ => Enumerable.Range(0, size).Select(_ => sharpness * Normal(random)).ToArray(),
        };
        return (Softmax(b), Softmax(a));
    }

    private static KnownDistribution Cut(double[] p, int k, int token)
    {
        int[] ids = [.. Enumerable.Range(0, p.Length).OrderByDescending(id => p[id]).Take(k)];
        return KnownDistribution.Partial(
            ids.Append(token).Distinct().Select(id => (id, Math.Log(p[id]))), Math.Log(p[ids[^1]]), p.Length, 0, "a list");
    }

    private static IEnumerable<(string, Bounds, Bounds)> Named(ShiftBounds one, ShiftBounds other) =>
    [
        ("KL(aligned‖base)", one.KlAlignedBase, other.KlAlignedBase), ("KL(base‖aligned)", one.KlBaseAligned, other.KlBaseAligned),
        ("JS", one.Js, other.Js), ("base entropy", one.BaseEntropy, other.BaseEntropy),
        ("aligned entropy", one.AlignedEntropy, other.AlignedEntropy),
    ];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double[] Softmax(double[] x)
    {
        var sum = x.Sum(y => Math.Exp(y - x.Max()));
        return [.. x.Select(y => Math.Exp(y - x.Max()) / sum)];
    }

    private static KnownDistribution Row(double[] p) => KnownDistribution.Whole(Array.ConvertAll(Log(p), x => (float)x));

    private static double[] Log(double[] p) => Array.ConvertAll(p, Math.Log);

    private static void Close(double expected, double actual) => Assert.Equal(expected, actual, 1e-9 * (1 + Math.Abs(expected)));
}
