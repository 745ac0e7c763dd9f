using System.Text.Json;
using Urial.MicroWorld;
using Urial.Tests.Models;

namespace Urial.Tests.Shift;

/// <summary>
/// One road for prompts: a style makes the same prompt, and the same answer, for <c>urial shift</c> as for <c>urial generate</c>.
/// </summary>
public sealed class ShiftStyleTests : IDisposable
{
    private const int Limit = 40;
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string?> Styles => new()
    {
        { "zero-shot", null }, { "chat", null }, { "micro-urial-1", null }, { "micro-urial-3", "1" }, { "urial", "0" },
        { $"vanilla-icl:{Repository.Path("data", "prompts", "micro-plain.jsonl")}", "2" },
        { $"retrieval-icl:{Repository.Path("data", "prompts", "micro-plain.jsonl")}", "2" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Prompts_and_answers_are_those_that_generate_makes(string style, string? examples)
    {
        string[] more = examples is null ? [] : ["--examples", examples];
        var tuned = await Generate(MicroModels.Dpo, [.. more, "--prompt-style", style]);
        var ofBase = style == "chat" ? null : await Generate(MicroModels.Base, [.. more, "--prompt-style", style]);
        using var pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        var choice = new PromptChoice(style,
            examples is null ? null : int.Parse(examples, System.Globalization.CultureInfo.InvariantCulture));
        var options = new ShiftOptions
        {
            MaxNewTokens = Limit,
            BaseStyle = style == "chat" ? null : choice.For(pair.Base),
            AlignedStyle = choice.For(pair.Aligned),
        };

        var outcomes = ShiftAnalysis.TryRun(pair, [.. ShiftQueries.Read(Queries()).Select(line => line.Item!)], options);

        for (var i = 0; i < tuned.Length; i++)
        {
            if (outcomes[i].Answer is not { } shifted)
            {
                Assert.Contains("The answer is empty", outcomes[i].Error);
                Assert.Equal("", tuned[i].GetProperty("output").GetString());
                continue;
            }
            Assert.Equal(Ids(tuned[i], "prompt_ids"), shifted.AlignedPromptIds);
            if (ofBase is not null)
                Assert.Equal(Ids(ofBase[i], "prompt_ids"), shifted.BasePromptIds);
            Assert.Equal(tuned[i].GetProperty("output").GetString(), shifted.Text);
            Assert.Equal(tuned[i].GetProperty("stopped").GetBoolean(), shifted.Ended);
            // A stop string is no part of the answer; everything else is.
            var given = Ids(tuned[i], "answer_ids");
            Assert.Equal(tuned[i].GetProperty("stop_reason").GetString() == "stop_string" ? given[..shifted.AnswerIds.Length] : given,
                shifted.AnswerIds);
            Assert.Equal(pair.Tokenizer.Encode(shifted.AlignedPrompt), shifted.AlignedPromptIds);
            Assert.Equal(pair.Tokenizer.Encode(shifted.BasePrompt), shifted.BasePromptIds);
        }
    }

    [Fact]
    public async Task A_style_for_the_base_is_the_run_with_its_prompt_verbatim()
    {
        using var pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        var (urial, chat) = (PromptStyles.Own("micro-urial-1"), new ChatStyle(pair.Aligned));
        var lines = ShiftQueries.Read(Queries()).Select(line => line.Item!).Select(query => JsonSerializer.Serialize(new
        {
            id = query.Id,
            instruction = query.Query,
            base_prompt = urial.Prompt(query.Query).Spelled(pair.Tokenizer),
            aligned_prompt = chat.Prompt(query.Query).Text,
        }));
        File.WriteAllLines(_folder.File("verbatim.jsonl"), lines);

        await Shift(Queries(), "styled", "--base-prompt-style", "micro-urial-3", "--base-examples", "1");
        await Shift(_folder.File("verbatim.jsonl"), "verbatim");

        Assert.Equal(File.ReadAllText(_folder.File("verbatim/positions.jsonl")), File.ReadAllText(_folder.File("styled/positions.jsonl")));
        using var manifest = JsonDocument.Parse(File.ReadAllText(_folder.File("styled/manifest.json")));
        var prompts = manifest.RootElement.GetProperty("prompts");
        Assert.Equal(("micro-urial-3", 1, "chat"), (prompts.GetProperty("base").GetProperty("style").GetString(),
            prompts.GetProperty("base").GetProperty("examples").GetInt32(),
            prompts.GetProperty("aligned").GetProperty("style").GetString()));
        Assert.Equal(ContentHash.Of(PromptStyles.Own("micro-urial-3").First(1).Prompt("{query}").Text),
            prompts.GetProperty("base").GetProperty("text_sha256").GetString());
        Assert.Contains("sha256", prompts.GetProperty("base").GetProperty("provenance").GetString());
    }

    [Fact]
    public void A_style_of_the_options_is_one_line()
    {
        using var pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        var usual = ShiftAnalysis.Ask(pair, "What is the capital of France?", new ShiftOptions { MaxNewTokens = 8 });
        var under = ShiftAnalysis.Ask(pair, "What is the capital of France?",
            new ShiftOptions { MaxNewTokens = 8, BaseStyle = PromptStyles.Own("micro-urial-1") });
        Assert.StartsWith("# Instruction", under.BasePrompt);
        Assert.Equal((usual.AlignedPrompt, usual.Text), (under.AlignedPrompt, under.Text));
        Assert.Equal(under.BasePromptIds, PromptControl.Of(pair, [under])[0].BasePromptIds);
        Assert.Equal(under.BasePromptIds, under.Only((_, place) => place == 0)!.BasePromptIds);
    }

    [Fact]
    public async Task A_conversation_is_read_by_both_styles_or_named_where_one_cannot()
    {
        File.WriteAllText(_folder.File("talk.jsonl"), """
            {"id": "talk", "messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes?"}, {"role": "user", "content": "What is the capital of France?"}]}
            {"id": "system", "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Why?"}]}
            {"id": "both", "instruction": "Why?", "messages": [{"role": "user", "content": "Why?"}]}

            """);
        var error = await Shift(_folder.File("talk.jsonl"), "out", "--base-prompt-style", "micro-urial-1");

        Assert.Contains("talk.jsonl:2: The base model's prompt cannot be made (style micro-urial-1): The conversation brings a system "
            + "message", error);
        Assert.Contains("talk.jsonl:3: The line has \"messages\" and \"instruction\": which is to be answered?", error);
        using var pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        var answer = ShiftAnalysis.Run(pair, [ShiftQueries.Read(_folder.File("talk.jsonl"))[0].Item!],
            new ShiftOptions { MaxNewTokens = 4 })[0];
        Assert.Equal("What is the capital of France?", answer.Query);
        Assert.Equal(new ZeroShotStyle().Prompt(
            [new("user", "Hi"), new("assistant", "Yes?"), new("user", "What is the capital of France?")]).Text, answer.BasePrompt);
        Assert.Contains("Yes?", answer.AlignedPrompt);
    }

    [Theory]
    [InlineData("--base-prompt-style", "urail", "no prompt style and no prompt file \"urail\"")]
    [InlineData("--base-prompt-style", "chat", "no chat template")]
    [InlineData("--base-examples", "2", "The style zero-shot shows no examples")]
    [InlineData("--aligned-examples", "-1", "--aligned-examples: -1 is out of range")]
    [InlineData("--query-form", "other", "Unknown query form 'other'")]
    public async Task A_style_that_cannot_be_used_is_refused(string option, string value, string message)
    {
        Assert.Contains(message, await Shift(Queries(), "out", option, value));
        Assert.Empty(Directory.Exists(_folder.File("out")) ? Directory.GetFiles(_folder.File("out")) : []);
    }

    private string Queries()
    {
        var path = _folder.File("queries.jsonl");
        if (!File.Exists(path))
            File.WriteAllLines(path, QueryFile.Fresh().Where((_, place) => place % 100 == 0)
                .Select(q => JsonSerializer.Serialize(new { id = q.Id, instruction = q.Query.Text })));
        return path;
    }

    private async Task<JsonElement[]> Generate(string model, string[] options)
    {
        var file = _folder.File($"{Path.GetFileName(model)}.jsonl");
        using StringWriter output = new(), error = new();
        var code = await Urial.Cli.Program.Run(
            ["generate", "--model", model, "--queries", Queries(), "--out", file, "--max-new-tokens", $"{Limit}", .. options], output,
            error);
        Assert.Equal((0, ""), (code, code == 0 ? "" : error.ToString()));
        return [.. File.ReadLines(file).Select(line => JsonElement.Parse(line))];
    }

    private async Task<string> Shift(string queries, string to, params string[] options)
    {
        using StringWriter output = new(), error = new();
        await Urial.Cli.Program.Run(
            ["shift", "--base", MicroModels.Base, "--aligned", MicroModels.Dpo, "--queries", queries, "--out", _folder.File(to),
            "--format", "jsonl", "--max-new-tokens", "12", .. options], output, error);
        return error.ToString();
    }

    private static int[] Ids(JsonElement answer, string field) =>
        [.. answer.GetProperty(field).EnumerateArray().Select(id => id.GetInt32())];
}
