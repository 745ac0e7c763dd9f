using System.CommandLine;
using System.Globalization;

namespace Urial.Cli;

/// <summary><c>urial verify</c>: compares a model's logits with a reference made by another implementation.</summary>
internal static class VerifyCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var model = new Option<string>("--model")
        {
            Description = "Model folder in Hugging Face layout, or org/name[@revision] of the hub.",
            Required = true,
            HelpName = ModelArgument.HelpName,
        };
        var adapter = ModelArgument.AdapterOption();
        var golden = new Option<string>("--golden")
        {
            Description = "Reference: input_ids int64 [n], logits f32 [n, vocabulary] and, if known, greedy_ids int64 [m].",
            Required = true,
            HelpName = "FILE.safetensors",
        };
        var tolerance = new Option<double>("--tolerance")
        {
            Description = "Largest |Δlogit| that counts as agreement.",
            CustomParser = Number.Decimal(x => x >= 0, "0 or more"),
            DefaultValueFactory = _ => GoldenCheck.DefaultTolerance,
            HelpName = "X",
        };
        var command = new Command("verify", "Compare a model's logits and greedy tokens, computed in f32, with a reference. Exit code 0: "
            + "they agree; 1: they differ; 2: unreadable or unsupported.") { model, adapter, golden, tolerance, DeviceOption.Create() };
        command.SetAction(parsed =>
        {
            var error = parsed.InvocationConfiguration.Error;
            using var loaded = ModelArgument.Load(parsed.GetRequiredValue(model), parsed.GetValue(adapter), error);
            ModelArgument.Warn(loaded.Notes, error);
            var report = GoldenCheck.Compare(loaded.Decoder, parsed.GetRequiredValue(golden), parsed.GetValue(tolerance));
            Print(report, parsed.InvocationConfiguration.Output);
            return report.Agrees ? 0 : 1;
        });
        return command;
    }

    private static void Print(GoldenReport report, TextWriter output)
    {
        void Line(string name, FormattableString value) => output.WriteLine($"{name,-18} {value.ToString(CultureInfo.InvariantCulture)}");

        Line("compared", $"{report.Positions} positions × {report.Vocabulary} logits, f32");
        Line("max |Δlogit|", $"{report.MaxDifference:0.00e+0} (tolerance {report.Tolerance:0.0##e+0})");
        Line("mean |Δlogit|", $"{report.MeanDifference:0.00e+0}");
        Line("max KL", $"{report.MaxKl:0.00e+0} nats (reference‖model)");
        Line("top-1 agreement", $"{100 * report.TopOneAgreement:0.##} %");
        if (report.GreedyTokens > 0)
            Line("greedy agreement", $"{report.GreedyAgreement} of {report.GreedyTokens} tokens");
        else
            Line("greedy agreement", $"the reference has no greedy_ids");
        output.WriteLine(report.Agrees ? "agrees" : "DIFFERS");
    }
}
