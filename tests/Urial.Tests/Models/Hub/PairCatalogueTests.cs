namespace Urial.Tests.Models.Hub;

/// <summary>The catalogue of ready pairs.</summary>
public sealed class PairCatalogueTests
{
    [Fact]
    public void Every_pair_can_be_named_on_the_command_line()
    {
        Assert.Equal(PairCatalogue.Pairs.Count, PairCatalogue.Pairs.Select(pair => pair.Name).Distinct().Count());
        foreach (var model in PairCatalogue.Pairs.SelectMany(pair => new[] { pair.Base, pair.Aligned }))
        {
            Assert.Equal((model.Id, model.Revision), (HubId.Parse(model.ToString()).Name, HubId.Parse(model.ToString()).Revision));
            Assert.True(model.Revision == "main" || HubListing.IsCommit(model.Revision), model.ToString());
            // Weights are stored in 16 or 32 bits, the head perhaps twice, and a tokenizer takes up to 50 MB.
            Assert.InRange(model.DownloadBytes, 1.95 * model.Parameters, 4.3 * model.Parameters + 5e7);
        }
    }

    [Fact]
    public void The_memory_and_the_device_follow_from_the_weights()
    {
        var small = PairCatalogue.Find("smollm2-135m");
        Assert.Equal(4L * 2 * 134_515_008, small.MemoryBytes);
        Assert.Equal("cpu", small.Device);
        Assert.Equal("gpu", PairCatalogue.Find("llama-2-7b").Device);
        Assert.True(PairCatalogue.Find("gemma-3-270m").IsGated);
        Assert.Same(small, PairCatalogue.Pairs[0]);
    }

    [Theory]
    [InlineData("smollm2-135m", "smollm2-360m", "gemma-3-270m", "gemma-3-1b", "qwen2.5-0.5b", "qwen2.5-1.5b", "qwen3-0.6b", "llama-3.2-1b")]
    [InlineData("olmo-2-1b-sft", "olmo-2-1b-dpo", "olmo-2-1b-instruct", "tinyllama-1.1b", "pythia-1b", "llama-2-7b", "vicuna-7b",
        "mistral-7b")]
    public void The_pairs_that_chapters_name_are_there(params string[] names) => Assert.All(names, name => PairCatalogue.Find(name));

    [Fact]
    public void A_pair_that_is_not_there_is_told_with_those_that_are() => Assert.Contains("It has smollm2-135m, ",
        Assert.Throws<UrialException>(() => PairCatalogue.Find("nothing")).Message);
}
