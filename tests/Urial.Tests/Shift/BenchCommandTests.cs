using System.Globalization;
using System.Text.RegularExpressions;
using Urial.Cli;

namespace Urial.Tests.Shift;

public sealed class BenchCommandTests
{
    [Fact]
    public async Task The_ratio_is_printed_and_both_find_the_same()
    {
        var (code, output, error) = await Run("--shape", "micro", "--prompt-tokens", "16", "--answer-tokens", "40");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("40 answer tokens behind 16", output);
        Assert.True(double.Parse(Regex.Match(output, @"(?m)^ratio +([0-9.]+)").Groups[1].Value, CultureInfo.InvariantCulture) > 1, output);
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
