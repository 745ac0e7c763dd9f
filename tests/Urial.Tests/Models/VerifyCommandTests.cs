using TorchSharp;
using Urial.Cli;
using static TorchSharp.torch;

namespace Urial.Tests.Models;

public sealed class VerifyCommandTests
{
    private static readonly string Model = Repository.Path("tests", "golden", "models", "llama");
    private static readonly string Golden = Repository.Path("tests", "golden", "models", "llama", "golden.safetensors");

    [Fact]
    public async Task Agreement_is_exit_code_0_with_the_figures()
    {
        var (code, output, error) = await Run("--model", Model, "--golden", Golden);
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("48 positions × 128 logits", output);
        Assert.Contains("tolerance 2.0e-4", output);
        Assert.Contains("top-1 agreement    100 %", output);
        Assert.Contains("greedy agreement   16 of 16 tokens", output);
        Assert.EndsWith("agrees\n", output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_difference_is_exit_code_1()
    {
        var (code, output, _) = await Run("--model", Model, "--golden", Golden, "--tolerance", "1e-9");
        Assert.Equal(1, code);
        Assert.Contains("DIFFERS", output);
    }

    [Fact]
    public async Task What_cannot_be_read_is_exit_code_2_and_one_line()
    {
        using var folder = TemporaryFolder.WithModel("llama");
        using (Tensor ids = tensor(new long[] { 1, 2 }), floats = zeros(2), small = zeros(2, 5), foreign =
            tensor(new long[] { 1, 200 }), logits = zeros(2, 128), nan = full([2, 128], float.NaN))
        {
            SafeTensors.Write(folder.File("no-logits.safetensors"), [("input_ids", ids)]);
            SafeTensors.Write(folder.File("float-ids.safetensors"), [("input_ids", floats), ("logits", logits)]);
            SafeTensors.Write(folder.File("small.safetensors"), [("input_ids", ids), ("logits", small)]);
            SafeTensors.Write(folder.File("foreign.safetensors"), [("input_ids", foreign), ("logits", logits)]);
            SafeTensors.Write(folder.File("nan.safetensors"), [("input_ids", ids), ("logits", nan)]);
        }
        (string[] Args, string Why)[] cases =
        [
            (["--model", "nowhere", "--golden", Golden], "no model folder 'nowhere'"),
            (["--model", Model, "--golden", "nowhere.safetensors"], "nowhere.safetensors"),
            (["--model", Model, "--golden", folder.File("config.json")], "config.json"),
            (["--model", Model, "--golden", folder.File("no-logits.safetensors")], "holds no tensor 'logits'"),
            (["--model", Model, "--golden", folder.File("float-ids.safetensors")], "input_ids is Float32 [2]"),
            (["--model", Model, "--golden", folder.File("small.safetensors")],
                "logits are Float32 [2, 5], and the model answers Float32 [2, 128]"),
            (["--model", Model, "--golden", folder.File("foreign.safetensors")], "token ids are 0 to 127"),
            (["--model", Model, "--golden", folder.File("nan.safetensors")], "NaN"),
            (["--model", Model, "--golden", Golden, "--tolerance", "-1"], "--tolerance: -1 is out of range"),
            (["--model", Model], "--golden"),
            (["--model", Model, "--golden", Golden, "--tolerance", "small"], "small"),
            (["--model", Model, "--golden", Golden, "--tolerence", "1"], "--tolerence"),
        ];
        foreach (var (args, why) in cases)
        {
            var (code, _, error) = await Run(args);
            Assert.Equal(2, code);
            Assert.Contains(why, error);
            Assert.DoesNotContain("   at ", error); // no stack trace
        }
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Program.Run(["verify", .. args], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
