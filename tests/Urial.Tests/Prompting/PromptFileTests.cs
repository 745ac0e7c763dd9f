namespace Urial.Tests.Prompting;

/// <summary>
/// Files written for these tests in the published layouts; the expected turns are worked out by hand from the published code's rules.
/// </summary>
public sealed class PromptFileTests
{
    private const string Inline = "# Instruction\n\nReply kindly. \nKeep it short.\n\n\n# Query:\n```Where do owls sleep? ``` \n \n# "
        + "Answer:\n```  \nIn trees.\n\nSleep well!\n``` \n\n\n# Query:\n```And bats?```\n\n# Answer:\n```\nIn caves.\n```";
    private const string OwnLines = "# Instruction\n\nReply kindly.\n\n# Query:\n```\nWhere do owls sleep?\n```\n\n# Answer:\n```\nIn "
        + "trees.\n```\n\n# Query:\n```\nAnd bats?\n```\n\n# Answer:\n```\nIn caves, like this:\n```text\nzzz\n```\n```\n";
    private const string V5 = "# Instruction\n\nReply kindly.\n\n\n# User:\n\nWhere do owls sleep?\n\n\n\n# Assistant:\n\nIn "
        + "trees.\n\n\n\n# User:\n\nAnd bats?\n\n\n\n# Assistant:\n\nIn caves.\n\n";
    private const string V6 = "# Instruction\n\nReply kindly.\n\n\n# User:\nWhere do owls sleep?\n\n\n# Assistant:\nIn trees.\n\n\n# "
        + "User:\nAnd bats?\n\n\n# Assistant:\nIn caves.";
    private const string Bare = "Instruction\n\nReply kindly.\n\n\nUser:\n\nWhere do owls sleep?\n\n\n\nAssistant:\n\nIn trees.\n\n\n";

    private const string FencedOne = "\n# Query:\n```\n\nA: ü\n\n```\n\n# Answer:\n```\n";
    private const string InlineOne = "\n# Query:\n```\nA: ü\n```\n\n# Answer:\n```\n";
    private const string Vanilla = "# Query:\n```Where do owls sleep?```\n\n# Answer:\n```\nIn trees.\n```\n\n\n# Query:\n```And "
        + "bats,\nat night? ```\n\n# Answer:\n```\nOut.\n```";
    private const string FencedTwo = "\n# Query:\n```\nA\n```\n\n# Answer:\n```\nB\n\n```\n\n# Query:\n```\nC\n```\n\n# Answer:\n```\n";

    public static TheoryData<string, string, string, string, string[]> Layouts => new()
    {
        // One query as the paper's own runs sent it (src/legacy); conversations only the later code knows.
        { Inline, "x.txt", InlineOne, FencedTwo, ["# Query", "# User"] },
        { Vanilla, "x.txt", InlineOne, FencedTwo, ["# Query", "# User"] },
        { OwnLines, "x.txt", FencedOne, FencedTwo, ["# Query", "# User"] },
        { V5, "x.txt", "\n# User:\n\n\nA: ü\n\n\n\n# Assistant:\n\n",
            "\n# User:\n\nA\n\n\n# Assistant:\n\nB\n\n\n\n# User:\n\nC\n\n\n# Assistant:\n\n", ["# Query", "# User"] },
        { V6, "x.txt", "\n\n# User:\nA: ü\n\n\n# Assistant:\n", "\n\n# User:\nA\n\n\n# Assistant:\nB\n\n\n# User:\nC\n\n\n# Assistant:\n",
            ["# Query", "# User"] },
        { Bare, "x.txt", "\nUser:\n\n\nA: ü\n\n\n\nAssistant:\n\n",
            "\nUser:\n\nA\n\n\nAssistant:\n\nB\n\n\n\nUser:\n\nC\n\n\nAssistant:\n\n", ["User:"] },
        // The published code takes these two forms by the file's name.
        { V5, "inst_help_v6-9k.txt", "\n\n# User:\nA: ü\n\n\n# Assistant:\n",
            "\n\n# User:\nA\n\n\n# Assistant:\nB\n\n\n# User:\nC\n\n\n# Assistant:\n", ["# Query", "# User"] },
    };

    [Theory, MemberData(nameof(Layouts))]
    public void The_query_is_appended_as_the_published_code_does(string file, string name, string one, string two, string[] stop)
    {
        var prompt = UrialPrompt.Parse(file, name);
        Assert.Equal(file, prompt.Text);
        Assert.Equal(file + one, prompt.Prompt("\nA: ü\n").Text);
        Assert.Equal(stop, prompt.Prompt("A").Stop);
        Assert.Equal(file + two, prompt.Prompt([new("user", "A"), new("assistant", "B\n"), new("user", "C")]).Text);
    }

    [Theory]
    [InlineData(Inline)]
    [InlineData(Vanilla)]
    public void The_later_codes_form_is_a_choice_behind_inline_queries(string file)
    {
        var later = UrialPrompt.Parse(file, "x.txt").WithQueryForm(QueryForm.Later);
        Assert.Equal(file, later.Text);
        Assert.Equal(file + FencedOne, later.Prompt("\nA: ü\n").Text);
        Assert.Equal("\n```", later.Prompt("A").Closing);
        Assert.Equal(file + FencedTwo, later.Prompt([new("user", "A"), new("assistant", "B\n"), new("user", "C")]).Text);
        Assert.EndsWith(FencedOne, later.First(1).Prompt("\nA: ü\n").Text);
        Assert.EndsWith(InlineOne, later.First(1).WithQueryForm(QueryForm.Paper).Prompt("\nA: ü\n").Text);
    }

    [Theory]
    [InlineData("```a```", "```b \nc ``` ", true)]
    [InlineData("```a```", "```\nb\n```", false)]
    [InlineData("```\na\n```", "```b```", false)]
    [InlineData("```text\na\n```", "```text\nb\n```", false)]
    [InlineData("```\na```", "```\nb```", false)]
    public void A_file_is_inline_where_all_its_queries_are(string first, string second, bool inline)
    {
        var file = $"# Instruction\nx\n# Query:\n{first}\n# Answer:\n```\nc\n```\n# Query:\n{second}\n# Answer:\n```d```";
        var prompt = UrialPrompt.Parse(file, "x.txt");
        Assert.Equal(inline ? PromptLayout.Inline : PromptLayout.Fenced, prompt.Layout);
        Assert.Equal(file + (inline ? "\n# Query:\n```q```\n\n# Answer:\n```\n" : "\n# Query:\n```\nq\n```\n\n# Answer:\n```\n"),
            prompt.Prompt("q").Text);
    }

    [Theory]
    [InlineData(Vanilla)]
    [InlineData("\n\n# Query:\n```\nWhere do owls sleep?\n```\n# Answer:\n```\nIn trees.\n```\n")]
    [InlineData("# User:\nWhere do owls sleep?\n\n\n# Assistant:\nIn trees.")]
    [InlineData("User:\n\nWhere do owls sleep?\n\n\nAssistant:\n\nIn trees.\n\n")]
    public void A_file_without_an_instruction_section_is_vanilla_icl(string file)
    {
        var prompt = UrialPrompt.Parse(file, "plain.txt");
        Assert.Null(prompt.System);
        Assert.Equal(file, prompt.Text);
        Assert.StartsWith(file, prompt.Prompt("q").Text);
        Assert.Contains("vanilla ICL", prompt.Prompt("q").Provenance);
        Assert.Equal(new PromptExample("Where do owls sleep?", "In trees."), prompt.Examples[0]);
        Assert.Equal(file.TrimStart('\n'), prompt.WithoutSystem().Text);
        var briefed = prompt.Prompt([new("system", "Be brief."), new("user", "q")]).Text;
        Assert.StartsWith($"# Instruction\n\nBe brief.\n{prompt.Layout.Lead}{file.TrimStart('\n')}", briefed);
        Assert.StartsWith(briefed[..^prompt.Prompt("q").Text[file.Length..].Length], prompt.WithSystem("Be brief.").Prompt("q").Text);
    }

    [Theory]
    [InlineData(Inline, "Reply kindly. \nKeep it short.", "In trees.\n\nSleep well!", "In caves.")]
    [InlineData(OwnLines, "Reply kindly.", "In trees.", "In caves, like this:\n```text\nzzz\n```")]
    [InlineData(V5, "Reply kindly.", "In trees.", "In caves.")]
    [InlineData(V6, "Reply kindly.", "In trees.", "In caves.")]
    public void System_text_and_examples_are_told_apart(string file, string system, string first, string second)
    {
        var prompt = UrialPrompt.Parse(file, "x.txt");
        Assert.Equal(system, prompt.System);
        Assert.Equal([new("Where do owls sleep?", first), new("And bats?", second)], prompt.Examples);
    }

    [Fact]
    public void A_file_with_windows_line_breaks_is_the_same_prompt() =>
        Assert.Equal(OwnLines, UrialPrompt.Parse(OwnLines.Replace("\n", "\r\n"), "x.txt").Text);

    [Fact]
    public void A_file_without_examples_is_a_system_text_alone() =>
        Assert.Equal("# Instruction\n\nReply kindly.\n" + FencedOne,
            UrialPrompt.Parse("# Instruction\n\nReply kindly.\n", "x.txt").Prompt("\nA: ü\n").Text);

    [Theory]
    [InlineData("\nBe kind.\n# Query:\n```\na\n```\n\n# Answer:\n```\nb\n```\n", 2, "text stands before the first \"# Query:\"")]
    [InlineData("# Instruction\n\n# Query:\n```\na\n```\n\n# Answer:\n```\nb\n```\n", 1, "no instruction section")]
    [InlineData("just text", 1, "no instruction section")]
    [InlineData("# Instruction\nx\n# Query:\n```\na\n```\n# Query:\n```\nb\n```\n# Answer:\n```\nc\n```\n", 7,
        "two queries in a row (the other in line 3)")]
    [InlineData("# Instruction\nx\n# User:\na\n# User:\nb\n# Assistant:\nc\n", 5, "two queries in a row (the other in line 3)")]
    [InlineData("# Instruction\nx\n# Query:\n```\na\n```\n# Answer:\n```\nb\n```\n# Answer:\n```\nc\n```\n", 11,
        "two answers in a row (the other in line 7)")]
    [InlineData("# Instruction\nx\n# Answer:\n```\nb\n```\n", 3, "an answer without a query")]
    [InlineData("# Instruction\nx\n# Query:\n```\na\n```\n", 3, "an answer is missing: the file ends")]
    [InlineData("# Instruction\nx\n# User:\n\na\n\n# Assistant:\n\n", 7, "an answer is missing: nothing stands below")]
    [InlineData("# Instruction\nx\n# Query:\n```\na\n```\n# Answer:\n```\n\n```\n", 7, "an answer is missing: the fence below")]
    [InlineData("# Instruction\nx\n# Query:\n\n# Answer:\n```\nb\n```\n", 3, "the query below this heading is missing")]
    [InlineData("# Instruction\nx\n# Query:\n```\na\n# Answer:\n```\nb\n```\n", 3, "unbalanced fences")]
    [InlineData("# Instruction\nx\n# Query:\n```a\n# Answer:\n```\nb\n```\n", 3, "unbalanced fences")]
    [InlineData("# Instruction\nx\n# Query:\na\n```\n# Answer:\n```\nb\n```\n", 3, "unbalanced fences")]
    [InlineData("# Instruction\nx\n# Query:\n```\na\n```\n# Answer:\n```\nb\n", 7, "unbalanced fences")]
    [InlineData("# Instruction\nx\n# Query:\n```\na\n```\n# Answer:\nb\n", 7, "unbalanced fences")]
    [InlineData("# Instruction\nx\n# Query:\n```\na\n```\n# Answer:\n```\nb\n```\nmore\n", 7, "stands outside its fence")]
    [InlineData("# Instruction\nx\n# User:\na\n# Assistant:\nb ```c\n", 5, "unbalanced fences")]
    [InlineData("# Instruction\nx\n# Query:\n```\na\n```\n# Assistant:\nb\n", 7, "keeps to one pair of headings")]
    [InlineData("\ufeff# Instruction\nx\n", 1, "byte-order mark")]
    public void A_wrong_file_is_refused_by_name_and_line(string file, int line, string message)
    {
        var problem = Assert.Throws<UrialException>(() => UrialPrompt.Parse(file, "mine.txt"));
        Assert.StartsWith($"mine.txt:{line}: ", problem.Message);
        Assert.Contains(message, problem.Message);
    }

    [Fact]
    public void A_file_that_is_missing_or_no_utf8_is_refused()
    {
        using var folder = new Models.TemporaryFolder();
        Assert.Contains("absent.txt", Assert.Throws<UrialException>(() => UrialPrompt.Read(folder.File("absent.txt"))).Message);
        File.WriteAllBytes(folder.File("latin.txt"), [.. "# Instruction\n\nf"u8, 0xfc, .. "r dich\n"u8]);
        Assert.Contains("latin.txt is not UTF-8 (byte 16)",
            Assert.Throws<UrialException>(() => UrialPrompt.Read(folder.File("latin.txt"))).Message);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("{\"query\":\"a\",\"answer\":\"b\"}\n\n{\"query\":\"a\"}\n", "pool.jsonl, line 3: The field \"answer\" is missing.")]
    [InlineData("{\"query\":\"a\",\"answer\":7}\n", "pool.jsonl, line 1: The field \"answer\" is a number, not a string.")]
    [InlineData("[]\n", "is empty")]
    [InlineData("[7]\n", "pool.jsonl, line 1: The line is not a JSON object.")]
    [InlineData("{\n", "pool.jsonl, line 1: The line is not valid JSON")]
    public void A_pool_that_is_wrong_is_refused_by_line(string content, string message)
    {
        using var folder = new Models.TemporaryFolder();
        File.WriteAllText(folder.File("pool.jsonl"), content);
        Assert.Contains(message, Assert.Throws<UrialException>(() => ExamplePool.Read(folder.File("pool.jsonl"))).Message);
    }
}
