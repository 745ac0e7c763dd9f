namespace Urial.Tests.Models;

/// <summary>
/// Tiny random models whose logits and greedy tokens were computed by transformers 4.57.6 (5.23.0 where a name ends in -v5).
/// </summary>
public sealed class GoldenModelTests
{
    private static readonly string Models = Repository.Path("tests", "golden", "models");

    // Their references are longer than the texts that the rotations were made for, and have no greedy tokens.
    private static readonly string[] Long = ["llama-rope-dynamic", "phi3-longrope", "phi3-longrope-v5"];

    public static TheoryData<string> References =>
        [.. Directory.GetFiles(Models, "golden*.safetensors", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Models, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_family_has_a_reference() =>
        Assert.Equal(DecoderFamilies.All.Keys.Except(["gemma"]), // computes what gemma2 does, with fewer parts
            Directory.GetDirectories(Models).Select(folder => DecoderConfig.Load(folder).ModelType).Distinct()
                .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(References))]
    public void Agrees_with_transformers(string reference)
    {
        var file = Path.Combine(Models, reference);
        using var decoder = Decoder.Load(Path.GetDirectoryName(file)!);

        var report = GoldenCheck.Compare(decoder, file);

        Assert.InRange(report.MaxDifference, 0, 2e-4);
        Assert.Equal(1, report.TopOneAgreement);
        Assert.Equal(Long.Contains(Path.GetDirectoryName(reference)) ? 0 : 16, report.GreedyTokens);
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
