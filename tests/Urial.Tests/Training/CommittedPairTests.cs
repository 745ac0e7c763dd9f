using Urial.MicroWorld;

namespace Urial.Tests.Training;

/// <summary>The quality numbers beside the committed weights, measured again on fewer prompts.</summary>
public sealed class CommittedPairTests
{
    private const int N = 40;

    [Fact]
    public void The_base_model_does_what_its_report_says()
    {
        using var model = LanguageModel.Load(MicroModels.Base);
        Agrees(QualityReport.Load(Quality.PathOf(MicroModels.Base)), Quality.Measure(model, n: N, seed: 2));
    }

    [Fact]
    public void The_aligned_models_do_what_their_reports_say()
    {
        foreach (var folder in new[] { MicroModels.Sft, MicroModels.Dpo })
        {
            using var model = LanguageModel.Load(folder);
            Agrees(QualityReport.Load(Quality.PathOf(folder)), Quality.MeasureAligned(model, n: N, seed: 2));
        }
    }

    [Fact]
    public void The_models_are_small_enough_and_of_one_vocabulary()
    {
        using var pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        Assert.Equal("qwen3", pair.Base.Config.ModelType);
        Assert.InRange(new FileInfo(Path.Combine(MicroModels.Base, "model.safetensors")).Length, 1, 16 << 20);
        Assert.Null(pair.Base.ChatTemplate);
        Assert.NotNull(pair.Aligned.ChatTemplate);
    }

    /// <summary>
    /// Other prompts than the report's: the two rates may differ by what both samples allow (three standard errors of their difference, and
    /// one prompt).
    /// </summary>
    private static void Agrees(QualityReport stored, QualityReport measured)
    {
        Assert.Equal(stored.Cells.Select(c => c.Name), measured.Cells.Select(c => c.Name));
        foreach (var (then, now) in stored.Cells.Zip(measured.Cells))
        {
            var pooled = (double)(then.Hits + now.Hits) / (then.N + now.N);
            var allowed = 3 * Math.Sqrt(pooled * (1 - pooled) * (1.0 / then.N + 1.0 / now.N)) + 1.0 / now.N;
            Assert.True(Math.Abs(then.Rate - now.Rate) <= allowed, $"{then.Name}: the report says {then.Rate:0.000} (n = {then.N}), "
                + $"measured {now.Rate:0.000} (n = {now.N}), allowed difference {allowed:0.000}");
        }
    }
}
