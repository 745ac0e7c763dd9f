using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Shift;

/// <summary>The vectorised numbers against the plain definitions.</summary>
public sealed class ShiftMetricsTests
{
    private static readonly HashSet<int> Eos = [2];

    [Fact]
    public void Agree_with_the_definitions_row_by_row()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7, CPU);
        var baseLogits = randn([5, 40], generator: generator) * 4;
        var alignedLogits = randn([5, 40], generator: generator) * 4;
        int[] ids = [0, 39, 2, 17, 17];

        var shifts = ShiftMetrics.Compare(baseLogits, alignedLogits, ids, 100, Eos, 3);

        for (var i = 0; i < ids.Length; i++)
        {
            float[] rowBase = [.. baseLogits[i].data<float>()], rowAligned = [.. alignedLogits[i].data<float>()];
            double[] p = Divergence.LogSoftmax(rowBase), q = Divergence.LogSoftmax(rowAligned);
            var shift = shifts[i];
            Assert.Equal(100 + i, shift.Position);
            Assert.Equal(ids[i], shift.TokenId);
            Assert.Equal(BaseRank.Of(rowBase, ids[i]), shift.BaseRank);
            Assert.Equal(Math.Exp(p[ids[i]]), shift.BaseProbability, 12);
            Assert.Equal(Math.Exp(q[ids[i]]), shift.AlignedProbability, 12);
            Assert.Equal(Divergence.Kl(q, p), shift.KlAlignedBase, 10);
            Assert.Equal(Divergence.Kl(p, q), shift.KlBaseAligned, 10);
            Assert.Equal(Divergence.Js(p, q), shift.Js, 10);
            Assert.Equal(Divergence.Entropy(p), shift.BaseEntropy, 10);
            Assert.Equal(Divergence.Entropy(q), shift.AlignedEntropy, 10);
            Assert.Equal(Array.IndexOf(rowAligned, rowAligned.Max()), shift.AlignedArgmaxId);
            Assert.Equal(ids[i] == 2, shift.IsEos);
            Assert.Equal(Best(rowBase, 3), shift.BaseTop.Select(t => t.Id));
            Assert.Equal(Best(rowAligned, 3), shift.AlignedTop.Select(t => t.Id));
            Assert.All(shift.BaseTop, t => Assert.Equal(Math.Exp(p[t.Id]), t.Probability, 12));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 30)]
    [InlineData(7, 4)]
    [InlineData(8, 100)]
    [InlineData(9, 0.001)]
    [InlineData(31, 12)]
    [InlineData(1003, 6)]
    public void Agree_with_the_definitions_at_every_length_and_scale(int vocabulary, double scale)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)vocabulary, CPU);
        var baseLogits = (randn([3, vocabulary], generator: generator) * scale).round(decimals: 1); // rounded: equal logits occur
        var alignedLogits = (randn([3, vocabulary], generator: generator) * scale + 300).round(decimals: 1);
        int[] ids = [0, vocabulary - 1, vocabulary / 2];

        var shifts = ShiftMetrics.Compare(baseLogits, alignedLogits, ids, 0, Eos, 5);

        foreach (var (shift, i) in shifts.Select((shift, i) => (shift, i)))
        {
            float[] rowBase = [.. baseLogits[i].data<float>()], rowAligned = [.. alignedLogits[i].data<float>()];
            double[] p = Divergence.LogSoftmax(rowBase), q = Divergence.LogSoftmax(rowAligned);
            Assert.Equal(BaseRank.Of(rowBase, ids[i]), shift.BaseRank);
            Assert.Equal(Divergence.Kl(q, p), shift.KlAlignedBase, 1e-12 * (1 + scale));
            Assert.Equal(Divergence.Kl(p, q), shift.KlBaseAligned, 1e-12 * (1 + scale));
            Assert.Equal(Divergence.Js(p, q), shift.Js, 1e-13);
            Assert.Equal(Divergence.Entropy(p), shift.BaseEntropy, 1e-12 * (1 + scale));
            Assert.Equal(Divergence.Entropy(q), shift.AlignedEntropy, 1e-12 * (1 + scale));
            Assert.Equal(Math.Exp(q[ids[i]]), shift.AlignedProbability, 1e-12);
            Assert.Equal(Best(rowBase, 5), shift.BaseTop.Select(t => t.Id));
            Assert.Equal(Best(rowAligned, 5), shift.AlignedTop.Select(t => t.Id));
        }
    }

    [Fact]
    public void One_model_beside_itself_is_exactly_0_apart()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3, CPU);
        var logits = randn([1, 1001], generator: generator) * 5;

        var shift = ShiftMetrics.Compare(logits, logits, [7], 0, Eos, 0)[0];

        Assert.Equal((0.0, 0.0, 0.0), (shift.KlAlignedBase, shift.KlBaseAligned, shift.Js));
    }

    [Fact]
    public void Ties_go_to_the_smaller_id_in_ranks_and_in_top_tokens()
    {
        using var scope = NewDisposeScope();
        var even = zeros(1, 64);

        var shift = ShiftMetrics.Compare(even, even, [10], 0, Eos, 4)[0];

        Assert.Equal(11, shift.BaseRank);
        Assert.Equal(0, shift.AlignedArgmaxId);
        Assert.Equal([0, 1, 2, 3], shift.BaseTop.Select(t => t.Id));
        Assert.Equal(1.0 / 64, shift.BaseProbability, 14);
        Assert.Equal(Math.Log(64), shift.BaseEntropy, 12);
        Assert.Equal(0, shift.KlAlignedBase, 14);
        Assert.Equal(0, shift.Js, 14);
    }

    [Fact]
    public void One_hot_models_that_disagree_are_ln_2_apart_in_JS()
    {
        using var scope = NewDisposeScope();
        var first = tensor([800f, 0f, 0f]).unsqueeze(0);
        var last = tensor([0f, 0f, 800f]).unsqueeze(0);

        var shift = ShiftMetrics.Compare(first, last, [2], 0, Eos, 0)[0];

        Assert.Equal(Math.Log(2), shift.Js, 12);
        Assert.Equal(800, shift.KlAlignedBase, 8); // e⁻⁸⁰⁰ underflows, its logarithm does not
        Assert.Equal(0, shift.BaseEntropy, 12);
        Assert.Empty(shift.BaseTop);
        Assert.Empty(shift.AlignedTop);
        Assert.Equal(2, shift.AlignedArgmaxId);
    }

    [Fact]
    public void More_top_tokens_than_there_are_gives_them_all()
    {
        using var scope = NewDisposeScope();
        var logits = tensor([1f, 3f, 2f]).unsqueeze(0);

        Assert.Equal([1, 2, 0], ShiftMetrics.Compare(logits, logits, [0], 0, Eos, 10)[0].BaseTop.Select(t => t.Id));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("[1, 3]",
            Assert.Throws<ArgumentException>(() => ShiftMetrics.Compare(zeros(1, 3), zeros(1, 4), [0], 0, Eos, 1)).Message);
        Assert.Throws<ArgumentException>(() => ShiftMetrics.Compare(zeros(1, 3), zeros(1, 3), [0, 1], 0, Eos, 1));
        Assert.Contains("id 3", Assert.Throws<ArgumentException>(
            () => ShiftMetrics.Compare(zeros(1, 3), zeros(1, 3), [3], 0, Eos, 1)).Message);
    }

    private static IEnumerable<int> Best(float[] logits, int top) =>
        Enumerable.Range(0, logits.Length).OrderByDescending(id => logits[id]).ThenBy(id => id).Take(top);
}
