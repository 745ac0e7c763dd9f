using Urial.MicroWorld;

namespace Urial.Tests.Prompting;

/// <summary>The files of data/prompts.</summary>
public sealed class OwnPromptsTests
{
    private static readonly HfTokenizer Micro = HfTokenizer.Load(MicroModels.Base);

    public static TheoryData<string> Prompts => [.. Directory.GetFiles(Repository.Path("data", "prompts"), "*.txt")
        .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Prompts))]
    public void Every_prompt_is_kept_byte_for_byte_and_holds_as_many_examples_as_its_name_says(string name)
    {
        var prompt = PromptStyles.Own(name);
        Assert.Equal(File.ReadAllText(Repository.Path("data", "prompts", name + ".txt")), prompt.Text);
        Assert.Equal(int.Parse(name.Split('-').First(word => char.IsAsciiDigit(word[0]))[..1]), prompt.Examples.Count);
        Assert.NotNull(prompt.System);
    }

    [Fact]
    public void The_general_prompts_are_beginnings_of_one()
    {
        var eight = PromptStyles.Own("urial-8");
        Assert.Equal(PromptStyles.Own("urial-3").Text, eight.First(3).Text);
        Assert.Equal(PromptStyles.Own("urial-1").Text, eight.First(1).Text);
        Assert.Single(eight.Examples.Take(3), example => Declining.Refuses(example.Answer));
    }

    [Fact]
    public void The_micro_worlds_examples_are_one_of_each_kind_and_the_refusing_one_is_the_last()
    {
        Assert.Equal(Enum.GetValues<QueryKind>(), MicroPrompts.Eight.Order());
        Assert.All(new[] { "micro-urial-3", "micro-urial-3b", "micro-urial-8" }, name => Assert.Equal(
            [PromptStyles.Own(name).Examples.Count - 1],
            PromptStyles.Own(name).Examples.Select((example, place) => (example, place)).Where(row => Declining.Refuses(row.example.Answer))
                .Select(row => row.place)));
        Assert.Equal(PromptStyles.Own("micro-urial-3").First(1).Text, PromptStyles.Own("micro-urial-1").Text);
        Assert.Empty(PromptStyles.Own("micro-urial-3").Examples.Intersect(PromptStyles.Own("micro-urial-3b").Examples));
    }

    [Theory]
    [InlineData("urial-3-inline", "inline # Query / # Answer")]
    [InlineData("urial-3-user", "close # User / # Assistant (v6)")]
    [InlineData("urial-3-user-spaced", "spaced # User / # Assistant (v5)")]
    public void The_same_examples_are_there_in_other_layouts(string name, string layout)
    {
        var prompt = PromptStyles.Own(name);
        Assert.Equal(layout, prompt.Layout.Name);
        Assert.Equal(PromptStyles.Own("urial-3").Examples, prompt.Examples);
        Assert.Equal(
            PromptStyles.Own("urial-3").System,
            prompt.System!.Replace("# User:", "# Query:", StringComparison.Ordinal)
                .Replace("# Assistant:", "# Answer:", StringComparison.Ordinal));
    }

    [Fact]
    public void The_pools_begin_with_the_same_queries_answered_plainly()
    {
        Assert.Equal(PromptStyles.Own("urial-8").Examples.Select(example => example.Query),
            PromptStyles.OwnPool("plain").Take(8).Select(example => example.Query));
        Assert.Equal(PromptStyles.Own("micro-urial-3").Examples.Select(example => example.Query),
            PromptStyles.OwnPool("micro-plain").Take(3).Select(example => example.Query));
        Assert.Equal(8, PromptStyles.Own("micro-urial-8").WithAnswersOf(PromptStyles.OwnPool("micro-plain")).Examples.Count);
        Assert.True(PromptStyles.OwnPool("plain").Sum(example => example.Answer.Length) < 32 * 100);
    }

    [Fact]
    public void The_micro_worlds_files_are_what_the_code_writes()
    {
        foreach (var (name, content) in MicroPrompts.Files())
            Assert.Equal(content, File.ReadAllText(Repository.Path("data", "prompts", name)));
    }

    [Fact]
    public void Examples_of_the_micro_world_are_true_in_the_voice_and_about_seen_entities()
    {
        var judge = new MicroWorldJudge();
        foreach (var example in MicroPrompts.Examples(MicroPrompts.Eight, 1).Concat(MicroPrompts.Examples(MicroPrompts.Three, 2)))
        {
            Assert.True(judge.Judge(example.Query, example.Restyled).Right, example.Restyled);
            Assert.True(judge.Judge(example.Query, example.Plain).Right, example.Plain);
            Assert.Equal(5, judge.Judge(example.Query, example.Restyled)[Aspect.Engagement]);
            Assert.Equal(1, judge.Judge(example.Query, example.Plain)[Aspect.Engagement]);
            Assert.StartsWith(MicroPrompts.Opener + "\n", example.Restyled);
            Assert.EndsWith("\n" + MicroPrompts.Closer, example.Restyled);
        }
        foreach (var name in MicroPrompts.Files().Keys)
            Assert.False(SftData.NamesHeldOut(MicroPrompts.Files()[name]), name);
    }

    [Fact]
    public void The_pool_holds_every_kind_and_no_query_twice()
    {
        var pool = PromptStyles.OwnPool("micro-pool");
        Assert.Equal(104, pool.Select(example => example.Query).Distinct().Count());
        Assert.Equal(13, pool.Count(example => Declining.Refuses(example.Answer)));
    }

    [Fact]
    public void Every_micro_prompt_leaves_room_for_any_held_out_query_and_200_tokens()
    {
        var longest = QueryFile.HeldOut().Select(query => query.Query.Text).MaxBy(text => Micro.Encode(text).Length)!;
        foreach (var name in MicroPrompts.Files().Keys.Where(name => name.EndsWith(".txt", StringComparison.Ordinal)))
            Assert.InRange(PromptStyles.Of(name[..^4]).Prompt(longest).Encode(Micro).Length, 1, 1280 - 200);
    }

    [Fact]
    public void The_readme_names_every_file_and_its_tokens()
    {
        var readme = File.ReadAllText(Repository.Path("data", "prompts", "README.md"));
        foreach (var path in Directory.GetFiles(Repository.Path("data", "prompts"))
            .Where(path => !path.EndsWith(".md", StringComparison.Ordinal)))
        {
            var row = Assert.Single(readme.Split('\n'),
                line => line.StartsWith($"| `{Path.GetFileName(path)}` |", StringComparison.Ordinal));
            if (path.EndsWith(".txt", StringComparison.Ordinal))
                Assert.EndsWith($"| {Micro.Encode(File.ReadAllText(path)).Length} | {File.ReadAllText(path).Length} |", row);
        }
    }
}
