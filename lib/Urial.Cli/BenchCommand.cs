using System.CommandLine;
using System.Globalization;

namespace Urial.Cli;

/// <summary><c>urial bench</c>: how many times faster one pass scores an answer than a pass per position.</summary>
internal static class BenchCommand
{
    /// <summary>The largest difference of KL that still counts as the same result, nats.</summary>
    private const double SameKl = 1e-3;

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var shape = new Option<string>("--shape")
        {
            Description = "s135: a Llama model of 135 million random weights; micro: the embedded models' shape.",
            DefaultValueFactory = _ => "s135",
            HelpName = "s135|micro",
        };
        var prompt = new Option<int>("--prompt-tokens")
        {
            CustomParser = Number.Whole(1),
            Description = "Tokens before the answer.",
            DefaultValueFactory = _ => 64,
            HelpName = "N",
        };
        var answer = new Option<int>("--answer-tokens")
        {
            CustomParser = Number.Whole(1),
            Description = "Tokens of the answer.",
            DefaultValueFactory = _ => 200,
            HelpName = "N",
        };
        var command = new Command("bench", "Measure, in one process, the time of a pass per answer position (the reference algorithm) "
            + "over the time of a single teacher-forced pass. Exit code 0: both found the same; 1: they did not.") { shape, prompt,
                answer };
        command.SetAction((parsed, cancellation) =>
        {
            var config = parsed.GetRequiredValue(shape) switch
            {
                "s135" => ShiftSpeed.S135,
                "micro" => DecoderConfig.Load(Repository.Path("data", "models", "micro-base")),
                var other => throw new UrialException($"Unknown shape '{other}': choose s135 or micro."),
            };
            return Task.FromResult(Run(config, parsed.GetValue(prompt), parsed.GetValue(answer), parsed.InvocationConfiguration.Output,
                cancellation));
        });
        return command;
    }

    private static int Run(DecoderConfig config, int promptTokens, int answerTokens, TextWriter output, CancellationToken cancellation)
    {
        void Line(string name, FormattableString value) => output.WriteLine($"{name,-20} {value.ToString(CultureInfo.InvariantCulture)}");

        Line("model", $"{config.Parameters:N0} random weights, {config.Layers} layers, {config.VocabularySize:N0} tokens, f32");
        Line("scored", $"{answerTokens} answer tokens behind {promptTokens}, on either side");
        var speed = ShiftSpeed.Measure(config, promptTokens, answerTokens, progress: done =>
        {
            cancellation.ThrowIfCancellationRequested();
            if (done % 20 == 0)
                Line("", $"pass per position: {done} of {answerTokens}");
        });
        Line("single pass", $"{speed.SinglePass.TotalSeconds:0.000} s (fastest of 3)");
        Line("pass per position", $"{speed.PassPerPosition.TotalSeconds:0.000} s");
        Line("ratio", $"{speed.Ratio:0.0}");
        Line("max |ΔKL|", $"{speed.MaxKlDifference:0.0e+0} nats; base ranks that differ: {speed.RanksDiffering} of {answerTokens}");
        return speed.MaxKlDifference <= SameKl ? 0 : 1;
    }
}
