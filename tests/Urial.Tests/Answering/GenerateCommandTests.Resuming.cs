using System.Text.Json.Nodes;
using Urial.Tests.Shift;

namespace Urial.Tests.Answering;

public sealed partial class GenerateCommandTests
{
    private static readonly string[] Sampled = ["--prompt-style", "zero-shot", "--max-new-tokens", "12", "--temperature", "1.3", "--top-p",
        "0.95", "--seed", "3", "--batch-size", "4"];

    [Theory]
    [InlineData(0, true)]
    [InlineData(3, false)]
    [InlineData(6, true)] // in the middle of the second batch of four
    [InlineData(10, false)]
    public async Task A_run_that_was_killed_goes_on_and_leaves_the_same_file(int whole, bool half)
    {
        var queries = Queries([.. Enumerable.Range(0, 10).Select(i => Good($"q{i}"))]);
        await Generate(queries, Sampled);
        var (answers, manifest) = (File.ReadAllBytes(Out), File.ReadAllBytes(Manifest));
        var lines = File.ReadAllLines(Out);
        var kept = string.Concat(lines[..whole].Select(line => line + "\n"));
        File.WriteAllText(Out, kept + (half ? lines[whole][..(lines[whole].Length / 2)] : ""));
        var begun = JsonNode.Parse(manifest)!;
        begun["complete"] = false;
        File.WriteAllText(Manifest, begun.ToJsonString());

        var (code, output, _) = await Generate(queries, Sampled);

        Assert.Equal(0, code);
        Assert.Equal(answers, File.ReadAllBytes(Out));
        Assert.Equal(manifest, File.ReadAllBytes(Manifest));
        Assert.Contains(whole == 0 ? "10 answers; " : $"10 answers, {whole} of them from before; ", output);
    }

    [Fact]
    public async Task Answers_that_are_there_are_not_asked_for_again()
    {
        var queries = Queries(Good("a"), Good("b"));
        await Generate(queries, Sampled);
        var marked = File.ReadAllText(Out).Replace("\"dataset\":\"queries\"", "\"dataset\":\"kept\"");
        File.WriteAllText(Out, marked);

        await Generate(queries, Sampled);
        Assert.Equal(marked, File.ReadAllText(Out));
    }

    [Fact]
    public async Task A_line_that_failed_is_tried_again_and_takes_its_place()
    {
        Assert.Equal(3, (await Generate(Queries(Good("a"), "{", Good("c")), Sampled)).Code);
        var queries = Queries(Good("a"), Good("b"), Good("c"));
        Assert.Equal(0, (await Generate(queries, Sampled)).Code);
        Assert.Equal(["\"a\"", "\"b\"", "\"c\""], Answers().Select(answer => answer.GetProperty("id").GetRawText()));
        Assert.Equal("0", ManifestJson("n_failed").GetRawText());

        var together = File.ReadAllText(Out);
        File.Delete(Out);
        await Generate(queries, Sampled);
        Assert.Equal(File.ReadAllText(Out), together);
    }

    [Fact]
    public async Task Draws_depend_on_the_lines_id_and_the_seed_and_on_nothing_else()
    {
        string[] ids = ["a", "b", "c", "d", "e"];
        var together = await Ids(Queries([.. ids.Select(Good)]));
        var reversed = await Ids(Queries([.. ids.Reverse().Select(Good)]));
        Assert.Equal(together, reversed.Reverse());
        foreach (var (id, answer) in ids.Zip(together))
            Assert.Equal(answer, (await Ids(Queries(Good(id)), "--batch-size", "1"))[0]);
        Assert.NotEqual(together, await Ids(Queries([.. ids.Select(Good)]), "--seed", "4"));

        async Task<string[]> Ids(string queries, params string[] more)
        {
            File.Delete(Out);
            File.Delete(Manifest);
            string[] options = [.. Sampled.Chunk(2).Where(pair => !more.Contains(pair[0])).SelectMany(pair => pair), .. more];
            Assert.Equal(0, (await Generate(queries, options)).Code);
            return [.. Answers().Select(answer => answer.GetProperty("answer_ids").GetRawText())];
        }
    }

    [Fact]
    public async Task Other_settings_do_not_mix_with_what_is_there()
    {
        var queries = Queries(Good("a"), Good("b"));
        await Generate(queries, Sampled);
        var before = File.ReadAllBytes(Out);

        await Unchanged("decoding.seed was 3 and is 4", [.. Sampled[..8], "--seed", "4"]);
        await Unchanged("decoding.repetition_penalty was 1 and is 1.1", [.. Sampled, "--repetition-penalty", "1.1"]);
        await Unchanged("dtype was \"f32\" and is \"bf16\"", [.. Sampled, "--dtype", "bf16"]);
        await Unchanged("generator was \"base-zero-shot\" and is \"base-vanilla-icl-1\"; prompt.style was",
            ["--prompt-style", "vanilla-icl", "--examples", "1", .. Sampled[2..]]);
        var (code, _, error) = await Run(["--model", GoldenPair.Aligned, "--queries", queries, "--out", Out, .. Sampled]);
        Assert.Equal(2, code);
        Assert.Contains("model_files_sha256.model.safetensors was", error);
        Assert.Equal(before, File.ReadAllBytes(Out));
        Assert.Equal(0, (await Generate(queries, [.. Sampled[..^2], "--batch-size", "1"])).Code); // how many at a time decides nothing

        async Task Unchanged(string message, params string[] options)
        {
            var (refused, _, why) = await Generate(queries, options);
            Assert.Equal(2, refused);
            Assert.Contains(message, why);
            Assert.Contains("choose another --out", why);
            Assert.Equal(before, File.ReadAllBytes(Out));
        }
    }

    [Fact]
    public async Task A_file_that_is_no_beginning_of_this_run_is_left_alone()
    {
        var queries = Queries(Good("a"), Good("b"));
        await Generate(queries, Sampled);
        string answers = File.ReadAllText(Out), manifest = File.ReadAllText(Manifest);

        await Refuses("no such query that can be answered", answers, manifest, Queries(Good("a")));
        await Refuses("an answer to another prompt for \"b\" than line 2", answers, manifest,
            Queries(Good("a"), """{"id": "b", "instruction": "Why?"}"""));
        queries = Queries(Good("a"), Good("b"));
        await Refuses(", line 2 is no answer: The field \"id\" is missing", answers.Split('\n')[0] + "\n{}\n", manifest, queries);
        await Refuses(", line 3 is no answer: The id \"a\" is already used in line 1", answers + answers, manifest, queries);
        await Refuses("its manifest", answers, null, queries);
        await Refuses("cannot be read", answers, "{", queries);
        await Refuses("settings", answers, "{}", queries);

        async Task Refuses(string message, string content, string? beside, string from)
        {
            File.WriteAllText(Out, content);
            File.Delete(Manifest);
            if (beside is not null)
                File.WriteAllText(Manifest, beside);
            var (code, _, error) = await Generate(from, Sampled);
            Assert.Equal(2, code);
            Assert.Contains(message, error);
            Assert.Equal(content, File.ReadAllText(Out));
        }
    }

    [Fact]
    public async Task Two_runs_do_not_write_one_file()
    {
        var queries = Queries(Good("a"));
        await Generate(queries, Sampled);
        using (new FileStream(Out, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var (code, _, error) = await Generate(queries, Sampled);
            Assert.Equal(2, code);
            Assert.Contains("Another run may be writing it", error);
        }
    }
}
