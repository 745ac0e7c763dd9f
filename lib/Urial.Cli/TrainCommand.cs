using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Urial.MicroWorld;

namespace Urial.Cli;

/// <summary><c>urial train</c>: makes the embedded models from nothing, or goes on where a run was stopped.</summary>
internal static class TrainCommand
{
    /// <summary>The command for the parser.</summary>
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "A toy that runs through every stage in about a minute." };
        var small = new Option<bool>("--small") { Description = "A smaller run of the full recipe, for repeating over seeds." };
        var output = new Option<string>("--out")
        {
            Description = "Folder of the run; the same folder goes on with it.",
            DefaultValueFactory = _ => Path.Combine("out", "micro-world"),
        };
        var seed = new Option<int>("--seed")
        {
            CustomParser = Number.Whole(),
            Description = "Seed of weights, corpus and sampling.",
            DefaultValueFactory = _ => 1,
        };
        var tokens = new Option<long?>("--tokens")
        {
            CustomParser = Number.LongIfGiven(1),
            Description = "Pre-training tokens, instead of the plan's.",
        };
        var until = new Option<string>("--until")
        {
            Description = "The last stage to run.",
            DefaultValueFactory = _ => TrainingRun.Stages[^1],
        };
        until.AcceptOnlyFromAmong([.. TrainingRun.Stages]);
        var measure = new Option<bool>(
            "--measure")
        { Description = "Measure what there is also where --until ends the run before its last stage." };
        var command = new Command("train", "Make the micro-world's models: tokenizer, base, SFT, DPO. Takes over two hours; --quick about "
            + "a minute.") { quick, small, output, seed, tokens, until, measure };
        command.SetAction((result, cancel) =>
        {
            var plan = result.GetValue(quick) ? TrainingPlan.Quick : result.GetValue(small) ? TrainingPlan.Small : TrainingPlan.Full;
            plan = plan.WithSeed(result.GetValue(seed));
            if (result.GetValue(tokens) is { } count)
                plan = plan with { Base = plan.Base with { Cycles = [plan.Base.Cycles[0] with { Tokens = count }] } };
            Train(result.GetValue(output)!, plan, result.GetValue(until)!, result.GetValue(measure), cancel);
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }

    private static void Train(string folder, TrainingPlan plan, string until, bool measure, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var last = TimeSpan.Zero;
        var run = new TrainingRun(folder, plan, point =>
        {
            if (clock.Elapsed - last < TimeSpan.FromSeconds(5) && point.Step < point.Steps)
                return;
            last = clock.Elapsed;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{clock.Elapsed:hh\\:mm\\:ss}  {point.Stage,-4}  step {point.Step} of {point.Steps}  {point.Tokens / 1e6:0.00}M tokens  "
                    + $"loss {point.Loss:0.000}  gradient {point.GradientNorm:0.00}  rate {point.Rate:0.0e+0}"));
        }, note => Console.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss}  {note}"));
        run.Run(until, cancel);
        if (measure)
            run.Measure();
    }
}
