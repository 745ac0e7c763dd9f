using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Urial.Benchmarks;

/// <summary>
/// This library beside llama.cpp (LLamaSharp) on this machine: random weights in the shape of a Llama model of 135 million, written as
/// GGUF. <c>dotnet run -c Release --project tests/Urial.Benchmarks -- peers</c>; with <c>--json</c> one JSON object on standard output;
/// with <c>--check</c> only whether llama.cpp loads what is written and computes the same from it, which comes first otherwise; with
/// <c>--f32</c> or <c>--bf16</c> only the lines of that precision. Exit code 0: both sides computed the same; 1: they did not; 2: an
/// unknown option. What is measured, medians of 5 rounds in turn, on a machine that should have nothing else to do, since llama.cpp's
/// threads wait for each other awake and lose far more to other programs than ours:
/// <list type="bullet">
/// <item>scoring: one pass over 264 tokens with the logits of every position; ours looks at all of them (are they finite?), llama.cpp's
/// stay in its buffer;</item>
/// <item>with all metrics: both models' passes and everything that a scored answer holds, against llama.cpp's passes alone;</item>
/// <item>answers: 16 steps of greedy decoding behind prompts of 16 tokens and 4 steps, near-ties decided again as always on our side;
/// llama.cpp: one batch with a token of every sequence a step;</item>
/// <item>vectors: as wide as the processor has them; of 256 bits on both sides under <c>DOTNET_EnableAVX512=0</c>;</item>
/// <item>bf16: the weights, on both sides; our activations, keys and values are f32;</item>
/// <item>llama.cpp otherwise as it comes: its own threads' way of waiting, keys and values in f16, flash attention.</item>
/// </list>
/// </summary>
internal static class PeersCommand
{
    /// <summary>The argument that calls it.</summary>
    public const string Word = "peers";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs it.</summary>
    /// <param name="args">What follows the word.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        if (args.FirstOrDefault(arg => arg is not ("--json" or "--check" or "--f32" or "--bf16")) is { } unknown)
        {
            Console.Error.WriteLine($"Unknown option '{unknown}': peers takes --json, --check, --f32 and --bf16.");
            return 2;
        }
        var json = args.Contains("--json");
        Precision[] precisions = args.Contains("--check") ? []
            : [.. Enum.GetValues<Precision>().Where(precision =>
                args.Contains($"--{precision.Word()}") || !args.Contains("--f32") && !args.Contains("--bf16"))];
        var (agreements, lines) = (new List<Agreement>(), new List<SpeedLine>());
        try
        {
            Measure(json, precisions, agreements, lines);
        }
        catch (UrialException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
        if (json)
            Console.WriteLine(ToJson(agreements, lines));
        return agreements.All(agreement => agreement.IsGiven) ? 0 : 1;
    }

    private static void Measure(bool json, Precision[] precisions, List<Agreement> agreements, List<SpeedLine> lines)
    {
        using var table = new PeerTable();
        foreach (var agreement in table.Check())
            Compared(agreement);
        if (!agreements.All(agreement => agreement.IsGiven))
            return;
        foreach (var precision in precisions)
        {
            Console.Error.WriteLine($"measuring in {precision.Word()} …");
            table.Measure(ShiftSpeed.S135, precision, Compared, Measured);
        }

        void Compared(Agreement agreement)
        {
            agreements.Add(agreement);
            if (!json)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"logits, {agreement.Model}: {(agreement.IsGiven ? "the same" : "NOT THE SAME")}, largest difference "
                    + $"{agreement.MaxDifference:0.0e+0} at a spread of {agreement.Spread:0.00}, most likely token the same at "
                    + $"{agreement.SameTop} of {agreement.Positions}"));
        }

        void Measured(SpeedLine line)
        {
            if (lines.Count == 0 && !json)
                Console.WriteLine($"{"",-40} {"here",10} {"peer",10} {"ratio",7}  peer, unit; {Environment.ProcessorCount} threads each");
            lines.Add(line);
            if (!json)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{line.Name,-40} {line.Value,10:0.0} {line.PeerValue,10:0.0} {line.Ratio,7:0.00}  {line.Peer}, {line.Unit}"));
        }
    }

    private static string ToJson(List<Agreement> agreements, List<SpeedLine> lines) => JsonSerializer.Serialize(new
    {
        threads = Environment.ProcessorCount,
        agreements = agreements.Select(agreement => new
        {
            model = agreement.Model,
            max_difference = agreement.MaxDifference,
            spread = agreement.Spread,
            same_top = agreement.SameTop,
            positions = agreement.Positions,
            same = agreement.IsGiven,
        }),
        lines = lines.Select(line => new
        {
            name = line.Name,
            value = line.Value,
            unit = line.Unit,
            peer = line.Peer,
            peer_value = line.PeerValue,
            ratio = line.Ratio,
        }),
    }, Plain);
}
