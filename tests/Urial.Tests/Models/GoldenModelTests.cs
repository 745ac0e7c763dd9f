namespace Urial.Tests;

/// <summary>Tiny random models whose logits and greedy tokens were computed by transformers 4.57.6 (5.23.0 where a name ends in -v5).</summary>
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
    public void AgreesWithTransformers(string name)
    {
        string directory = Repository.Path("tests", "golden", "models", name);
        using Decoder decoder = Decoder.Load(directory);

        GoldenReport report = GoldenCheck.Compare(decoder, Path.Combine(directory, "golden.safetensors"));

        Assert.InRange(report.MaxDifference, 0, 2e-4);
        Assert.Equal(1, report.TopOneAgreement);
        Assert.Equal(16, report.GreedyTokens);
        Assert.Equal(report.GreedyTokens, report.GreedyAgreement);
        Assert.True(report.Agrees);
    }
}
