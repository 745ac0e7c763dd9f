using System.Text;
using System.Text.Json;
using Urial.Cli;

namespace Urial.Tests.Prompting;

public sealed class PromptCommandTests
{
    private static async Task<(int Code, string Output, string Error)> Run(byte[] input, params string[] options)
    {
        using StringWriter output = new(), error = new();
        var code = await Program.Run(["prompt", .. options], output, error, new MemoryStream(input));
        return (code, output.ToString(), error.ToString());
    }

    private static Task<(int Code, string Output, string Error)> Run(string input, params string[] options) =>
        Run(Encoding.UTF8.GetBytes(input), options);

    private static JsonElement[] Lines(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    [Fact]
    public async Task A_line_comes_out_for_each_query_and_conversation()
    {
        var (code, output, error) = await Run(
            "\ufeff\"Wie heißt das Tier? "
                + "\\ud83e\\udd89\"\r\n\n[{\"role\":\"user\",\"content\":\"q1\"},{\"role\":\"assistant\",\"content\":\"a1\"},{\"role\":\"user\",\"content\":\"q2\"}]",
            "--prompt-style", "zero-shot", "--jsonl");
        Assert.Equal((0, ""), (code, error));
        var lines = Lines(output);
        Assert.Equal(2, lines.Length);
        Assert.Equal(ZeroShot.Prompt("Wie heißt das Tier? \ud83e\udd89"), lines[0].GetProperty("text").GetString());
        Assert.Equal(["\n```"], lines[0].GetProperty("stop").EnumerateArray().Select(stop => stop.GetString()));
        Assert.False(lines[0].TryGetProperty("tokens", out _));
        Assert.Equal("# Query:\n```\nq1\n```\n\n# Answer:\n```\na1\n```\n\n# Query:\n```\nq2\n```\n\n# Answer:\n```\n",
            lines[1].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_bad_line_gets_its_error_and_the_others_their_prompts()
    {
        byte[] input = [.. "\"a\"\nnonsense\n{}\n"u8, (byte)'"', 0xff, .. "\"\n[]\n\"\"\n\"b\"\n"u8];
        var (code, output, _) = await Run(input, "--prompt-style", "zero-shot", "--jsonl");
        Assert.Equal(3, code);
        var lines = Lines(output);
        Assert.Equal([true, false, false, false, false, false, true], lines.Select(line => line.TryGetProperty("text", out _)));
        Assert.All(lines, line => Assert.NotEqual(line.TryGetProperty("text", out _), line.TryGetProperty("error", out _)));
        Assert.Contains("not valid UTF-8", lines[3].GetProperty("error").GetString());
        Assert.Contains("The query is empty", lines[5].GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("urial", "micro-base")]
    [InlineData("retrieval-icl", "micro-base")]
    [InlineData("chat", "micro-sft")]
    public async Task Tokens_are_those_of_the_whole_prompt(string style, string name)
    {
        var directory = Repository.Path("data", "models", name);
        var (code, output, _) = await Run("\"What is iron?\"\n", "--prompt-style", style, "--model", directory, "--jsonl");
        Assert.Equal(0, code);
        var line = Lines(output)[0];
        Assert.Equal(HfTokenizer.Load(directory).Encode(line.GetProperty("text").GetString()!).Length,
            line.GetProperty("tokens").GetInt32());
    }

    [Fact]
    public async Task A_prompt_file_is_read_and_cut_to_k_examples()
    {
        var file = Repository.Path("data", "prompts", "micro-urial-8.txt");
        var (_, whole, _) = await Run("\"q\"", "--prompt-style", file, "--jsonl");
        Assert.Equal(File.ReadAllText(file) + "\n" + ZeroShot.Prompt("q"), Lines(whole)[0].GetProperty("text").GetString());
        var (_, one, _) = await Run("\"q\"", "--prompt-style", file, "--jsonl", "--examples", "1");
        Assert.Equal(2, Lines(one)[0].GetProperty("text").GetString()!.Split("# Query:").Length - 1);
    }

    [Theory]
    [InlineData("```q```")]
    [InlineData("```q```", "--query-form", "paper")]
    [InlineData("```\nq\n```", "--query-form", "later")]
    public async Task Behind_inline_queries_the_form_is_the_papers_or_by_choice_the_later_one(string query, params string[] more)
    {
        var (code, output, _) = await Run("q", ["--prompt-style", "urial-3-inline", .. more]);
        Assert.Equal(0, code);
        Assert.Equal(PromptStyles.Own("urial-3-inline").Text + $"\n# Query:\n{query}\n\n# Answer:\n```\n", output);
    }

    [Fact]
    public async Task Without_jsonl_the_input_is_one_query_and_the_output_its_prompt()
    {
        var (code, output, _) = await Run("What is\niron?\n", "--prompt-style", "zero-shot");
        Assert.Equal((0, ZeroShot.Prompt("What is\niron?")), (code, output));
    }

    [Theory]
    [InlineData("name the model", "--prompt-style", "chat", "--jsonl")]
    [InlineData("no prompt style and no prompt file", "--prompt-style", "nonsense", "--jsonl")]
    [InlineData("Unknown query form 'newer'", "--prompt-style", "urial", "--query-form", "newer")]
    [InlineData("shows no examples", "--prompt-style", "zero-shot", "--examples", "2", "--jsonl")]
    [InlineData("no model folder", "--prompt-style", "urial", "--model", "no-such-folder", "--jsonl")]
    [InlineData("--prompt-style", "--jsonl")]
    public async Task Options_that_cannot_be_used_end_with_2_and_one_reason(string message, params string[] options)
    {
        var (code, output, error) = await Run("\"q\"\n", options);
        Assert.Equal(2, code);
        Assert.Contains(message, error);
        Assert.DoesNotContain("   at ", error);
        Assert.False(output.StartsWith('{'), output);
    }
}
