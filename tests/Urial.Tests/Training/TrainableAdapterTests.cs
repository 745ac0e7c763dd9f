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
        using var first = TrainableAdapter.Fresh(_base.Config, rank: 4, seed: 1);
        using var adapter = new TrainableAdapter(_base, first);
        Assert.Equal(7 * _base.Config.Layers, adapter.Targets.Count);
        Assert.Equal(SupervisedTuning.Measure(_base, Batch, 0), SupervisedTuning.Measure(adapter.Model, Batch, 0), 6);
        using var again = new TrainableAdapter(_base, TrainableAdapter.Fresh(_base.Config, rank: 4, seed: 1));
        using var other = new TrainableAdapter(_base, TrainableAdapter.Fresh(_base.Config, rank: 4, seed: 2));
        Assert.True(adapter.Parameters.Master.equal(again.Parameters.Master).all().item<bool>());
        Assert.False(adapter.Parameters.Master.equal(other.Parameters.Master).all().item<bool>());
    }

    [Fact]
    public void Its_gradients_are_those_of_the_whole_weights_times_the_other_matrix()
    {
        using var full = new TrainableWeights(_base, Precision.F32);
        using var adapter = Drawn(_base, alpha: 6);
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

    [Theory]
    [InlineData("llama")]     // a head of its own
    [InlineData("gpt2")]      // weights [in, out]
    [InlineData("gpt-neox")]  // queries, keys and values in one matrix, by head
    [InlineData("phi3")]      // fused in two places
    [InlineData("gemma3")]
    public void What_was_trained_is_what_a_merged_decoder_computes(string family)
    {
        using var start = Decoder.Load(Repository.Path("tests", "golden", "models", family));
        using var fresh = TrainableAdapter.Fresh(start.Config, rank: 4, seed: 1);
        using var adapter = new TrainableAdapter(start, fresh);
        TokenPair[] batch = [new([3, 5, 7, 9], [11, 13, 17, 2]), new([4, 6], [8, 10, 12, 14, 16, 2])];
        var losses = new List<double>();
        SupervisedTuning.Run(adapter, batch, 0, new TuningOptions { Epochs = 12, BatchSize = 2, Rate = 5e-3, WarmUp = 1, WeightDecay = 0 },
            point => losses.Add(point.Loss));
        Assert.Equal(12, losses.Count);
        Assert.True(losses[^1] < losses[0] - 0.5, $"the loss went from {losses[0]} to {losses[^1]}");
        using var merged = Merged(start, adapter, fresh);
        Assert.Equal(SupervisedTuning.Measure(merged, batch, 0), SupervisedTuning.Measure(adapter.Model, batch, 0), 4);
        Assert.Equal(losses[0], SupervisedTuning.Measure(start, batch, 0), 4); // the base's weights stayed
    }

    [Fact]
    public void A_head_of_its_own_is_trained_too_and_what_cannot_be_is_refused()
    {
        using var start = Decoder.Load(Repository.Path("tests", "golden", "models", "llama"));
        using var noGrad = no_grad();
        var shape = start.Weights["lm_head.weight"].shape;
        var config = new AdapterConfig { Rank = 2, Alpha = 2, TargetModules = ["lm_head"] };
        using var head = LowRankAdapter.Of(config, new Dictionary<string, (Tensor, Tensor)>
        {
            ["lm_head.weight"] = (randn(2, shape[1]), randn(shape[0], 2)),
        });
        using var adapter = new TrainableAdapter(start, head);
        using var merged = Merged(start, adapter, head);
        Assert.Equal(SupervisedTuning.Measure(merged, Batch, 0), SupervisedTuning.Measure(adapter.Model, Batch, 0), 3);
        Assert.NotEqual(SupervisedTuning.Measure(start, Batch, 0), SupervisedTuning.Measure(adapter.Model, Batch, 0), 3);

        shape = start.Weights["model.embed_tokens.weight"].shape;
        using var embedding = LowRankAdapter.Of(config, new Dictionary<string, (Tensor, Tensor)>
        {
            ["model.embed_tokens.weight"] = (zeros(2, shape[1]), zeros(shape[0], 2)),
        });
        Assert.Contains("model.embed_tokens.weight", Assert.Throws<UrialException>(() => new TrainableAdapter(start, embedding)).Message);
    }

    [Fact]
    public void Preferences_move_the_rewards_apart_and_start_from_where_the_reference_is()
    {
        using var adapter = Drawn(_base, alpha: 4);
        using var reference = Drawn(_base, alpha: 4);
        PreferencePair[] pairs = [new([3, 5, 7], [11, 13, 2], [12, 14, 16, 2]), new([4, 6], [8, 10, 2], [9, 9, 9])];
        var points = new List<TrainingPoint>();
        var (chosen, rejected) = PreferenceTuning.Run(adapter, reference.Model, pairs, 0,
            new TuningOptions { Epochs = 10, BatchSize = 2, Rate = 3e-3, WarmUp = 1, WeightDecay = 0, Beta = 0.5 }, points.Add);
        Assert.Equal(Math.Log(2), points[0].Loss, 5);
        Assert.Equal(0, points[0].ChosenReward!.Value, 5);
        Assert.True(chosen - rejected > 0.5, $"rewards {chosen} and {rejected}");
    }

    private static TrainableAdapter Drawn(Decoder start, double alpha)
    {
        var fresh = TrainableAdapter.Fresh(start.Config, rank: 4, seed: 1);
        var adapter = new TrainableAdapter(start, LowRankAdapter.Of(fresh.Config with { Alpha = alpha },
            fresh.Matrices.ToDictionary(entry => entry.Key, entry => (entry.Value.A, entry.Value.B))));
        using var noGrad = no_grad();
        using var generator = new Generator(7, CPU);
        adapter.Parameters.Master.normal_(0, 0.05, generator);
        adapter.Parameters.Publish();
        return adapter;
    }

    private static Decoder Merged(Decoder start, TrainableAdapter adapter, LowRankAdapter first)
    {
        using var now = first.With(adapter.Snapshot(), "base", null);
        return new Decoder(start.Config, start.Weights.ToDictionary(weight => weight.Key, weight => now.Matrices.ContainsKey(weight.Key)
            ? now.Merged(weight.Key, weight.Value, start.Config.Family.Transposed) : weight.Value.clone()));
    }

    private static void Close(Tensor expected, Tensor actual)
    {
        var largest = expected.abs().max().item<float>();
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, largest * 1e-4f);
    }
}
