namespace Urial.Tests.Models;

/// <summary>
/// Tiny random models whose logits and greedy tokens were computed by transformers 4.57.6 (5.23.0 where a name ends in -v5).
/// </summary>
public sealed class GoldenModelTests
{
    [Theory]
    [InlineData("llama")]
    [InlineData("llama-v5")]
    [InlineData("llama-mha")]
    [InlineData("llama-mqa")]
    [InlineData("llama-tied")]
    [InlineData("llama-headdim")]
    [InlineData("llama-bias")]
    [InlineData("llama-bf16")]
    [InlineData("llama-bf16-v5")]
    [InlineData("llama-f16-sharded")]
    [InlineData("qwen3")]
    public void Agrees_with_transformers(string name)
    {
        var directory = Repository.Path("tests", "golden", "models", name);
        using var decoder = Decoder.Load(directory);

        var report = GoldenCheck.Compare(decoder, Path.Combine(directory, "golden.safetensors"));

        Assert.InRange(report.MaxDifference, 0, 2e-4);
        Assert.Equal(1, report.TopOneAgreement);
        Assert.Equal(16, report.GreedyTokens);
        Assert.Equal(report.GreedyTokens, report.GreedyAgreement);
        Assert.True(report.Agrees);
    }

    [Fact]
    public void Bf16_stays_near_the_reference_and_is_not_it()
    {
        var directory = Repository.Path("tests", "golden", "models", "llama-bf16");
        using var decoder = Decoder.Load(directory, Precision.BF16);

        var report = GoldenCheck.Compare(decoder, Path.Combine(directory, "golden.safetensors"));

        Assert.Equal(Precision.BF16, decoder.Precision);
        Assert.InRange(report.MeanDifference, 1e-4, 0.05); // logits reach ±10 with 8 bits of precision
        Assert.False(report.Agrees);
    }

    [Fact]
    public void Another_models_reference_differs()
    {
        using var decoder = Decoder.Load(Repository.Path("tests", "golden", "models", "llama"));
        var report = GoldenCheck.Compare(decoder, Repository.Path("tests", "golden", "models", "llama-tied", "golden.safetensors"));
        Assert.False(report.Agrees);
        Assert.True(report.MaxDifference > 1);
        Assert.True(report.MaxKl > 0.1);
    }
}
