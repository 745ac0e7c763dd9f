namespace Urial;

/// <summary>
/// Passes over examples in an order drawn anew for each: the loop that supervised and preference tuning share. It can measure itself on
/// examples that nothing is learnt from, keeps the parameters that did best there, and ends early where they do not get better; and it
/// can write a checkpoint now and then, from which a killed run goes on as if nothing had been.
/// </summary>
/// <param name="stage">What the points of the curve are called.</param>
/// <param name="weights">What is tuned.</param>
/// <param name="examples">How many examples there are.</param>
/// <param name="options">Settings.</param>
/// <param name="report">Takes a point of the curve at each step.</param>
internal sealed class TuningLoop(string stage, ITrainable weights, int examples, TuningOptions options, Action<TrainingPoint> report)
{
    /// <summary>How often the loss on other examples is measured in a pass over the training examples.</summary>
    public const int MeasuresOfEpoch = 4;

    /// <summary>No fewer steps lie between two measures.</summary>
    public const int LeastSteps = 8;

    /// <summary>So many measures in a row without a better one end the run.</summary>
    public const int Patience = MeasuresOfEpoch;

    /// <summary>Computes the gradients of a batch, given the numbers of its examples.</summary>
    public required Func<int[], LearntStep> Learn { get; init; }

    /// <summary>The loss on examples that nothing is learnt from; null: all steps are taken, and the last parameters stay.</summary>
    public Func<double>? Measure { get; set; }

    /// <summary>Where the run's state is kept; null: nowhere.</summary>
    public TuningCheckpoint? Checkpoint { get; set; }

    /// <summary>Runs, or goes on from the checkpoint. At its end the best parameters stand in the weights.</summary>
    /// <param name="keep">Called after each step with the steps done.</param>
    /// <param name="cancel">Ends the run after the step in hand, with a checkpoint.</param>
    /// <returns>How far it came.</returns>
    /// <exception cref="UrialException">The loss is no number any more, or the checkpoint is damaged.</exception>
    public TuningProgress Run(Action<int>? keep = null, CancellationToken cancel = default)
    {
        using var optimiser = new AdamW(weights.Parameters, options.WeightDecay, options.Clip);
        using var best = new BestParameters(weights.Parameters);
        var schedule = new Schedule([new(options.Steps(examples), options.Rate, 1)], tokensPerStep: 1, options.WarmUpOf(examples));
        var done = Checkpoint?.Read(weights.Parameters, optimiser, best) ?? new TuningProgress(0, 0);
        var everySteps = Math.Max(LeastSteps, options.Steps(examples) / options.Epochs / MeasuresOfEpoch);
        foreach (var (step, rows) in Batches().Skip(done.Steps))
        {
            if (Measure is not null && best.Stale >= Patience)
                break;
            var learnt = Learn(rows);
            if (!double.IsFinite(learnt.Loss))
                throw new UrialException(FormattableString.Invariant(
                    $"Step {step + 1}: the loss is {learnt.Loss}. Lower the learning rate (now {options.Rate}) or try another seed."));
            var norm = optimiser.Step(schedule.Rate(step));
            done = new TuningProgress(step + 1, done.Tokens + learnt.Tokens);
            var last = done.Steps == schedule.Steps;
            double? dev = Measure is not null && (done.Steps % everySteps == 0 || last) ? Measure() : null;
            if (dev is not null)
                best.Take(dev.Value, done.Steps);
            report(new TrainingPoint(stage, done.Steps, schedule.Steps, done.Tokens, learnt.Loss, schedule.Rate(step), norm)
            {
                DevLoss = dev,
                ChosenReward = learnt.ChosenReward,
                RejectedReward = learnt.RejectedReward,
            });
            keep?.Invoke(done.Steps);
            Checkpoint?.Write(done, weights.Parameters, optimiser, best, at: last || cancel.IsCancellationRequested);
            cancel.ThrowIfCancellationRequested();
        }
        best.Restore();
        return done with { Best = best.Step, DevLoss = best.Loss };
    }

    private IEnumerable<(int Step, int[] Rows)> Batches()
    {
        var random = new Random(options.Seed);
        var step = 0;
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            var order = Enumerable.Range(0, examples).ToArray();
            random.Shuffle(order);
            foreach (var rows in order.Chunk(options.BatchSize))
                yield return (step++, rows);
        }
    }
}
