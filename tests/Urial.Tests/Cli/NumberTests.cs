using Urial.Cli;

namespace Urial.Tests.Cli;

/// <summary>Numbers of the command line: one way to write them, and everything else is refused by name.</summary>
public sealed class NumberTests
{
    public static TheoryData<string, string> NumericOptions => new()
    {
        { "generate", "--examples" }, { "generate", "--max-new-tokens" }, { "generate", "--repetition-penalty" },
        { "generate", "--temperature" },
        { "generate", "--top-p" }, { "generate", "--top-k" }, { "generate", "--seed" }, { "generate", "--batch-size" },
        { "prompt", "--examples" }, { "shift", "--max-new-tokens" }, { "shift", "--top" }, { "verify", "--tolerance" },
        { "bench", "--prompt-tokens" }, { "bench", "--answer-tokens" }, { "train", "--seed" }, { "train", "--tokens" },
        { "judge", "--concurrency" }, { "judge", "--timeout" }, { "judge", "--retries" }, { "run", "--cell-timeout" },
    };

    [Theory]
    [MemberData(nameof(NumericOptions))]
    public async Task No_option_reads_a_comma(string command, string option)
    {
        var (code, error) = await Run(command, option, "1,5");
        Assert.Equal(ExitCode.Unusable, code);
        Assert.Contains($"{option}: '1,5' is no ", error);
    }

    [Theory]
    [InlineData("0,7", "'0,7' is no number; write 0.7.")]
    [InlineData("0,0002", "write 0.0002.")]
    [InlineData("0,002", "write 0.002.")] // a thousands' separator never stands behind a zero
    [InlineData("1,000", "write 1000 or 1.000.")]
    [InlineData("1.000,5", "write 1000.5.")]
    [InlineData("1,000.5", "write 1000.5.")]
    [InlineData("1_000", "write 1000.")]
    [InlineData(" 1", "write 1.")]
    [InlineData("0x10", "is no number")]
    [InlineData("1d", "is no number")]
    [InlineData("٣", "is no number")]
    [InlineData("", "'' is no number")]
    [InlineData("NaN", "'NaN' is no number")]
    [InlineData("Infinity", "'Infinity' is no number")]
    [InlineData("1e400", "1e400 is out of range; give a number, 0 or more.")]
    [InlineData("-1", "-1 is out of range; give a number, 0 or more.")]
    public async Task A_number_has_digits_a_point_a_sign_and_an_exponent(string value, string why)
    {
        var (code, error) = await Run("verify", "--tolerance", value);
        Assert.Equal(ExitCode.Unusable, code);
        Assert.Contains("--tolerance: ", error);
        Assert.Contains(why, error);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("1.5", "is no whole number; give a whole number such as 16.")]
    [InlineData("16.0", "is no whole number; write 16.")]
    [InlineData("1e3", "write 1000.")]
    [InlineData("1,000", "write 1000.")]
    [InlineData("1 000", "write 1000.")]
    [InlineData("1_000", "write 1000.")]
    [InlineData("٣", "is no whole number")]
    [InlineData("", "'' is no whole number")]
    [InlineData("0", "0 is out of range; give a whole number, 1 or more.")]
    [InlineData("-5", "-5 is out of range; give a whole number, 1 or more.")]
    [InlineData("99999999999999999999", "is out of range; give a whole number, 1 to 2147483647.")]
    public async Task A_whole_number_has_digits_and_a_sign(string value, string why)
    {
        var (code, error) = await Run("bench", "--answer-tokens", value);
        Assert.Equal(ExitCode.Unusable, code);
        Assert.Contains(why, error);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("--tolerance", "1e-3")]
    [InlineData("--tolerance", "+0.5")]
    [InlineData("--tolerance", ".5")]
    public async Task What_is_a_number_is_read(string option, string value)
    {
        var (_, error) = await Run("verify", option, value, "--model", "nowhere", "--golden", "nowhere");
        Assert.Contains("There is no model folder 'nowhere'", error);
    }

    [Theory]
    [InlineData("frobnicate", "There is no command 'frobnicate': choose one of bench, explore, fetch, generate, ")]
    [InlineData("verify --model", "Required argument missing for option: '--model'")]
    [InlineData("verify --model a --model b --golden c", "'--model' expects a single argument but 2 were provided")]
    [InlineData("generate --model a --queries q --out ''", "--out: the value is empty")]
    public async Task Wrong_options_are_one_line_and_no_help(string line, string why)
    {
        using StringWriter output = new(), error = new();
        var code = await Program.Run([.. line.Split(' ').Select(word => word.Trim('\''))], output, error);
        Assert.Equal(ExitCode.Unusable, code);
        Assert.Contains(why, error.ToString());
        Assert.Single(error.ToString().TrimEnd().Split('\n'));
        Assert.Equal("", output.ToString());
    }

    [Theory]
    [InlineData("cuda", "--device: There is no device 'cuda' here: this build has the libtorch for CPUs alone, or the machine")]
    [InlineData("cuda:1", "There is no device 'cuda:1' here")]
    [InlineData("gpu", "Unknown device 'gpu': choose cpu")]
    public async Task A_device_that_is_not_there_is_refused(string device, string why)
    {
        foreach (var command in new[] { "verify", "generate", "shift" })
        {
            var (code, error) = await Run(command, "--device", device);
            Assert.Equal(ExitCode.Unusable, code);
            Assert.Contains(why, error);
        }
        var (_, other) = await Run("verify", "--model", "nowhere", "--golden", "nowhere", "--device", "cpu");
        Assert.Contains("There is no model folder 'nowhere'", other);
    }

    private static async Task<(int Code, string Error)> Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        return (await Program.Run(args, output, error), error.ToString());
    }
}
