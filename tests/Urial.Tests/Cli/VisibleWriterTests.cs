using System.Text;
using Urial.Cli;

namespace Urial.Tests.Cli;

public sealed class VisibleWriterTests : IDisposable
{
    private const string Hostile = "\u001b]0;mine\u0007\u202e";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-visible-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("shift", "--base", "x", "--aligned", "x", "--queries", Hostile, "--out", "z")]
    [InlineData("view", Hostile, "--out", "z")]
    [InlineData(Hostile)]
    [InlineData("prompt", "--prompt-style", Hostile)]
    [InlineData("judge", "--answers", Hostile, "--judge", "micro-world", "--out", "z")]
    public async Task What_a_name_holds_does_not_steer_the_terminal(params string[] args)
    {
        var (code, output, error) = await Run([], args);
        Assert.NotEqual(0, code);
        Assert.Contains("⟨U+001B⟩]0;mine⟨U+0007⟩⟨U+202E⟩", error);
        Assert.DoesNotContain(output + error, c => c is '\u001b' or '\u0007' or '\u202e');
    }

    [Fact]
    public async Task Files_that_were_written_are_told_visibly()
    {
        var queries = Path.Combine(_folder.FullName, "queries.jsonl");
        File.WriteAllText(queries, """{"id": "a", "instruction": "Hi"}""");
        var file = Path.Combine(_folder.FullName, $"out{Hostile.Replace("/", "")}.jsonl");
        var (code, output, _) = await Run([], "generate", "--model", Repository.Path("data", "models", "micro-sft"), "--prompt-style",
            "chat", "--queries", queries, "--out", file, "--max-new-tokens", "2");
        Assert.Equal(0, code);
        Assert.True(File.Exists(file));
        Assert.Contains("out⟨U+001B⟩]0;mine⟨U+0007⟩⟨U+202E⟩.jsonl", output);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task Data_stays_as_it_is()
    {
        var query = Encoding.UTF8.GetBytes("steer \u001b[1m and \u202eturn");
        var (code, output, _) = await Run(query, "prompt", "--prompt-style", "zero-shot");
        Assert.Equal(0, code);
        Assert.Contains("steer \u001b[1m and \u202eturn", output); // into a file or a pipe, exactly

        (code, output, _) = await Run(Encoding.UTF8.GetBytes("\"\\u001b and \u202eturn\"\n"), "prompt", "--prompt-style", "zero-shot",
            "--jsonl");
        Assert.Equal(0, code);
        Assert.Contains("\u001b and \u202eturn", System.Text.Json.JsonElement.Parse(output).GetProperty("text").GetString());
    }

    [Fact]
    public void A_writer_passes_on_what_can_be_seen()
    {
        using var inner = new StringWriter { NewLine = "\n" };
        var writer = new VisibleWriter(inner);
        writer.Write("a😀\t");
        writer.WriteLine("b\u001b");
        writer.Write(['c', '\u0007', 'd'], 1, 2);
        writer.Write('e');
        writer.WriteLine();
        Assert.Equal("a😀\tb⟨U+001B⟩\n⟨U+0007⟩de\n", inner.ToString());
        Assert.True(VisibleWriter.IsOf(writer, inner));
        Assert.False(VisibleWriter.IsOf(writer, Console.Out));
        Assert.Same(inner, VisibleWriter.Data(writer));
    }

    private static async Task<(int Code, string Output, string Error)> Run(byte[] input, params string[] args)
    {
        using StringWriter output = new(), error = new();
        using var stream = new MemoryStream(input);
        var code = await Program.Run(args, output, error, stream);
        return (code, output.ToString(), error.ToString());
    }
}
