namespace Urial.Tests.Prompting;

public sealed class PromptCostTests
{
    private static readonly PromptText Prompt = new UrialPrompt("x", PromptLayout.Fenced, "the", [new("abab", "1212 é")]).Prompt("the the");

    [Fact]
    public void Each_part_is_counted_and_together_they_are_the_prompt()
    {
        // A tokenizer of single bytes and the merges th, the, " the", ab, bc, abab, 12.
        var tokenizer = HfTokenizer.Load(TextFixtures.WriteMicroTokenizer());
        var cost = Prompt.Cost(tokenizer);
        Assert.Equal(Prompt.Encode(tokenizer).Length, cost.Total);
        Assert.Equal(0, cost.Leading);
        Assert.Equal(1, cost.Of(PromptPartKind.System));
        Assert.Equal(1, cost.Of(PromptPartKind.ExampleQuery));
        Assert.Equal(2, cost.Of(PromptPartKind.Query)); // "the", " the"
        Assert.Equal(tokenizer.Encode("1212 é").Length, cost.Of(PromptPartKind.ExampleAnswer));
        Assert.Equal(1 + cost.Of(PromptPartKind.ExampleAnswer), cost.Examples);
    }

    [Theory]
    [InlineData("llama3")]
    [InlineData("gpt2")]
    [InlineData("gpt2-prefix-space")]
    [InlineData("qwen2")]
    [InlineData("gpt-neox")] // composes Unicode: "e" and an accent become one character
    public void Real_tokenizers_add_up(string name)
    {
        var tokenizer = HfTokenizer.Load(Repository.Path("tests", "golden", "tokenizers", name));
        var prompt = new VanillaIcl([new("cafe\u0301?", "  e\u0301\n\n")]).Prompt(
            [new("user", "e\u0301"), new("assistant", "\ud83e\udd89"), new("user", "?")]);
        var cost = prompt.Cost(tokenizer);
        Assert.Equal(prompt.Encode(tokenizer).Length, cost.Total);
        Assert.Equal(prompt.Parts, cost.Parts.Select(part => part.Part));
        Assert.Equal(tokenizer.Encode("x", addSpecialTokens: true).TakeWhile(tokenizer.IsSpecial).Take(cost.Leading),
            prompt.Encode(tokenizer).Take(cost.Leading));
    }

    [Fact]
    public void A_beginning_of_sequence_is_put_before_a_plain_prompt_and_not_before_a_template()
    {
        var tokenizer = HfTokenizer.Load(Repository.Path("tests", "golden", "tokenizers", "llama3"));
        Assert.NotEmpty(tokenizer.LeadingIds);
        Assert.Equal([.. tokenizer.LeadingIds, .. tokenizer.Encode(Prompt.Text)], Prompt.Encode(tokenizer));
        Assert.Equal(tokenizer.Encode(Prompt.Text), (Prompt with { SpellsSpecialTokens = true }).Encode(tokenizer));
        Assert.Equal(tokenizer.LeadingIds.Count, Prompt.Cost(tokenizer).Leading);
    }
}
