using System.Text.Json;

namespace Urial.Tests.Models;

public sealed class SamplingTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Golden().Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Draws_from_the_distribution_that_transformers_draws_from(int index)
    {
        var golden = Golden()[index];
        var options = new GenerationOptions
        {
            Temperature = golden.GetProperty("temperature").GetDouble(),
            TopK = golden.GetProperty("top_k").GetInt32(),
            TopP = golden.GetProperty("top_p").GetDouble(),
            MinP = golden.GetProperty("min_p").GetDouble(),
        };
        var found = Sampling.Distribution(Numbers(golden, "logits").Select(x => (float)x).ToArray(), options);
        Assert.Equal(Numbers(golden, "probs"), found, (a, b) => Math.Abs(a - b) < 1e-5 && (a == 0) == (b == 0));
    }

    [Fact]
    public void Two_tokens_by_hand()
    {
        float[] logits = [(float)Math.Log(3), 0];
        Assert.Equal([0.75, 0.25], Near(Sampling.Distribution(logits, new() { Temperature = 1 })));
        Assert.Equal([0.9, 0.1], Near(Sampling.Distribution(logits, new() { Temperature = 0.5 }))); // 3² : 1
        Assert.Equal([1.0, 0.0], Sampling.Distribution(logits, new() { Temperature = 1, TopK = 1 }));
        Assert.Equal([1.0, 0.0], Sampling.Distribution(logits, new() { Temperature = 1, TopP = 0.7 }));
        Assert.Equal([0.75, 0.25], Near(Sampling.Distribution(logits, new() { Temperature = 1, TopP = 0.8 })));
        Assert.Equal([1.0, 0.0], Sampling.Distribution(logits, new() { Temperature = 1, MinP = 0.34 }));
        Assert.Equal([0.75, 0.25], Near(Sampling.Distribution(logits, new() { Temperature = 1, MinP = 0.33 })));
        Assert.Equal([1.0, 0.0], Sampling.Distribution(logits, new() { Temperature = 0 }));
    }

    [Fact]
    public void The_penalty_pushes_seen_tokens_down_on_both_sides_of_zero()
    {
        float[] logits = [2, -2, 0, 4];
        Sampling.Penalise(logits, new HashSet<int> { 0, 1, 2 }, 2);
        Assert.Equal([1, -4, 0, 4], logits);
        Sampling.Penalise(logits, new HashSet<int> { 0, 1, 2, 3 }, 1);
        Assert.Equal([1, -4, 0, 4], logits);
    }

    [Fact]
    public void Of_equal_logits_the_smallest_id_is_best() => Assert.Equal(1, Sampling.Best([0, 3, 3, 2]));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Logits_that_are_no_numbers_are_refused(float bad)
    {
        Assert.Contains("NaN", Assert.Throws<UrialException>(() => Sampling.Best([1, bad, 2])).Message);
        Assert.Throws<UrialException>(() => Sampling.Distribution([1, bad, 2], new() { Temperature = 1 }));
    }

    [Fact]
    public void Draws_follow_the_distribution_and_depend_on_seed_row_and_position()
    {
        float[] logits = [(float)Math.Log(6), (float)Math.Log(3), 0, float.NegativeInfinity];
        var options = new GenerationOptions { Temperature = 1, Seed = 3 };
        int[] drawn = [.. Enumerable.Range(0, 20_000).Select(position => Sampling.Choose(logits, options, 0, position))];
        double[] shares = [.. Enumerable.Range(0, 4).Select(id => drawn.Count(d => d == id) / 20_000.0)];

        Assert.Equal([0.6, 0.3, 0.1, 0], shares, (a, b) => Math.Abs(a - b) < 0.014); // 4 standard errors
        Assert.Equal(drawn[..100], Enumerable.Range(0, 100).Select(position => Sampling.Choose(logits, options, 0, position)));
        Assert.NotEqual(drawn[..100], Enumerable.Range(0, 100).Select(position => Sampling.Choose(logits, options, 1, position)));
        Assert.NotEqual(drawn[..100],
            Enumerable.Range(0, 100).Select(position => Sampling.Choose(logits, options with { Seed = 4 }, 0, position)));
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        (GenerationOptions, string)[] wrong =
        [
            (new() { MaxNewTokens = 0 }, "MaxNewTokens is 0"), (new() { Temperature = -1 }, "Temperature is -1"),
            (new() { Temperature = double.NaN }, "Temperature is NaN"),
            (new() { TopK = -1 }, "TopK is -1"), (new() { TopP = 0 }, "TopP is 0"), (new() { TopP = 1.5 }, "TopP is 1.5"),
            (new() { MinP = 2 }, "MinP is 2"),
            (new() { RepetitionPenalty = 0 }, "RepetitionPenalty is 0"), (new() { BatchSize = 0 }, "BatchSize is 0"),
        ];
        foreach (var (options, why) in wrong)
            Assert.Contains(why, Assert.Throws<UrialException>(options.Check).Message);
    }

    private static double[] Near(double[] values) => [.. values.Select(v => Math.Round(v, 6))];

    private static JsonElement[] Golden() => [.. File.ReadLines(Repository.Path("tests", "golden", "generation", "sampling.jsonl"))
        .Select(line => JsonDocument.Parse(line).RootElement)];

    private static double[] Numbers(JsonElement golden, string name) =>
        [.. golden.GetProperty(name).EnumerateArray().Select(x => x.GetDouble())];
}
