using System.CommandLine;
using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Urial.Cli;

/// <summary><c>urial bench</c>: how fast this machine scores and answers, each measure beside a peer in the same run.</summary>
internal static class BenchCommand
{
    /// <summary>The largest difference of KL that still counts as the same result, nats.</summary>
    private const double SameKl = 1e-3;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of the table." };
        var quick = new Option<bool>("--ratio-only")
        {
            Description = "Only the reference algorithm (a pass per answer position) against the single pass.",
        };
        var command = new Command("bench", "Measure, in one process and on random weights: scoring, metrics, answering and a reused "
            + "prefix, each beside its peer, and a pass per answer position (the reference algorithm) over a single teacher-forced pass. "
            + "Exit code 0: those two found the same; 1: they did not.") { shape, prompt, answer, json, quick };
        command.SetAction((parsed, cancellation) =>
        {
            var config = parsed.GetRequiredValue(shape) switch
            {
                "s135" => ShiftSpeed.S135,
                "micro" => DecoderConfig.Load(Repository.Path("data", "models", "micro-base")),
                var other => throw new UrialException($"Unknown shape '{other}': choose s135 or micro."),
            };
            return Task.FromResult(Run(config, parsed.GetValue(prompt), parsed.GetValue(answer), parsed.GetValue(json),
                parsed.GetValue(quick), parsed.InvocationConfiguration, cancellation));
        });
        return command;
    }

    private static int Run(DecoderConfig config, int promptTokens, int answerTokens, bool json, bool quick,
        InvocationConfiguration console, CancellationToken cancellation)
    {
        var output = console.Output;
        void Line(string name, FormattableString value)
        {
            if (!json)
                output.WriteLine($"{name,-20} {value.ToString(CultureInfo.InvariantCulture)}");
        }

        Line("model", $"{config.Parameters:N0} random weights, {config.Layers} layers, {config.VocabularySize:N0} tokens, f32");
        Line("processors", $"{Environment.ProcessorCount}, vectors of {Width()} bits");
        Line("scored", $"{answerTokens} answer tokens behind {promptTokens}, on either side");
        // First what can be refused: wrong numbers are told before minutes are spent.
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
        var lines = quick ? [] : SpeedTable.Measure(config, progress: what =>
        {
            cancellation.ThrowIfCancellationRequested();
            console.Error.WriteLine($"measuring {what} …");
        });
        if (json)
            output.WriteLine(JsonSerializer.Serialize(new
            {
                parameters = config.Parameters,
                processors = Environment.ProcessorCount,
                vector_bits = Width(),
                single_pass_s = speed.SinglePass.TotalSeconds,
                pass_per_position_s = speed.PassPerPosition.TotalSeconds,
                ratio = speed.Ratio,
                max_kl_difference = speed.MaxKlDifference,
                ranks_differing = speed.RanksDiffering,
                lines = lines.Select(line => new
                {
                    name = line.Name,
                    value = line.Value,
                    unit = line.Unit,
                    peer = line.Peer,
                    peer_value = line.PeerValue,
                    ratio = line.Ratio,
                }),
            }, Plain));
        else if (lines.Count > 0)
        {
            output.WriteLine();
            output.WriteLine($"{"",-44} {"here",10} {"peer",10} {"ratio",7}  peer, unit");
            foreach (var line in lines)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{line.Name,-44} {line.Value,10:0.0} {line.PeerValue,10:0.0} {line.Ratio,7:0.00}  {line.Peer}, {line.Unit}"));
        }
        return speed.MaxKlDifference <= SameKl ? 0 : 1;
    }

    private static int Width() => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
