using Urial.Tests.Models;

namespace Urial.Tests.Answering;

public sealed class AnswerCacheTests
{
    private static readonly GenerationOptions Options = new() { MaxNewTokens = 12, BatchSize = 2 };

    [Fact]
    public void A_kept_answer_is_the_one_that_was_generated_and_no_model_is_asked_again()
    {
        using var folder = new TemporaryFolder();
        using var model = LanguageModel.Load(Repository.Path("data", "models", "micro-base"));
        (string Id, PromptTokens Prompt)[] prompts = [.. new[] { "What does the bat eat?", "Where is Lima?",
            "What does the bat eat?" }.Select((query, i) => ($"q{i}", Prompt(model, query)))];

        var first = AnswerCache.Open(folder.File("kept.jsonl"), writes: true);
        var given = first.Answer(model, prompts, Options);
        var second = AnswerCache.Open(folder.File("kept.jsonl"));
        var read = second.Answer(model, prompts, Options);

        // The third prompt is the first again: it is not generated twice.
        Assert.Equal((1, 2, 3, 0), (first.Found, first.Generated, second.Found, second.Generated));
        var plain = model.GenerateBatch([.. prompts.Select(p => p.Prompt)], Options, prefix: null);
        foreach (var (one, other, alone) in given.Zip(read, plain))
        {
            Assert.Equal((alone.Text, alone.StopReason), (one.Text, one.StopReason));
            Assert.Equal((alone.Text, alone.StopReason), (other.Text, other.StopReason));
            Assert.Equal(alone.AnswerIds, other.AnswerIds);
            Assert.Equal(alone.PromptIds, other.PromptIds);
        }
    }

    [Fact]
    public void Another_limit_stop_prompt_or_model_is_another_answer()
    {
        using var folder = new TemporaryFolder();
        using var model = LanguageModel.Load(Repository.Path("data", "models", "micro-base"));
        using var tuned = LanguageModel.Load(Repository.Path("data", "models", "micro-sft"));
        var prompt = Prompt(model, "What does the bat eat?");
        AnswerCache.Open(folder.File("kept.jsonl"), writes: true).Answer(model, [("q", prompt)], Options);

        Assert.Equal(1, Found(model, prompt, Options));
        Assert.Equal(1, Found(model, prompt with { Ids = [.. prompt.Ids] }, Options with { BatchSize = 1 }));
        Assert.Equal(0, Found(model, prompt, Options with { MaxNewTokens = 13 }));
        Assert.Equal(0, Found(model, prompt, Options with { RepetitionPenalty = 1.1 }));
        Assert.Equal(0, Found(model, prompt with { Stop = ["x"] }, Options));
        Assert.Equal(0, Found(model, prompt with { Closing = null }, Options));
        Assert.Equal(0, Found(model, prompt with { Ids = prompt.Ids[1..] }, Options));
        Assert.Equal(0, Found(tuned, prompt, Options));
        Assert.Single(File.ReadAllLines(folder.File("kept.jsonl")));

        int Found(LanguageModel asked, PromptTokens tokens, GenerationOptions options)
        {
            var kept = AnswerCache.Open(folder.File("kept.jsonl"));
            kept.Answer(asked, [("q", tokens)], options);
            return kept.Found;
        }
    }

    [Fact]
    public void A_line_that_is_no_answer_is_named_and_half_a_last_line_is_passed_over()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("half.jsonl"), """{"key":"a","id":"q","answer_ids":[1],"stopped":"Limit"}""" + "\n{\"key\":\"b\",");
        File.WriteAllText(folder.File("bad.jsonl"),
            """{"key":"a","id":"q","answer_ids":[1],"stopped":"Limit"}""" + "\n{\"key\":\"b\",\"answer_ids\":[2],\"stopped\":\"Never\"}\n");

        Assert.Contains("0 answers from half.jsonl", AnswerCache.Open(folder.File("half.jsonl")).ToString());
        Assert.Contains("bad.jsonl, line 2", Assert.Throws<UrialException>(() => AnswerCache.Open(folder.File("bad.jsonl"))).Message);
        using var model = LanguageModel.Load(Repository.Path("data", "models", "micro-base"));
        Assert.Contains("temperature is 0.5", Assert.Throws<UrialException>(() =>
            AnswerCache.Open(folder.File("none.jsonl"))
                .Answer(model, [("q", Prompt(model, "Why?"))], Options with { Temperature = 0.5 })).Message);
    }

    private static PromptTokens Prompt(LanguageModel model, string query)
    {
        var text = new ZeroShotStyle().Prompt(query);
        return new PromptTokens(text.Encode(model.Tokenizer)) { Stop = text.Stop, Closing = text.Closing };
    }
}
