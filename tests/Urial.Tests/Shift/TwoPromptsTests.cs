using System.Text.Json;
using Urial.MicroWorld;

namespace Urial.Tests.Shift;

public sealed class TwoPromptsTests
{
    [Fact]
    public void The_questions_are_seven_of_each_of_six_kinds_and_new()
    {
        var own = ShiftQueries.ReadAll(ShiftQueries.OwnPairPath);
        var general = ShiftQueries.ReadAll(Repository.Path("data", "queries", "general.jsonl"));

        Assert.Equal(["how-to", "knowledge", "reasoning", "safety", "small talk", "writing"],
            own.Select(query => query.Kind!).Distinct().Order(StringComparer.Ordinal));
        Assert.All(own.CountBy(query => query.Kind!), kind => Assert.Equal(7, kind.Value));
        Assert.Equal(own.Count, own.Select(query => query.Query).Except(general.Select(query => query.Query)).Count());
    }

    [Fact]
    public void The_stored_answers_are_those_that_the_summary_beside_them_counts()
    {
        var stored = TwoPrompts.Stored();
        var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(TwoPrompts.Folder, "summary.json"))).RootElement
            .GetProperty("with_eos");

        var summary = new ShiftTable(stored.Answers).Summary();

        Assert.Equal(ShiftQueries.ReadAll(ShiftQueries.OwnPairPath).Select(query => (query.Id, query.Query, query.Kind)),
            stored.Answers.Select(answer => (answer.Id, answer.Query, answer.Kind)));
        Assert.Equal((json.GetProperty("n_positions").GetInt32(), json.GetProperty("n_not_ended").GetInt32()),
            (summary.Positions, summary.NotEnded));
        Assert.Equal(json.GetProperty("micro").GetProperty("shifted").GetDouble(), summary.Micro.Shifted.Value, 12);
        Assert.Equal(json.GetProperty("micro").GetProperty("intervals").GetProperty("shifted")[1].GetDouble(),
            summary.Micro.Shifted.Interval.High, 12);
        Assert.Equal(json.GetProperty("mean_js").GetDouble(), summary.MeanJs.Value, 12);
    }

    [Fact]
    public void The_manifest_names_weights_quantisation_and_no_path_of_a_machine()
    {
        var manifest = File.ReadAllText(Path.Combine(TwoPrompts.Folder, "manifest.json"));

        Assert.Contains("Q4_1", manifest);
        Assert.Contains("model.safetensors", manifest);
        Assert.DoesNotContain("\"/", manifest);
        Assert.Contains(ContentHash.OfFile(ShiftQueries.OwnPairPath, "queries"), manifest);
    }

    [Fact]
    public void A_model_that_cannot_be_had_leaves_the_stored_run_and_says_why()
    {
        var stored = TwoPrompts.Stored();

        var given = TwoPrompts.Load(Path.Combine(Path.GetTempPath(), "no-such-model-anywhere"));

        Assert.Equal(stored.Answers.Count, given.SameAs(stored));
        Assert.Contains(TwoPrompts.Variable, given.Source);
        Assert.Contains("no-such-model-anywhere", given.Source);
        Assert.Equal(stored.Source, TwoPrompts.Load("").Source);
    }

    [Fact]
    public void Made_anew_one_model_reads_two_prompts()
    {
        using var model = LanguageModel.Load(MicroModels.Dpo);
        ShiftQuery[] queries = [ShiftQuery.Of("a", "What is a lemon?") with { Kind = "one" }];

        var anew = TwoPrompts.Anew(model, queries, new ShiftOptions { MaxNewTokens = 8, Top = 1 });

        var answer = Assert.Single(anew.Answers);
        Assert.Equal((ZeroShot.Prompt("What is a lemon?"), "one"), (answer.BasePrompt, answer.Kind));
        Assert.NotEqual(answer.BasePrompt, answer.AlignedPrompt);
        Assert.Contains(answer.Positions, p => p.KlAlignedBase > 0);
        Assert.Equal((1, 0), (anew.SameAs(anew), anew.SameAs(TwoPrompts.Stored())));
    }
}
