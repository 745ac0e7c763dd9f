using TorchSharp;
using static TorchSharp.torch;

namespace Urial.MicroWorld;

/// <summary>A preferred and a rejected answer to one prompt.</summary>
/// <param name="PromptIds">The prompt.</param>
/// <param name="ChosenIds">The preferred answer with its end of sequence.</param>
/// <param name="RejectedIds">The other answer.</param>
internal sealed record PreferencePair(int[] PromptIds, int[] ChosenIds, int[] RejectedIds);

/// <summary>Direct preference optimisation of a tuned model against itself as it was.</summary>
internal static class PreferenceTuning
{
    /// <summary>Tunes a copy of a model.</summary>
    /// <param name="reference">The model to start from and to be held to; stays as it is.</param>
    /// <param name="pairs">The preferences.</param>
    /// <param name="pad">The padding id.</param>
    /// <param name="options">Settings.</param>
    /// <param name="report">Takes a point of the curve at each step.</param>
    /// <returns>
    /// The tuned decoder, and the mean rewards of the last tenth of the steps: a chosen reward far below zero means that tuning ran away.
    /// </returns>
    public static (Decoder Tuned, double ChosenReward, double RejectedReward) Run(Decoder reference, IReadOnlyList<PreferencePair> pairs,
        int pad,
        TuningOptions options, Action<TrainingPoint> report)
    {
        using var weights = new TrainableWeights(reference, ScalarType.Float32);
        using var optimiser = new AdamW(weights, options.WeightDecay, options.Clip);
        var schedule = new Schedule([new(options.Steps(pairs.Count), options.Rate, 1)], tokensPerStep: 1, options.WarmUp);
        var random = new Random(options.Seed);
        var rewards = new List<(double Chosen, double Rejected)>();
        var step = 0;
        long tokens = 0;
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            var order = Enumerable.Range(0, pairs.Count).ToArray();
            random.Shuffle(order);
            foreach (var rows in order.Chunk(options.BatchSize))
            {
                var batch = rows.Select(r => pairs[r]).ToList();
                var (loss, chosen, rejected) = Loss(weights.Model, reference, batch, pad, options.Beta);
                var norm = optimiser.Step(schedule.Rate(step));
                rewards.Add((chosen, rejected));
                tokens += batch.Sum(p => p.ChosenIds.Length + p.RejectedIds.Length);
                step++;
                report(new TrainingPoint("dpo", step, schedule.Steps, tokens, loss, schedule.Rate(step - 1), norm));
            }
        }
        var tail = rewards.TakeLast(Math.Max(1, rewards.Count / 10)).ToList();
        return (weights.Snapshot(), tail.Average(r => r.Chosen), tail.Average(r => r.Rejected));
    }

    /// <summary>The loss of one batch, with the gradients left in the policy's weights, and the mean rewards.</summary>
    public static (double Loss, double ChosenReward, double RejectedReward) Loss(Decoder policy, Decoder reference,
        IReadOnlyList<PreferencePair> batch, int pad, double beta)
    {
        using var scope = NewDisposeScope();
        var both = batch.Select(p => new TokenPair(p.PromptIds, p.ChosenIds))
            .Concat(batch.Select(p => new TokenPair(p.PromptIds, p.RejectedIds))).ToList();
        var (inputs, targets) = TuningBatch.Of(both, pad);                          // [2 · batch, positions]
        var under = Losses.LogProbability(policy.Forward(inputs), targets);         // [2 · batch]
        Tensor before;
        using (no_grad())
            before = Losses.LogProbability(reference.Forward(inputs), targets);     // [2 · batch]
        var (loss, chosen, rejected) = Losses.Dpo(under.narrow(0, 0, batch.Count), under.narrow(0, batch.Count, batch.Count),
            before.narrow(0, 0, batch.Count), before.narrow(0, batch.Count, batch.Count), beta);
        loss.backward();
        return (loss.item<float>(), chosen.mean().item<float>(), rejected.mean().item<float>());
    }
}
