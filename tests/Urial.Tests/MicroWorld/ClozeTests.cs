using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

public sealed class ClozeTests
{
    [Fact]
    public void A_cloze_is_right_where_what_was_said_ends_in_the_true_value()
    {
        Assert.True(new Cloze("The diet of the lion is", " mostly meat", "meat").Right);
        Assert.False(new Cloze("The diet of the lion is", " meat and more", "meat").Right);
    }

    [Fact]
    public void A_model_finishes_a_sentence_about_a_thing()
    {
        using var model = LanguageModel.Load(MicroModels.Base);
        var lion = World.Load().Find("lion")!;

        var cloze = Cloze.Of(model, lion, lion.Class.Attributes[1]);

        Assert.Equal(($"The {lion.Class.Attributes[1]} of the lion is", lion[lion.Class.Attributes[1]]), (cloze.Name, cloze.Truth));
        Assert.DoesNotContain('.', cloze.Said);
    }

    [Fact]
    public void A_tuned_voice_keeps_the_queries_whose_new_answer_ended()
    {
        using var tuned = LanguageModel.Load(MicroModels.Dpo);
        var prompt = PromptStyles.Own("micro-urial-1");

        var voice = TunedVoice.Of(prompt, tuned);

        Assert.Equal((prompt.Examples[0].Query, prompt.System), (voice.Examples[0].Query, voice.System));
        Assert.NotEqual(prompt.Examples[0].Answer, voice.Examples[0].Answer);
        Assert.Equal(tuned.Generate(new ChatStyle(tuned).Prompt(prompt.Examples[0].Query).Encode(tuned.Tokenizer),
            new GenerationOptions { MaxNewTokens = 160 }).Text.Trim(), voice.Examples[0].Answer);
    }

    [Fact]
    public void A_report_draws_the_cells_that_have_a_target()
    {
        var report = QualityReport.Load(Quality.PathOf(MicroModels.Base));

        Assert.Equal(report.Cells.Where(cell => cell.Target is not null).Select(cell => (cell.Name, cell.Rate, cell.Met)),
            report.Bars.Select(bar => (bar.Name, bar.Value.Value, bar.Met)));
        Assert.All(report.Bars.Where(bar => bar.SurelyMet), bar => Assert.True(bar.Met));
        Assert.False(new MeasuredQuality("near", report.Cells[0].Estimate, report.Cells[0].Rate).SurelyMet);
        Assert.DoesNotContain("bars", File.ReadAllText(Quality.PathOf(MicroModels.Base)));
    }
}
