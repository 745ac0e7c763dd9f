namespace Urial.Tests.Prompting;

public sealed class UrialPromptTests
{
    private const string Head = "# Instruction\n\nReply kindly.\n\n";
    private const string Owls = "# Query:\n```\nOwls?\n```\n\n# Answer:\n```\nIn trees.\n```";
    private const string Bats = "# Query:\n```Bats?```\n\n# Answer:\n```\nIn caves.\n```"; // inline
    private const string Bees = "# Query:\n```\nBees?\n```\n\n# Answer:\n```\nIn hives.\n```";
    private const string Tail = "\n";

    private static readonly UrialPrompt Prompt = UrialPrompt.Parse($"{Head}{Owls}\n\n{Bats}\n\n\n{Bees}{Tail}", "three.txt");

    [Fact]
    public void Without_system_the_examples_stay_as_they_are() =>
        Assert.Equal($"{Owls}\n\n{Bats}\n\n\n{Bees}{Tail}", Prompt.WithoutSystem().Text);

    [Fact]
    public void Without_system_and_examples_it_is_zero_shot() =>
        Assert.Equal(ZeroShot.Prompt("q"), Prompt.WithoutSystem().First(0).Prompt("q").Text);

    [Fact]
    public void Without_examples_one_empty_line_stands_before_the_query() =>
        Assert.Equal(Head + ZeroShot.Prompt("q"), Prompt.First(0).Prompt("q").Text);

    [Fact]
    public void An_order_moves_examples_and_leaves_the_space_between_places() =>
        Assert.Equal($"{Head}{Bees}\n\n{Owls}\n\n\n{Bats}{Tail}", Prompt.WithOrder(3, 1, 2).Text);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 2, 2)]
    [InlineData(0, 1, 2)]
    public void An_order_that_is_none_is_refused(params int[] numbers) =>
        Assert.Contains("does not name each of the examples 1 to 3",
            Assert.Throws<UrialException>(() => Prompt.WithOrder(numbers)).Message);

    [Fact]
    public void One_example_can_be_left_out()
    {
        Assert.Equal($"{Head}{Owls}\n\n{Bees}{Tail}", Prompt.Without(2).Text);
        Assert.Contains("without example 2", Prompt.Without(2).Prompt("q").Provenance);
        Assert.Throws<UrialException>(() => Prompt.Without(4));
    }

    [Fact]
    public void The_first_examples_end_as_the_file_does()
    {
        Assert.Equal($"{Head}{Owls}{Tail}", Prompt.First(1).Text);
        Assert.Same(Prompt, Prompt.First(3));
        Assert.Contains("has 3 examples, and 4 are asked for", Assert.Throws<UrialException>(() => Prompt.First(4)).Message);
    }

    [Fact]
    public void Other_answers_take_the_restyling_away()
    {
        var plain = Prompt.WithAnswersOf([new("Bees?", "Hives."), new("Owls?", "Trees."), new("Bats?", "Caves.")]);
        Assert.Equal(Prompt.Text.Replace("In trees.", "Trees.").Replace("In caves.", "Caves.").Replace("In hives.", "Hives."), plain.Text);
        Assert.Contains("example 1 of three", Assert.Throws<UrialException>(() => Prompt.WithAnswersOf([new("Bees?", "Hives.")])).Message);
    }

    [Fact]
    public void Other_examples_are_written_in_the_layout() =>
        Assert.Equal($"{Head}{Bats}\n\n# Query:\n```\nFoxes?\n```\n\n# Answer:\n```\nIn dens.\n```{Tail}",
            Prompt.WithExamples([new("Bats?", "In caves."), new("Foxes?", "In dens.")]).Text);

    [Fact]
    public void A_system_text_can_be_changed() =>
        Assert.Equal(Prompt.Text.Replace("Reply kindly.", "Shout."), Prompt.WithSystem("Shout.").Text);

    [Fact]
    public void A_second_system_text_is_refused_and_a_first_is_taken()
    {
        ChatMessage[] conversation = [new("system", "Reply kindly."), new("user", "q")];
        Assert.Contains("has its own instruction section", Assert.Throws<UrialException>(() => Prompt.Prompt(conversation)).Message);
        Assert.Equal(Prompt.Prompt("q").Text, Prompt.WithoutSystem().Prompt(conversation).Text);
    }

    [Fact]
    public void The_hash_is_the_constant_texts_and_the_provenance_names_it()
    {
        Assert.Equal(Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Prompt.Text))), Prompt.Sha256);
        Assert.NotEqual(Prompt.Sha256, Prompt.Without(1).Sha256);
        Assert.Equal($"three: K = 3, {PromptLayout.Fenced}, file three.txt, sha256 {Prompt.Sha256}", Prompt.Prompt("q").Provenance);
    }

    [Fact]
    public void A_prompt_made_in_code_is_the_same_as_read_from_its_text()
    {
        foreach (var layout in new[] { PromptLayout.Fenced, PromptLayout.Inline, PromptLayout.UserSpaced, PromptLayout.User })
        {
            var made = new UrialPrompt("made", layout, "Reply kindly.", Prompt.Examples);
            var read = UrialPrompt.Parse(made.Text, "made.txt");
            Assert.Equal(layout, read.Layout);
            Assert.Equal(made.Examples, read.Examples);
            Assert.Equal(made.Prompt("q").Text, read.Prompt("q").Text);
        }
    }
}
