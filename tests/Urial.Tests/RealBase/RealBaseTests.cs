using System.Text.Json;

namespace Urial.Tests.RealBase;

/// <summary>The stored runs of the real base: whole, of one model and its committed adapters, and at one with each other.</summary>
public sealed class RealBaseTests
{
    private static readonly IReadOnlyList<string> Keys = [.. Urial.RealBase.Arms.Select(arm => arm.Key)];
    private static readonly string[] Runs = ["zero-shot", "urial-3", "control", "dpo"];
    private static readonly string[] Dev = [.. Urial.RealBase.DevRuns.Select(run => $"{run.Prompt}+{run.Tuned}")];

    private static readonly IReadOnlyList<string> QuestionIds = [.. Urial.RealBase.Questions().Select(question => question.Id)];

    [Fact]
    public void Every_arm_has_an_answer_to_every_test_question_greedy_and_in_f32()
    {
        Assert.All(Urial.RealBase.Arms, arm =>
        {
            Assert.Equal(QuestionIds, Urial.RealBase.Answers(arm.Key).Select(answer => answer.Id));
            var settings = Manifest("answers", arm.Key + ".parquet.manifest.json").GetProperty("settings");
            Assert.Equal(("greedy", "f32"), (settings.GetProperty("decoding").GetProperty("method").GetString(),
                settings.GetProperty("dtype").GetString()));
            var prompt = settings.GetProperty("prompt");
            Assert.StartsWith(arm.Style, prompt.GetProperty("style").GetString(), StringComparison.Ordinal);
            var shown = prompt.GetProperty("examples");
            Assert.Equal(arm.Examples, shown.ValueKind == JsonValueKind.Null ? null : shown.GetInt32());
        });
    }

    [Fact]
    public void All_runs_are_of_the_same_weights()
    {
        var files = Keys.Select(key => Manifest("answers", key + ".parquet.manifest.json").GetProperty("settings"))
            .Select(settings => Hash(settings.GetProperty("model_files_sha256"), "model.safetensors"));
        var sides = Runs.Select(run => Path.Combine("shift", run)).Concat(Dev.Select(run => Path.Combine("dev", run)))
            .Select(folder => Manifest(folder, "manifest.json"))
            .SelectMany(manifest => new[] { manifest.GetProperty("base"), manifest.GetProperty("aligned") })
            .Select(side => Hash(side.GetProperty("files_sha256"), "model.safetensors"));
        Assert.Single(files.Concat(sides).Distinct());
    }

    [Theory]
    [InlineData("sft-900")]
    [InlineData("dpo")]
    public void The_committed_adapters_are_those_that_the_runs_were_made_with(string key)
    {
        var settings = Manifest("answers", key + ".parquet.manifest.json").GetProperty("settings");
        Assert.Equal(ContentHash.OfFile(Path.Combine(Urial.RealBase.Adapter(key), "adapter_model.safetensors"), "adapter"),
            Hash(settings.GetProperty("model_files_sha256"), "adapter_model.safetensors"));
        Assert.InRange(new FileInfo(Path.Combine(Urial.RealBase.Adapter(key), "adapter_model.safetensors")).Length, 1, 8_000_000);
    }

    [Theory]
    [InlineData("zero-shot", "sft-900")]
    [InlineData("urial-3", "sft-900")]
    [InlineData("control", "sft-900")]
    [InlineData("dpo", "dpo")]
    public void What_was_scored_is_what_was_answered(string run, string answers)
    {
        Assert.Equal(Urial.RealBase.Answers(answers).Select(answer => string.Join(' ', answer.AnswerIds)),
            Urial.RealBase.Shift(run).Select(answer => string.Join(' ', answer.AnswerIds)));
        Assert.Equal(Urial.RealBase.Answers(answers).Select(answer => answer.Output),
            Urial.RealBase.Shift(run).Select(answer => answer.Text));
    }

    [Fact]
    public void The_dev_answers_have_one_division_under_every_arm()
    {
        var arms = Urial.RealBase.DevLosses();
        Assert.Equal(Urial.RealBase.Arms.Select(arm => arm.Name), arms.Select(arm => arm.Name));
        Assert.All(arms, arm => Assert.Equal(100, arm.Ids.Count));
        Assert.All(arms.Skip(1), arm => Assert.Equal(100, arm.Over(arms[0]).Ids.Count)); // refuses other tokens
    }

    [Fact]
    public void The_runs_have_at_most_twelve_megabytes() =>
        Assert.InRange(new DirectoryInfo(Urial.RealBase.Folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length),
            1, 12_000_000);

    [Fact]
    public void The_page_has_the_command_of_every_run()
    {
        var page = File.ReadAllText(Path.Combine(Urial.RealBase.Folder, "README.md"));
        Assert.All(Keys, key => Assert.Contains($"--out answers/{key}.parquet", page, StringComparison.Ordinal));
        Assert.All(Runs, run => Assert.Contains($"--out shift/{run}", page, StringComparison.Ordinal));
        Assert.All(Dev, run => Assert.Contains($"--out dev/{run}", page, StringComparison.Ordinal));
    }

    [Fact]
    public void An_arm_that_is_not_there_is_told_with_those_that_are()
    {
        var e = Assert.Throws<UrialException>(() => Urial.RealBase.Answers("sft-9"));
        Assert.Contains("'sft-9'", e.Message, StringComparison.Ordinal);
        Assert.Contains("SFT on 900", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/there/is/no/such/folder")]
    public void Without_the_weights_a_chapter_shows_the_stored_run_and_says_so(string named)
    {
        var check = RealBaseCheck.Run(named: named);
        Assert.Equal((0, 0), (check.Same, check.Made));
        Assert.StartsWith("The stored runs", check.Source, StringComparison.Ordinal);
        if (named.Length > 0)
            Assert.Contains(named, check.Source, StringComparison.Ordinal);
    }

    private static JsonElement Manifest(params string[] path) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine([Urial.RealBase.Folder, .. path]))).RootElement;

    private static string? Hash(JsonElement files, string name) => files.GetProperty(name).GetString();
}
