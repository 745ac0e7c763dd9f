using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Urial.Cli;

namespace Urial.Tests.Shift;

public sealed class BenchCommandTests
{
    [Fact]
    public async Task The_ratio_is_printed_and_both_find_the_same()
    {
        var (code, output, error) = await Run("--shape", "micro", "--prompt-tokens", "16", "--answer-tokens", "40", "--ratio-only");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("40 answer tokens behind 16", output);
        Assert.True(double.Parse(Regex.Match(output, @"(?m)^ratio +([0-9.]+)").Groups[1].Value, CultureInfo.InvariantCulture) > 1, output);
    }

    [Fact]
    public async Task Every_measure_has_its_peer_in_one_object()
    {
        var (code, output, error) = await Run("--shape", "micro", "--prompt-tokens", "16", "--answer-tokens", "20", "--json");

        Assert.Equal(0, code);
        Assert.Contains("measuring scoring", error);
        using var json = JsonDocument.Parse(output);
        var lines = json.RootElement.GetProperty("lines").EnumerateArray().ToList();
        foreach (var name in new[] { "score 264 tokens, all logits", "score with all metrics, both models", "answer, batch 1",
            "answer, batch 8", "answer, batch 32", "40 tokens behind a reused prefix of 1,000" })
        {
            var line = Assert.Single(lines, line => line.GetProperty("name").GetString() == name);
            var (value, peer) = (line.GetProperty("value").GetDouble(), line.GetProperty("peer_value").GetDouble());
            Assert.True(value > 0 && peer > 0, output);
            Assert.Equal(value / peer, line.GetProperty("ratio").GetDouble(), 1e-9 * value / peer);
        }
    }

    [Fact]
    public async Task Wrong_options_are_refused()
    {
        Assert.Contains("choose s135 or micro", (await Run("--shape", "huge")).Error);
        var (code, _, error) = await Run("--shape", "micro", "--answer-tokens", "5000");
        Assert.Equal(ExitCode.Unusable, code);
        Assert.Contains("64 + 5000 tokens do not fit", error);
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] options)
    {
        using StringWriter output = new(), error = new();
        var code = await Program.Run(["bench", .. options], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
