using TorchSharp;
using static TorchSharp.torch;

namespace Urial.MicroWorld;

/// <summary>Trains a base model from nothing on the micro-world's corpus.</summary>
public static class Pretraining
{
    /// <summary>How often a point of the curve is reported, in steps.</summary>
    public const int ReportEvery = 20;

    /// <summary>Runs, or goes on from the checkpoint in <paramref name="folder"/>.</summary>
    /// <param name="config">The architecture.</param>
    /// <param name="stream">The tokens.</param>
    /// <param name="options">Settings.</param>
    /// <param name="folder">Where the checkpoint is kept; null for none.</param>
    /// <param name="report">Takes a point of the curve now and then.</param>
    /// <param name="cancel">Ends the run after the step in hand, with a checkpoint.</param>
    /// <returns>The trained decoder, f32.</returns>
    /// <exception cref="UrialException">The loss is no number any more, or the checkpoint belongs to other settings.</exception>
    public static Decoder Run(DecoderConfig config, TokenStream stream, PretrainingOptions options, string? folder,
        Action<TrainingPoint> report, CancellationToken cancel = default)
    {
        using var start = Decoder.Random(config, options.Seed);
        using var weights = new TrainableWeights(start, options.BrainFloat ? Precision.BF16 : Precision.F32);
        using var optimiser = new AdamW(weights.Parameters, options.WeightDecay, options.Clip);
        var schedule = options.Schedule;
        var file = folder is null ? null : Path.Combine(folder, "checkpoint.safetensors");
        var (step, state) = file is not null && File.Exists(file) ? PretrainingCheckpoint.Read(file, weights.Parameters, optimiser, options)
            : (0, StreamState.Start);
        double losses = 0, norms = 0;
        var counted = 0;
        var next = Batch(state, step);
        while (step < options.Steps)
        {
            var (ids, after) = next.Result;
            next = Batch(after, step + 1); // written on another core while this one is learnt from
            var loss = Loss(weights.Model, ids, options);
            if (!double.IsFinite(loss))
                throw new UrialException(
                    $"Step {step}: the loss is {loss}. Lower the learning rate (now {schedule.Rate(step)}) or try another seed.");
            norms += optimiser.Step(schedule.Rate(step));
            losses += loss;
            state = after;
            step++;
            counted++;
            var last = step == options.Steps || cancel.IsCancellationRequested;
            if (step % ReportEvery == 0 || last)
            {
                report(new TrainingPoint("base", step, options.Steps, (long)step * options.Rows * options.Context,
                    losses / counted, schedule.Rate(step - 1), norms / counted));
                (losses, norms, counted) = (0, 0, 0);
            }
            if (file is not null && (step % options.CheckpointEvery == 0 || last))
                PretrainingCheckpoint.Write(file, step, state, weights.Parameters, optimiser, options);
            cancel.ThrowIfCancellationRequested();
        }
        return weights.Snapshot();

        Task<(long[] Ids, StreamState After)> Batch(StreamState from, int at) =>
            Task.Run(() => stream.Next(from, options.Rows, options.Context + 1, Progress(at)), CancellationToken.None);

        // The corpus's copying phase has a length in tokens of its own, so that a longer plan does not change what was seen before.
        double Progress(int at) => (double)at * options.Rows * options.Context / options.CopyingTokens * Corpus.CopyingPhase;
    }

    private static double Loss(Decoder model, long[] ids, PretrainingOptions options)
    {
        using var scope = NewDisposeScope();
        var rows = tensor(ids, ScalarType.Int64).reshape(options.Rows, options.Context + 1); // [rows, context + 1]
        var logits = model.Forward(rows.narrow(1, 0, options.Context));                      // [rows, context, vocabulary]
        var loss = Losses.CrossEntropy(logits, rows.narrow(1, 1, options.Context));
        loss.backward();
        return loss.item<float>();
    }
}
