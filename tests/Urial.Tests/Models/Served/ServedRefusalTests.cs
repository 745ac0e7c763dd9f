using Urial.Tests.Shift;

namespace Urial.Tests.Models.Served;

public sealed class ServedRefusalTests
{
    [Fact]
    public async Task A_server_without_log_probabilities_of_a_prompt_is_refused_with_what_was_tried_and_what_would_do()
    {
        var message = await Refused(new() { PromptLogprobs = false, Echo = false });

        Assert.Contains("gives no log-probabilities of a text that it reads", message);
        Assert.Contains("prompt_logprobs: nothing of the text", message);
        Assert.Contains("echo", message);
        Assert.Contains("vllm serve", message);
    }

    [Fact]
    public async Task Of_several_models_one_must_be_named_and_the_error_lists_them()
    {
        var several = new CompletionsTestOptions { OtherNames = ["lora-1", "lora-2"] };
        Assert.Contains("serves 3 models: micro, lora-1, lora-2. Name one with --base-model", await Refused(several));
        Assert.Contains("serves no model of that name. It serves micro, lora-1, lora-2",
            await Refused(several, s => s with { Model = "other" }));

        using var here = new ServedPair();
        using var server = CompletionsTestServer.Start(here.Pair.Base, several);
        using var model = await ServedModel.ConnectAsync(server.Settings with { Model = "micro" }, GoldenPair.Base);
        Assert.Equal(("micro", 512), (model.Name, model.ContextLength));
        Assert.Equal($"micro at {server.Address}", model.ToString());
    }

    [Theory]
    [InlineData(50, false, true, "asks for 50. Ask for --top-logprobs 20 or fewer")]
    [InlineData(50, true, true, "--max-logprobs 50")]
    [InlineData(-1, true, true, "asks for the whole vocabulary (−1). Ask for --top-logprobs 20")]
    [InlineData(50, true, false, "at most 20 log-probabilities")]
    public async Task More_log_probabilities_than_the_server_gives_are_refused_with_its_limit(
        int top, bool flat, bool prompts, string says) =>
        Assert.Contains(says, await Refused(
            new() { MaxLogprobs = 20, FlatErrors = flat, PromptLogprobs = prompts }, s => s with { TopLogprobs = top }));

    [Fact]
    public async Task A_server_of_another_tokenizer_is_refused_with_both_spellings()
    {
        using var here = new ServedPair();
        var tokenizer = here.Pair.Tokenizer;
        var message = await Refused(new() { Spelling = id => tokenizer.Decode([(id + 1) % 900]) });
        Assert.Contains("they do not belong together", message);
        Assert.Matches("spells token \\d+ as \".*\", and the tokenizer as \".+\"", message);

        var probe = tokenizer.Encode("The quick brown fox");
        var echo = await Refused(new()
        {
            Spelling = id => id == probe[^1] ? "ox" : tokenizer.Decode([id]),
            PromptLogprobs = false,
            TokensAsIds = false,
        });
        Assert.Contains($"spells token {probe[^1]} as \"ox\"", echo);
    }

    [Fact]
    public async Task Numbers_that_are_no_log_probabilities_are_refused_and_never_scored()
    {
        Assert.Contains("gives the log-probability NaN", await Refused(new() { Log = (place, _, log) => place == 2 ? double.NaN : log }));
        Assert.Contains("gives the log-probability 3.5", await Refused(new() { Log = (place, _, log) => place == 2 ? 3.5 : log }));
        Assert.Contains("log-probabilities of", await Refused(new() { Drop = 1 }));
        Assert.Contains("sum to", await Scored(new() { Log = (place, _, log) => place > 5 ? Math.Min(0, log + 3) : log }));
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again_and_says_what_the_server_said()
    {
        using var here = new ServedPair();
        using var server = CompletionsTestServer.Start(here.Pair.Base);
        using var model = await ServedModel.ConnectAsync(server.Settings with { Retries = 5 }, GoldenPair.Base);
        var before = server.Requests.Count;

        var error = await Assert.ThrowsAnyAsync<UrialException>(() => model.GenerateAsync(new PromptTokens(here.Texts[0].Base), 10_000));

        Assert.Contains("maximum context length is 512 tokens", error.Message);
        Assert.Equal(before + 1, server.Requests.Count);
        Assert.Contains("Context overflow", (await Assert.ThrowsAnyAsync<UrialException>(
            () => model.ScoreAsync(here.Texts[0].Base, new int[600]))).Message);
        Assert.Contains("holds the id 900", (await Assert.ThrowsAnyAsync<UrialException>(
            () => model.ScoreAsync([900], here.Texts[0].Answer))).Message);
    }

    [Theory]
    [InlineData("ftp://host/v1")]
    [InlineData("http://user:password@host/v1")]
    [InlineData("localhost")]
    public void An_address_that_is_none_is_refused(string address) =>
        Assert.Contains("up to and including /v1", Assert.Throws<UrialException>(() => ServedModelSettings.Of(address)).Message);

    private static async Task<string> Refused(CompletionsTestOptions options, Func<ServedModelSettings, ServedModelSettings>? change = null)
    {
        using var here = new ServedPair();
        using var server = CompletionsTestServer.Start(here.Pair.Base, options);
        var settings = change?.Invoke(server.Settings) ?? server.Settings;
        var error = await Assert.ThrowsAnyAsync<UrialException>(
            () => ServedModel.ConnectAsync(settings with { Retries = 1 }, GoldenPair.Base));
        Assert.Contains(server.Address, error.Message);
        return error.Message;
    }

    private static async Task<string> Scored(CompletionsTestOptions options)
    {
        using var here = new ServedPair();
        using var server = CompletionsTestServer.Start(here.Pair.Base, options);
        using var model = await ServedModel.ConnectAsync(server.Settings, GoldenPair.Base);
        var text = here.Texts[0];
        var error = await Assert.ThrowsAnyAsync<UrialException>(async () =>
            ServedPair.Positions(await ServedPair.Rows(model, text.Base, text.Answer), await ServedPair.Rows(model, text.Base, text.Answer),
                text.Answer));
        Assert.Contains(server.Address, error.Message);
        return error.Message;
    }
}
