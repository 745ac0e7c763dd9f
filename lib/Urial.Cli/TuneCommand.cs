using System.CommandLine;

namespace Urial.Cli;

/// <summary><c>urial tune</c>: tunes a base model by an adapter, on written answers or on preferences.</summary>
internal static class TuneCommand
{
    /// <summary>The command, to be added to the root command.</summary>
    public static Command Create() => new("tune", "Tune a base model: a LoRA adapter in the layout of PEFT. The same command again goes on "
        + "with a run that was stopped.") { Sft(), Dpo() };

    private static Command Sft()
    {
        var options = new TuneOptions(TuneSettings.Sft);
        var rank = new Option<int>("--rank")
        {
            CustomParser = Number.Whole(1, 1024),
            Description = "Rank of the adapter's matrices, on every matrix of the blocks; alpha is twice the rank.",
            DefaultValueFactory = _ => 16,
            HelpName = "R",
        };
        var dev = new Option<string?>("--dev")
        {
            Description = "Written answers that nothing is learnt from. Their loss is measured up to four times an epoch, the parameters "
                + "that did best are kept, and four measures without a better one end the run.",
            HelpName = "FILE.jsonl",
        };
        var command = new Command("sft", "Supervised fine-tuning on written answers: the loss is on the answer and its end-of-turn alone.")
        {
            options.Base(required: true), options.Data("JSON lines with instruction and output, or instruction, opener, body and closer."),
            options.Out, rank, options.Epochs, options.Batch, options.Rate, options.Limit, options.Seed, options.Dtype, dev,
            options.BaseName, options.CheckpointEvery,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(TuneProgress.Run(parsed.InvocationConfiguration, options.Settings(
            parsed, cancellation) with
        {
            Rank = parsed.GetValue(rank),
            DevFile = parsed.GetValue(dev),
        }, cancellation)));
        return command;
    }

    private static Command Dpo()
    {
        var options = new TuneOptions(TuneSettings.Dpo);
        var adapter = new Option<string>("--adapter")
        {
            Description = "The adapter to start from, to which the tuned one is held.",
            Required = true,
            HelpName = "DIR",
        };
        var rejected = new Option<string?>("--rejected")
        {
            Description = "Answers of urial generate to the data's ids, which are then the rejected ones; the data lines hold written "
                + "answers, as for sft.",
            HelpName = "FILE.jsonl",
        };
        var beta = new Option<double>("--beta")
        {
            CustomParser = Number.Decimal(value => value > 0, "above 0"),
            Description = "How strongly the model is held to where it started.",
            DefaultValueFactory = _ => TuneSettings.Dpo.Beta,
            HelpName = "X",
        };
        var command = new Command("dpo", "Direct preference optimisation of an adapter that sft made.")
        {
            adapter, options.Base(required: false), options.Data("JSON lines with instruction, chosen and rejected; or see --rejected."),
            rejected, options.Out, beta, options.Epochs, options.Batch, options.Rate, options.Limit, options.Seed, options.Dtype,
            options.BaseName, options.CheckpointEvery,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var settings = options.Settings(parsed, cancellation, parsed.GetRequiredValue(adapter));
            return Task.FromResult(TuneProgress.Run(parsed.InvocationConfiguration, settings with
            {
                IsPreference = true,
                RejectedFile = parsed.GetValue(rejected),
                Options = settings.Options with { Beta = parsed.GetValue(beta) },
            }, cancellation));
        });
        return command;
    }
}
