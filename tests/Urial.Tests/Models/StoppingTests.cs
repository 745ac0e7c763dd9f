namespace Urial.Tests.Models;

/// <summary>Stop strings in what a model generates.</summary>
public sealed class StoppingTests
{
    private const int Lead = 600;

    private static readonly HfTokenizer Tokenizer = HfTokenizer.Load(Repository.Path("tests", "golden", "shift", "base"));

    [Fact]
    public void A_stop_string_may_begin_in_one_token_and_end_in_another()
    {
        using var model = LanguageModel.Load(Repository.Path("tests", "golden", "shift", "base"));
        int[] prompt = [5, 223, 51, 87, 283];
        var free = model.Generate(prompt, new() { MaxNewTokens = 24, StopAtEos = false });
        int[] ends = [.. Enumerable.Range(1, 24).Select(n => Text(free.AnswerIds[..n]).Length)];
        // The last letters of one token, the whole next, and the first letter of the one after.
        var middle = Enumerable.Range(1, 20)
            .First(n => ends[n] - ends[n - 1] >= 2 && ends[n + 2] - ends[n + 1] >= 2 && !free.Text[..ends[n + 2]].Contains('\ufffd'));
        var stop = free.Text[(ends[middle] - 1)..(ends[middle + 1] + 1)];
        var cut = free.Text.IndexOf(stop, StringComparison.Ordinal);
        var used = Enumerable.Range(1, 24).First(n => ends[n - 1] >= cut + stop.Length);

        var stopped = model.Generate(prompt, new() { MaxNewTokens = 24, StopAtEos = false, Stop = ["none such", stop] });
        Assert.Equal(free.Text[..cut], stopped.Text);
        Assert.Equal(free.AnswerIds[..used], stopped.AnswerIds);
        Assert.Equal((StopReason.StopString, true), (stopped.StopReason, stopped.Stopped));
        Assert.Equal((StopReason.Limit, false), (free.StopReason, free.Stopped));
    }

    [Theory]
    [InlineData("W😀", "😀")] // four bytes, and two UTF-16 halves
    [InlineData("W日x", "日")]
    [InlineData("W日x", "日x")]
    public void A_stop_string_may_be_made_of_bytes(string script, string stop)
    {
        var ids = Tokenizer.Encode(script);
        Assert.Contains(ids, id => Tokenizer.Token(id).IsByteFragment);
        using var folder = new TemporaryFolder();
        using var model = ScriptedModel.Load(folder, [Lead, .. ids]);

        var answer = model.Generate([7, Lead], new() { MaxNewTokens = ids.Length + 5, Stop = [stop] });
        Assert.Equal("W", answer.Text);
        Assert.Equal(ids[..Enumerable.Range(1, ids.Length).First(n => Text(ids[..n]).Contains(stop))], answer.AnswerIds);
    }

    [Fact]
    public void Half_a_character_at_the_limit_is_no_character()
    {
        var ids = Tokenizer.Encode("W日x");
        using var folder = new TemporaryFolder();
        using var model = ScriptedModel.Load(folder, [Lead, .. ids]);
        var answer = model.Generate([Lead], new() { MaxNewTokens = 2, Stop = ["日"] });
        Assert.Equal((StopReason.Limit, "W\ufffd"), (answer.StopReason, answer.Text));
    }

    [Fact]
    public void End_of_sequence_a_stop_string_the_caller_and_the_limit_are_told_apart()
    {
        int[] ids = [.. Tokenizer.Encode("W x"), 2];
        using var folder = new TemporaryFolder();
        using var model = ScriptedModel.Load(folder, [Lead, .. ids]);
        int[][] prompts = [[Lead]];

        Assert.Equal((StopReason.EndOfSequence, "W x"), Ended(model.GenerateBatch(prompts, new() { MaxNewTokens = 9 })[0]));
        Assert.Equal(ids, model.Generate([Lead], new() { MaxNewTokens = 9 }).AnswerIds);
        Assert.Equal((StopReason.StopString, "W"), Ended(model.GenerateBatch(prompts, new() { MaxNewTokens = 9, Stop = [" x"] })[0]));
        Assert.Equal((StopReason.Caller, "W"),
            Ended(model.GenerateBatch(prompts, new() { MaxNewTokens = 9 }, (_, text) => text == "W")[0]));
        Assert.Equal((StopReason.Limit, "W"), Ended(model.GenerateBatch(prompts, new() { MaxNewTokens = 1 })[0]));
    }

    [Fact]
    public void A_stop_string_that_spells_a_special_token_stops_at_it()
    {
        int[] ids = [.. Tokenizer.Encode("W"), 1, .. Tokenizer.Encode("x")];
        Assert.Equal("<|im_start|>", Tokenizer.RawToken(1));
        using var folder = new TemporaryFolder();
        using var model = ScriptedModel.Load(folder, [Lead, .. ids]);

        var answer = model.Generate([Lead], new() { MaxNewTokens = 3, Stop = ["<|im_start|>"] });
        Assert.Equal((StopReason.StopString, "W"), Ended(answer));
        Assert.Equal(ids[..2], answer.AnswerIds);
        Assert.Equal("Wx", model.Generate([Lead], new() { MaxNewTokens = 3 }).Text);
    }

    [Fact]
    public void What_closes_the_prompts_frame_ends_the_text_and_not_the_answer()
    {
        var ids = Tokenizer.Encode("W\n#x");
        using var folder = new TemporaryFolder();
        using var model = ScriptedModel.Load(folder, [Lead, .. ids]);
        var prompt = new PromptTokens([Lead]) { Closing = "\n#", Stop = ["x"] };

        var answer = model.GenerateBatch([prompt], new() { MaxNewTokens = 9 }, null)[0];
        Assert.Equal((StopReason.StopString, "W"), Ended(answer));
        Assert.Equal(ids, answer.AnswerIds);
        Assert.Equal("W\n#", model.GenerateBatch([prompt with { Closing = null }], new() { MaxNewTokens = 9 }, null)[0].Text);
        // Where the limit comes first, a closed frame is an answer that ended.
        Assert.Equal((StopReason.StopString, "W"), Ended(model.GenerateBatch([prompt], new() { MaxNewTokens = 3 }, null)[0]));
        Assert.Equal((StopReason.Limit, "W\n"), Ended(model.GenerateBatch([prompt], new() { MaxNewTokens = 2 }, null)[0]));
    }

    private static (StopReason, string) Ended(Generation answer) => (answer.StopReason, answer.Text);

    private static string Text(int[] ids) => Tokenizer.Decode(ids, skipSpecialTokens: true);
}
