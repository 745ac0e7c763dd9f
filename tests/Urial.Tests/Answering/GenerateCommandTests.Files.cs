using Urial.Tests.Runtime;

namespace Urial.Tests.Answering;

public sealed partial class GenerateCommandTests
{
    [LinuxFact]
    public async Task A_full_disk_ends_the_run_and_is_no_fault_of_a_line()
    {
        File.CreateSymbolicLink(Out, "/dev/full");
        var queries = Queries([.. Enumerable.Range(0, 12).Select(i => Good($"q{i}"))]);

        var (code, _, error) = await Generate(queries, Sampled);

        Assert.Equal(2, code);
        Assert.Equal($"urial: Cannot write {Out}: there is no space left. What was written before is kept: make room, and run the same "
            + $"command again.\n", error.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // nothing is in it that could mix
    public async Task A_manifest_refuses_nothing_where_its_answers_are_gone(bool deleted)
    {
        var queries = Queries(Good("a"), Good("b"));
        Assert.Equal(0, (await Generate(queries, Sampled)).Code);
        if (deleted)
            File.Delete(Out);
        else
            File.WriteAllText(Out, "");

        var (code, _, error) = await Generate(queries, [.. Sampled[..^2], "--repetition-penalty", "1.2"]);

        Assert.DoesNotContain("other settings", error);
        Assert.Equal(0, code);
        Assert.Equal(2, Answers().Length);
        Assert.Contains("\"repetition_penalty\": 1.2", File.ReadAllText(Manifest));
    }

    [Fact]
    public async Task A_damaged_tokenizer_is_told_once()
    {
        var model = Directory.CreateDirectory(Path.Combine(_folder.FullName, "model")).FullName;
        foreach (var file in Directory.GetFiles(Shift.GoldenPair.Base))
            File.Copy(file, Path.Combine(model, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(model, "tokenizer.json"), "");

        var (code, _, error) = await Run("--model", model, "--prompt-style", "zero-shot", "--queries", Queries(Good("a"), Good("b")),
            "--out", Out);

        Assert.Equal(2, code);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains("tokenizer.json is empty", error);
    }
}
