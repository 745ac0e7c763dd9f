namespace Urial;

/// <summary>Direct preference optimisation of a tuned model against itself as it was.</summary>
public static class PreferenceTuning
{
    /// <summary>Tunes weights, or an adapter.</summary>
    /// <param name="weights">What is tuned; it changes.</param>
    /// <param name="reference">The model as it was, which the tuned one is held to.</param>
    /// <param name="pairs">The preferences.</param>
    /// <param name="pad">The padding id.</param>
    /// <param name="options">Settings.</param>
    /// <param name="report">Takes a point of the curve at each step.</param>
    /// <returns>The mean rewards of the last tenth of the steps: a chosen reward far below zero means that tuning ran away.</returns>
    /// <exception cref="UrialException">The loss is no number any more.</exception>
    public static (double Chosen, double Rejected) Run(ITrainable weights, Decoder reference, IReadOnlyList<PreferencePair> pairs,
        int pad, TuningOptions options, Action<TrainingPoint> report)
    {
        var points = new List<TrainingPoint>();
        Loop(weights, reference, pairs, pad, options, point =>
        {
            points.Add(point);
            report(point);
        }).Run();
        var tail = points.TakeLast(Math.Max(1, points.Count / 10)).ToList();
        return (tail.Average(point => point.ChosenReward!.Value), tail.Average(point => point.RejectedReward!.Value));
    }

    /// <summary>The loop over given pairs.</summary>
    internal static TuningLoop Loop(ITrainable weights, Decoder reference, IReadOnlyList<PreferencePair> pairs, int pad,
        TuningOptions options, Action<TrainingPoint> report) => new("dpo", weights, pairs.Count, options, report)
        {
            Learn = rows =>
            {
                List<PreferencePair> batch = [.. rows.Select(row => pairs[row])];
                var (loss, chosen, rejected) = Loss(weights.Model, reference, batch, pad, options.Beta);
                return new LearntStep(loss, batch.Sum(pair => pair.ChosenIds.Length + pair.RejectedIds.Length))
                {
                    ChosenReward = chosen,
                    RejectedReward = rejected,
                };
            },
        };

    /// <summary>
    /// The loss of one batch (sigmoid loss, Rafailov et al., arXiv 2305.18290, eq. 7; mean over pairs), whose gradients are added to the
    /// policy's parameters, and the mean rewards β·(log π − log π_ref).
    /// </summary>
    /// <param name="policy">The model in training.</param>
    /// <param name="reference">The frozen model.</param>
    /// <param name="batch">The pairs.</param>
    /// <param name="pad">The padding id.</param>
    /// <param name="beta">How strongly the policy is held to the reference.</param>
    public static (double Loss, double ChosenReward, double RejectedReward) Loss(Decoder policy, Decoder reference,
        IReadOnlyList<PreferencePair> batch, int pad, double beta)
    {
        double loss = 0, chosen = 0, rejected = 0;
        foreach (var pairs in TuningBatch.Passes(batch, pair => Math.Max(pair.Chosen.Read, pair.Rejected.Read), rows: 2))
        {
            List<TokenPair> rows = [.. pairs.Select(pair => pair.Chosen), .. pairs.Select(pair => pair.Rejected)];
            var before = AnswerLosses.Nats(reference, rows, pad); // [2 · pairs]
            AnswerLosses.Backward(policy, rows, pad, under =>
            {
                var weights = new double[rows.Count];
                for (var i = 0; i < pairs.Count; i++)
                {
                    var (up, down) = (beta * (before[i] - under[i]), beta * (before[pairs.Count + i] - under[pairs.Count + i]));
                    // −log σ(m) and its derivative by m, which is −σ(−m); m falls by β with each nat of the chosen answer.
                    var margin = up - down;
                    var odds = 1 / (1 + Math.Exp(margin));
                    loss += Math.Max(0, -margin) + Math.Log(1 + Math.Exp(-Math.Abs(margin)));
                    (chosen, rejected) = (chosen + up, rejected + down);
                    weights[i] = beta * odds / batch.Count;
                    weights[pairs.Count + i] = -weights[i];
                }
                return weights;
            });
        }
        return (loss / batch.Count, chosen / batch.Count, rejected / batch.Count);
    }
}
