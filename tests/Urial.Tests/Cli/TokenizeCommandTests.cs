using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Urial.Cli;

namespace Urial.Tests.Cli;

public sealed class TokenizeCommandTests
{
    private static readonly string Micro = TextFixtures.WriteMicroTokenizer();

    [Fact]
    public async Task Text_is_read_exactly_as_it_comes()
    {
        var (code, output, error) = await Run(" the\tab é\n"u8.ToArray(), "--model", Micro);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(["\"Ġthe\"", "\"ĉ\"", "\"ab\"", "\"Ġ\"", "\"Ã\"", "\"©\"", "\"Ċ\""], output.TrimEnd('\n').Split('\n')
            .Select(line => line.Split('\t')[1]));
        var tokenizer = HfTokenizer.Load(Micro);
        Assert.Equal(tokenizer.Encode(" the\tab é\n"), output.TrimEnd('\n').Split('\n').Select(line => int.Parse(line.Split('\t')[0])));
        Assert.Equal((0, "", ""), await Run([], "--model", Micro));
        Assert.Contains("\"Ċ\"", (await Run("\n"u8.ToArray(), "--model", Micro)).Output);
    }

    [Fact]
    public async Task Input_that_is_no_utf8_is_refused()
    {
        var (code, output, error) = await Run([(byte)'a', 0xff], "--model", Micro);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("not valid UTF-8 (byte 1)", error);
    }

    [Fact]
    public async Task A_line_comes_out_for_each_line_in_whatever_it_is()
    {
        byte[] input = [.. "\"the é 😀\"\n\nnonsense\n{}\n5\n\"\\ud800\"\n"u8, (byte)'"', 0xff, .. "\"\n\"\"\r\n\"b\\n\""u8];
        var (code, output, _) = await Run(input, "--model", Micro, "--jsonl");
        Assert.Equal(3, code);
        var lines = Lines(output);
        Assert.Equal([true, false, false, false, false, false, false, true, true], lines.Select(line => line.TryGetProperty("ids", out _)));
        Assert.All(lines, line => Assert.NotEqual(line.TryGetProperty("ids", out _), line.TryGetProperty("error", out _)));
        Assert.Equal("the é 😀", lines[0].GetProperty("text").GetString());
        Assert.Contains("the é 😀", output);
        Assert.Equal("the", lines[0].GetProperty("pieces")[0].GetString());
        Assert.Equal(lines[0].GetProperty("ids").GetArrayLength(), lines[0].GetProperty("pieces").GetArrayLength());
        Assert.Equal("\\ud83d\\ude00", Lines((await Run("\"\\\\ud83d\\\\ude00\""u8.ToArray(), "--model", Micro, "--jsonl")).Output)[0]
            .GetProperty("text").GetString()); // letters that look like an escape stay letters
        Assert.Contains("half of a surrogate pair", lines[5].GetProperty("error").GetString());
        Assert.Contains("not valid UTF-8", lines[6].GetProperty("error").GetString());
        Assert.Equal(0, lines[7].GetProperty("ids").GetArrayLength());
        Assert.Equal("b\n", lines[8].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Conversations_are_rendered_and_get_no_further_special_tokens()
    {
        var folder = WithFrame();
        const string Messages = """[{"role": "user", "content": "ab"}]""";
        var input = $$"""
            {{Messages}}
            {"messages": {{Messages}}, "add_generation_prompt": true}
            {"messages": {{Messages}}, "tools": 5}
            {"messages": [{"role": "user", "content": null}]}
            "ab"
            """;
        var (code, output, _) = await Run(Encoding.UTF8.GetBytes(input), "--model", folder, "--chat", "--jsonl");
        Assert.Equal(3, code);
        var lines = Lines(output);
        Assert.Equal("<|user|>\nab<|end|>\n", lines[0].GetProperty("text").GetString());
        Assert.Equal(["<|user|>", "Ċ", "ab", "<|end|>", "Ċ"], Pieces(lines[0]));
        Assert.Equal("<|user|>\nab<|end|>\n<|assistant|>\n", lines[1].GetProperty("text").GetString());
        Assert.Contains("\"tools\"", lines[2].GetProperty("error").GetString());
        Assert.Contains("+ does not work between a string and none", lines[3].GetProperty("error").GetString());
        Assert.Contains("a list of messages or an object", lines[4].GetProperty("error").GetString());

        (code, output, _) = await Run(Encoding.UTF8.GetBytes(Messages + "\n"), "--model", folder, "--chat");
        Assert.Equal(0, code);
        Assert.Equal(5, output.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task Special_tokens_around_a_text_can_be_left_out()
    {
        var folder = WithFrame();
        var with = Lines((await Run("\"ab\"\n"u8.ToArray(), "--model", folder, "--jsonl")).Output)[0];
        Assert.Equal("<|end|>ab", with.GetProperty("text").GetString());
        Assert.Equal(["<|end|>", "ab"], Pieces(with));
        var without = Lines((await Run("\"ab\"\n"u8.ToArray(), "--model", folder, "--jsonl", "--no-special")).Output)[0];
        Assert.Equal("ab", without.GetProperty("text").GetString());
        Assert.Single((await Run("ab"u8.ToArray(), "--model", folder, "--no-special")).Output.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task What_is_no_model_is_refused()
    {
        var (code, _, error) = await Run([], "--model", "org/name-that-is-no-folder");
        Assert.Equal(2, code);
        Assert.Contains("There is no folder org/name-that-is-no-folder", error);
        var folder = TextFixtures.WriteMicroTokenizer();
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), "{}");
        (code, _, error) = await Run([], "--model", folder, "--chat");
        Assert.Equal(2, code);
        Assert.Contains("has no chat template", error);
    }

    // A tokenizer that puts an end of turn before every text.
    private static string WithFrame() => TextFixtures.WriteChanged(json => json["post_processor"] = JsonNode.Parse("""
        {
          "type": "TemplateProcessing",
          "single": [{"SpecialToken": {"id": "<|end|>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
          "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
          "special_tokens": {"<|end|>": {"id": "<|end|>", "ids": [0], "tokens": ["<|end|>"]}}
        }
        """));

    private static async Task<(int Code, string Output, string Error)> Run(byte[] input, params string[] options)
    {
        using StringWriter output = new(), error = new();
        var code = await Program.Run(["tokenize", .. options], output, error, new MemoryStream(input));
        return (code, output.ToString(), error.ToString());
    }

    private static IEnumerable<string?> Pieces(JsonElement line) =>
        line.GetProperty("pieces").EnumerateArray().Select(piece => piece.GetString());

    private static JsonElement[] Lines(string output) =>
        [.. output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
}
