namespace Urial;

/// <summary>Supervised fine-tuning: the next-token loss on answers alone.</summary>
public static class SupervisedTuning
{
    /// <summary>Tunes weights, or an adapter.</summary>
    /// <param name="weights">What is tuned; it changes.</param>
    /// <param name="examples">Prompts and answers.</param>
    /// <param name="pad">The padding id.</param>
    /// <param name="options">Settings.</param>
    /// <param name="report">Takes a point of the curve at each step.</param>
    /// <param name="keep">Called after each step with the steps done; what it does with the weights of that moment is its affair.</param>
    /// <exception cref="UrialException">The loss is no number any more.</exception>
    public static void Run(ITrainable weights, IReadOnlyList<TokenPair> examples, int pad, TuningOptions options,
        Action<TrainingPoint> report, Action<int>? keep = null) =>
        Loop(weights, examples, pad, options, report).Run(keep);

    /// <summary>The loop over given examples.</summary>
    internal static TuningLoop Loop(ITrainable weights, IReadOnlyList<TokenPair> examples, int pad, TuningOptions options,
        Action<TrainingPoint> report) => new("sft", weights, examples.Count, options, report)
        {
            Learn = rows =>
            {
                List<TokenPair> batch = [.. rows.Select(row => examples[row])];
                return new LearntStep(Loss(weights.Model, batch, pad), batch.Sum(pair => pair.AnswerIds.Length));
            },
        };

    /// <summary>The loss of one batch (mean over its answer tokens, nats); its gradients are added to the model's parameters.</summary>
    public static double Loss(Decoder model, IReadOnlyList<TokenPair> batch, int pad)
    {
        var tokens = batch.Sum(pair => pair.AnswerIds.Length);
        return TuningBatch.Passes(batch, pair => pair.Read)
            .Sum(rows => AnswerLosses.Backward(model, rows, pad, null, 1.0 / tokens).Sum()) / tokens;
    }

    /// <summary>The loss over examples that nothing is learnt from: mean over all answer tokens, nats.</summary>
    public static double Measure(Decoder model, IReadOnlyList<TokenPair> examples, int pad) =>
        TuningBatch.Passes(examples, pair => pair.Read).Sum(rows => AnswerLosses.Nats(model, rows, pad).Sum())
            / examples.Sum(pair => pair.AnswerIds.Length);
}
