using Urial.Tests.Shift;

namespace Urial.Tests.Models.Served;

public sealed class ServedGenerationTests
{
    [Theory]
    [InlineData(true, true, true, false)]
    [InlineData(false, true, true, false)]
    [InlineData(true, true, true, true)]
    [InlineData(true, true, false, false)]
    public async Task Answers_over_the_wire_have_the_ids_of_this_process(bool tokenIds, bool tokensAsIds, bool takesIds, bool leavesOutEnd)
    {
        using var here = new ServedPair();
        using var server = CompletionsTestServer.Start(here.Pair.Aligned,
            new() { TokenIds = tokenIds, TokensAsIds = tokensAsIds, TakesIds = takesIds, LeavesOutEnd = leavesOutEnd });
        using var model = await ServedModel.ConnectAsync(server.Settings, GoldenPair.Aligned);
        var reasons = new HashSet<StopReason>();
        foreach (var text in here.Texts)
        {
            var plain = here.Pair.Aligned.Generate(text.Aligned, new GenerationOptions { MaxNewTokens = 60 });
            var letter = plain.Text.Trim().Skip(8).FirstOrDefault(char.IsAsciiLetter, 'e').ToString();
            foreach (var stop in new string[][] { [], ["\n"], [letter], ["<|im_end|>", "zzz"] })
                foreach (var limit in new[] { 1, 7, 60 })
                {
                    var prompt = new PromptTokens(text.Aligned) { Stop = stop };
                    var own = here.Pair.Aligned.GenerateBatch([prompt], new GenerationOptions { MaxNewTokens = limit }, prefix: null)[0];
                    var served = await model.GenerateAsync(prompt, limit);

                    Assert.Equal(own.TextIds(here.Pair.Tokenizer), served.TextIds(model.Tokenizer));
                    Assert.Equal(own.AnswerIds, served.AnswerIds);
                    Assert.Equal((own.StopReason, own.Text), (served.StopReason, served.Text));
                    reasons.Add(own.StopReason);
                }
        }
        Assert.Superset(new HashSet<StopReason> { StopReason.Limit, StopReason.StopString }, reasons);
        Assert.Equal(leavesOutEnd && reasons.Contains(StopReason.EndOfSequence), model.Notes.Any(note => note.Contains("leaves the end")));
        Assert.Equal(!takesIds, model.Notes.Any(note => note.Contains("takes text")));
    }

    [Fact]
    public async Task A_server_that_tells_text_alone_is_noted()
    {
        using var here = new ServedPair();
        using var server = CompletionsTestServer.Start(here.Pair.Aligned, new() { Strict = true });
        using var model = await ServedModel.ConnectAsync(server.Settings with { TopLogprobs = 20 }, GoldenPair.Aligned);

        var answer = await model.GenerateAsync(new PromptTokens(here.Texts[0].Aligned), 20);

        Assert.Equal(here.Pair.Aligned.Generate(here.Texts[0].Aligned, new GenerationOptions { MaxNewTokens = 20 }).Text, answer.Text);
        Assert.Contains(model.Notes, note => note.Contains("text alone"));
        Assert.Contains(model.Notes, note => note.Contains("defaults"));
        Assert.Equal("echo", model.LogprobsBy);
    }

    [Fact]
    public async Task A_stop_string_in_a_code_block_does_not_stop_an_answer_that_a_server_stopped_there()
    {
        // The answer's own beginning is taken for a block: a fence in the prompt's last line, and a stop string that holds one.
        using var here = new ServedPair();
        using var server = CompletionsTestServer.Start(here.Pair.Aligned);
        using var model = await ServedModel.ConnectAsync(server.Settings, GoldenPair.Aligned);
        var tokenizer = here.Pair.Tokenizer;
        foreach (var prompt in new[] { "# Answer:\n```\n", "```python\nx\n```\nSo:", "Text\n" })
        {
            var tokens = new PromptTokens(tokenizer.Encode(prompt)) { Stop = ["\n", "e", "```"] };
            var own = here.Pair.Aligned.GenerateBatch([tokens], new GenerationOptions { MaxNewTokens = 40 }, prefix: null)[0];
            var served = await model.GenerateAsync(tokens, 40);
            Assert.Equal((own.StopReason, own.Text), (served.StopReason, served.Text));
            Assert.Equal(own.AnswerIds, served.AnswerIds);
        }
    }
}
