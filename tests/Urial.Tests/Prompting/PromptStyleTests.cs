namespace Urial.Tests.Prompting;

public sealed class PromptStyleTests
{
    private static readonly PromptExample[] Examples = [new("What is iron?", "A metal."), new("Who was Bach?", "A composer.")];
    private static readonly ChatMessage[] TwoTurns = [new("user", "q1"), new("assistant", "a1\n- b"), new("user", "q2")];

    [Fact]
    public void Zero_shot_is_the_prompt_that_shift_analysis_sends()
    {
        var prompt = new ZeroShotStyle().Prompt("Why is\nthe sky {query}?");
        Assert.Equal(ZeroShot.Prompt("Why is\nthe sky {query}?"), prompt.Text);
        Assert.Equal("# Query:\n```\nWhy is\nthe sky {query}?\n```\n\n# Answer:\n```\n", prompt.Text);
        Assert.Equal(["\n```"], prompt.Stop);
        Assert.Equal("\n```", prompt.Closing);
    }

    [Fact]
    public void Earlier_turns_become_blocks_before_the_query() => Assert.Equal(
        "# Query:\n```\nq1\n```\n\n# Answer:\n```\na1\n- b\n```\n\n# Query:\n```\nq2\n```\n\n# Answer:\n```\n",
        new ZeroShotStyle().Prompt(TwoTurns).Text);

    [Fact]
    public void A_system_message_becomes_an_instruction_section() => Assert.Equal(
        "# Instruction\n\nBe brief.\n\n# Query:\n```\nq\n```\n\n# Answer:\n```\n",
        new ZeroShotStyle().Prompt([new("system", "Be brief."), new("user", "q")]).Text);

    [Fact]
    public void Vanilla_icl_shows_its_examples_before_the_turns()
    {
        var prompt = new VanillaIcl(Examples).Prompt(TwoTurns);
        Assert.Equal(
            "# Query:\n```\nWhat is iron?\n```\n\n# Answer:\n```\nA metal.\n```\n\n# Query:\n```\nWho was Bach?\n```\n\n# "
                + "Answer:\n```\nA composer.\n```\n\n" +
            new ZeroShotStyle().Prompt(TwoTurns).Text, prompt.Text);
        Assert.Equal(["\n```", "# Query"], prompt.Stop);
        Assert.Contains("K = 2", prompt.Provenance);
        Assert.Equal(
            [PromptPartKind.ExampleQuery, PromptPartKind.ExampleAnswer, PromptPartKind.ExampleQuery, PromptPartKind.ExampleAnswer,
                PromptPartKind.EarlierQuery, PromptPartKind.EarlierAnswer, PromptPartKind.Query],
            prompt.Parts.Where(part => part.Kind != PromptPartKind.Frame).Select(part => part.Kind));
        Assert.Equal([1, 1, 2, 2, 1, 1, 0], prompt.Parts.Where(part => part.Kind != PromptPartKind.Frame).Select(part => part.Number));
    }

    [Fact]
    public void Retrieval_icl_puts_the_most_similar_last_and_goes_by_the_last_query()
    {
        PromptExample[] pool = [new("How old is the moon?", "Old."), new("Which metal is in steel?", "Iron."),
            new("Is steel a metal?", "An alloy.")];
        var style = new RetrievalIcl(new Bm25Index(pool), 2);
        var prompt = style.Prompt(
            [new("user", "How old is the moon?"), new("assistant", "x"), new("user", "Is the metal in steel iron, is it?")]);
        Assert.Equal(["Which metal is in steel?", "Is steel a metal?"],
            prompt.Parts.Where(part => part.Kind == PromptPartKind.ExampleQuery).Select(part => part.Text));
        Assert.Contains("examples 2, 3 of", prompt.Provenance);
        Assert.StartsWith("# Query:\n```\nWhich metal", prompt.Text);
        Assert.EndsWith("# Answer:\n```\n", prompt.Text);
    }

    [Fact]
    public void Retrieval_of_more_than_the_pool_holds_is_refused() =>
        Assert.Contains("the pool", Assert.Throws<UrialException>(() => new RetrievalIcl(new Bm25Index(Examples), 3)).Message);

    [Fact]
    public void The_chat_style_is_the_models_template_with_its_parts_found()
    {
        using var model = LanguageModel.Load(Repository.Path("data", "models", "micro-sft"));
        // words of the template itself
        ChatMessage[] conversation = [new("system", "user"), new("user", "user"), new("assistant", "end"), new("user", "|")];
        var prompt = new ChatStyle(model).Prompt(conversation);
        Assert.Equal(model.ChatTemplate!.Render(conversation), prompt.Text);
        Assert.Equal("<|system|>\nuser<|end|>\n<|user|>\nuser<|end|>\n<|assistant|>\nend<|end|>\n<|user|>\n|<|end|>\n<|assistant|>\n",
            prompt.Text);
        Assert.Equal(["<|system|>\n", "user", "<|end|>\n<|user|>\n", "user", "<|end|>\n<|assistant|>\n", "end", "<|end|>\n<|user|>\n", "|",
            "<|end|>\n<|assistant|>\n"], prompt.Parts.Select(part => part.Text));
        Assert.Empty(prompt.Stop);
        Assert.True(prompt.SpellsSpecialTokens);
    }

    [Fact]
    public void A_base_model_has_no_chat_style()
    {
        using var model = LanguageModel.Load(Repository.Path("data", "models", "micro-base"));
        Assert.Contains("micro-base has no chat template", Assert.Throws<UrialException>(() => new ChatStyle(model)).Message);
    }

    [Fact]
    public void Parts_that_are_not_the_text_are_refused() =>
        Assert.Throws<ArgumentException>(() => new PromptText("ab", [], "test") { Parts = [new(PromptPartKind.Frame, "a")] });

    [Theory]
    [InlineData("zero-shot", 3, "shows no examples, and 3 are asked for")]
    [InlineData("chat", null, "name the model")]
    [InlineData("urial", 9, "has 8 examples, and 9 are asked for")]
    [InlineData("urial", -1, "-1 examples cannot be shown")]
    [InlineData("vanilla-icl", 99, "plain.jsonl holds")]
    [InlineData("retrieval-icl", 0, "Ask for 1 to")]
    [InlineData("shout", null, "no prompt style and no prompt file \"shout\"")]
    [InlineData("", null, "no prompt style")]
    [InlineData("retrieval-icl:no.jsonl", null, "no.jsonl")]
    public void Styles_that_cannot_be_made_are_refused(string name, int? examples, string message) =>
        Assert.Contains(message, Assert.Throws<UrialException>(() => PromptStyles.Of(name, examples)).Message);

    [Theory]
    [InlineData(null, 3)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    [InlineData(8, 8)]
    public void The_urial_style_shows_k_examples(int? asked, int shown)
    {
        var prompt = PromptStyles.Of("urial", asked).Prompt("Why?");
        Assert.Equal(shown, prompt.Parts.Count(part => part.Kind == PromptPartKind.ExampleQuery));
        Assert.Single(prompt.Parts, part => part.Kind == PromptPartKind.System);
    }
}
