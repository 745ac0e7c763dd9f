using TorchSharp;
using static TorchSharp.torch;

namespace Urial.MicroWorld;

/// <summary>Supervised fine-tuning: the next-token loss on answers alone.</summary>
internal static class SupervisedTuning
{
    /// <summary>Tunes a copy of a model.</summary>
    /// <param name="start">The model to start from; stays as it is.</param>
    /// <param name="examples">Prompts and answers.</param>
    /// <param name="pad">The padding id.</param>
    /// <param name="options">Settings.</param>
    /// <param name="report">Takes a point of the curve at each step.</param>
    /// <param name="keep">Called after each step with the steps done; where it says so, the weights of that moment are kept.</param>
    /// <returns>The tuned decoder, and the kept ones by step.</returns>
    public static (Decoder Tuned, IReadOnlyDictionary<int, Decoder> Kept) Run(Decoder start, IReadOnlyList<TokenPair> examples, int pad,
        TuningOptions options, Action<TrainingPoint> report, Func<int, bool>? keep = null)
    {
        using var weights = new TrainableWeights(start, ScalarType.Float32);
        using var optimiser = new AdamW(weights, options.WeightDecay, options.Clip);
        var schedule = new Schedule([new(options.Steps(examples.Count), options.Rate, 1)], tokensPerStep: 1, options.WarmUp);
        var random = new Random(options.Seed);
        var kept = new Dictionary<int, Decoder>();
        var step = 0;
        long tokens = 0;
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            var order = Enumerable.Range(0, examples.Count).ToArray();
            random.Shuffle(order);
            foreach (var rows in order.Chunk(options.BatchSize))
            {
                var batch = rows.Select(r => examples[r]).ToList();
                var loss = Loss(weights.Model, batch, pad);
                var norm = optimiser.Step(schedule.Rate(step));
                tokens += batch.Sum(p => p.AnswerIds.Length);
                step++;
                report(new TrainingPoint("sft", step, schedule.Steps, tokens, loss, schedule.Rate(step - 1), norm));
                if (keep?.Invoke(step) == true)
                    kept[step] = weights.Snapshot();
            }
        }
        return (weights.Snapshot(), kept);
    }

    /// <summary>The loss of one batch (mean over its answer tokens, nats), with the gradients left in the model's weights.</summary>
    public static double Loss(Decoder model, IReadOnlyList<TokenPair> batch, int pad)
    {
        using var scope = NewDisposeScope();
        var (inputs, targets) = TuningBatch.Of(batch, pad); // [batch, positions]
        var loss = Losses.CrossEntropy(model.Forward(inputs), targets);
        loss.backward();
        return loss.item<float>();
    }
}
