using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Training;

/// <summary>An adapter in training: what it computes, its gradients, and that it merges into what was trained.</summary>
public sealed class TrainableAdapterTests : IDisposable
{
    private static readonly TokenPair[] Batch =
        [new([3, 5, 7, 9], [11, 13, 17, 2]), new([4, 6], [8, 10, 12, 14, 16, 2]), new([5], [21, 2])];

    private readonly Decoder _base = Decoder.Load(Repository.Path("tests", "golden", "shift", "base"));

    public void Dispose() => _base.Dispose();

    [Fact]
    public void A_fresh_adapter_changes_nothing_and_asks_for_every_matrix_of_the_blocks()
    {
        using var adapter = new TrainableAdapter(_base, rank: 4, scale: 2, seed: 1);
        Assert.Equal(7 * _base.Config.Layers, adapter.Targets.Count);
        Assert.Equal(SupervisedTuning.Measure(_base, Batch, 0), SupervisedTuning.Measure(adapter.Model, Batch, 0), 6);
        using var again = new TrainableAdapter(_base, rank: 4, scale: 2, seed: 1);
        using var other = new TrainableAdapter(_base, rank: 4, scale: 2, seed: 2);
        Assert.True(adapter.Parameters.Master.equal(again.Parameters.Master).all().item<bool>());
        Assert.False(adapter.Parameters.Master.equal(other.Parameters.Master).all().item<bool>());
    }

    [Fact]
    public void Its_gradients_are_those_of_the_whole_weights_times_the_other_matrix()
    {
        using var full = new TrainableWeights(_base, Precision.F32);
        using var adapter = Drawn(scale: 1.5);
        using var scope = NewDisposeScope();
        const string name = "model.layers.1.mlp.up_proj.weight";
        // The whole weights have to stand where the adapter puts them.
        foreach (var target in adapter.Targets)
            using (no_grad())
                full.Parameters.Compute[target].add_(adapter.Parameters.Compute[target + ".B"]
                    .matmul(adapter.Parameters.Compute[target + ".A"]) * 1.5);
        var loss = SupervisedTuning.Loss(full.Model, Batch, 0);
        Assert.Equal(loss, SupervisedTuning.Loss(adapter.Model, Batch, 0), 5);
        var (a, b) = (adapter.Parameters.Compute[name + ".A"], adapter.Parameters.Compute[name + ".B"]);
        var whole = full.Parameters.Compute[name].grad!;
        Close(b.detach().t().matmul(whole) * 1.5, a.grad!);
        Close(whole.matmul(a.detach().t()) * 1.5, b.grad!);
        Assert.True(_base.Weights.Values.All(weight => weight.grad is null));
    }

    [Fact]
    public void Passes_of_few_texts_and_blocks_of_the_head_add_up_to_the_batch()
    {
        TokenPair[] many = [.. Enumerable.Range(0, 40).Select(i => new TokenPair(
            [.. Enumerable.Range(1, 5 + i % 7).Select(t => t * 3 + i)],
            [.. Enumerable.Range(1, 20 + 3 * i).Select(t => (t * 7 + i) % 900), 2]))];
        Assert.True(TuningBatch.Passes(many, pair => pair.Read).Count() > 2);
        Assert.Equal(many.Length, TuningBatch.Passes(many, pair => pair.Read).Sum(pass => pass.Count));
        using var weights = new TrainableWeights(_base, Precision.F32);
        var loss = SupervisedTuning.Loss(weights.Model, many, 0);
        var norm = weights.Parameters.GatherGradient();
        using var scope = NewDisposeScope();
        var (inputs, targets) = TuningBatch.Of(many, 0);
        var whole = Losses.CrossEntropy(weights.Model.Forward(inputs), targets);
        whole.backward();
        Assert.Equal(whole.item<float>(), loss, 4);
        Assert.Equal(weights.Parameters.GatherGradient(), norm, norm * 1e-4);
    }

    [Fact]
    public void What_was_trained_is_what_a_merged_decoder_computes()
    {
        using var adapter = new TrainableAdapter(_base, rank: 4, scale: 2, seed: 1);
        var losses = new List<double>();
        SupervisedTuning.Run(adapter, Batch, 0, new TuningOptions { Epochs = 12, BatchSize = 3, Rate = 5e-3, WarmUp = 1, WeightDecay = 0 },
            point => losses.Add(point.Loss));
        Assert.Equal(12, losses.Count);
        Assert.True(losses[^1] < losses[0] / 2, $"the loss went from {losses[0]} to {losses[^1]}");
        using var merged = Merged(adapter, scale: 2);
        Assert.Equal(SupervisedTuning.Measure(merged, Batch, 0), SupervisedTuning.Measure(adapter.Model, Batch, 0), 4);
        Assert.True(SupervisedTuning.Measure(_base, Batch, 0) > losses[^1] * 2); // the base's weights stayed
    }

    [Fact]
    public void Preferences_move_the_rewards_apart_and_start_from_where_the_reference_is()
    {
        using var adapter = Drawn(scale: 1);
        using var reference = Drawn(scale: 1);
        PreferencePair[] pairs = [new([3, 5, 7], [11, 13, 2], [12, 14, 16, 2]), new([4, 6], [8, 10, 2], [9, 9, 9])];
        var points = new List<TrainingPoint>();
        var (chosen, rejected) = PreferenceTuning.Run(adapter, reference.Model, pairs, 0,
            new TuningOptions { Epochs = 10, BatchSize = 2, Rate = 3e-3, WarmUp = 1, WeightDecay = 0, Beta = 0.5 }, points.Add);
        Assert.Equal(Math.Log(2), points[0].Loss, 5);
        Assert.Equal(0, points[0].ChosenReward!.Value, 5);
        Assert.True(chosen - rejected > 0.5, $"rewards {chosen} and {rejected}");
    }

    private TrainableAdapter Drawn(double scale)
    {
        var adapter = new TrainableAdapter(_base, rank: 4, scale: scale, seed: 1);
        using var noGrad = no_grad();
        using var generator = new Generator(7, CPU);
        adapter.Parameters.Master.normal_(0, 0.05, generator);
        adapter.Parameters.Publish();
        return adapter;
    }

    private Decoder Merged(TrainableAdapter adapter, double scale)
    {
        using var noGrad = no_grad();
        var matrices = adapter.Snapshot();
        return new Decoder(_base.Config, _base.Weights.ToDictionary(weight => weight.Key, weight =>
            matrices.TryGetValue(weight.Key, out var pair) ? weight.Value + pair.B.matmul(pair.A) * scale : weight.Value.clone()));
    }

    private static void Close(Tensor expected, Tensor actual)
    {
        var largest = expected.abs().max().item<float>();
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, largest * 1e-4f);
    }
}
