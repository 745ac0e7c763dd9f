using Urial.MicroWorld;

namespace Urial.Tests.Shift;

/// <summary>Long prompts are read once, however often they are asked behind; and no number is another for it.</summary>
public sealed class LivePrefixesTests
{
    private static readonly int[] Answer = [78, 789, 356, 488];

    [Fact]
    public void A_constant_prompt_is_read_once_and_every_number_stays_what_it_is()
    {
        using var pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        using var live = LivePair.Of(ModelPair.Load(MicroModels.Base, MicroModels.Dpo));
        var question = Asked("What do you know about Nepal?", "micro-urial-8");
        var read = new List<int>();
        foreach (var asked in new[]
        {
            question, question, Asked("Which language do people speak in Peru?", "micro-urial-8"), question with { Control = true },
            question with { Control = true }, Asked("What do you know about Nepal?", "micro-urial-3"), question,
        })
        {
            var before = live.Prefixes.TokensRead;
            var scored = live.Score(asked with { AnswerIds = Answer });
            read.Add(live.Prefixes.TokensRead - before);
            var expected = ShiftAnalysis.Run(asked.Control ? pair.AlignedTwice() : pair,
                [ShiftQuery.Of("q", asked.Conversation, Answer)], new ShiftOptions { BaseStyle = asked.BaseStyle, Top = 3 })[0];
            Assert.Equal(expected.Positions.Select(Numbers), scored.Positions.Select(Numbers));
            var told = new List<PositionShift>();
            var (own, other) = (live.Ask(asked with { Control = false, MaxNewTokens = 12 }, told.Add),
                ShiftAnalysis.Run(pair, [ShiftQuery.Of("q", asked.Conversation)],
                    new ShiftOptions { BaseStyle = asked.BaseStyle, MaxNewTokens = 12, Top = 3 })[0]);
            Assert.Equal(other.Positions.Select(Numbers), own.Positions.Select(Numbers));
            Assert.Equal(own.AnswerIds.Length, told.Count);
        }
        // Read at first, again by the other weights, and where the examples are others; never a second time.
        Assert.True(read[0] > 700, $"{read[0]} tokens");
        Assert.True(read[3] > 700, $"{read[3]} tokens");
        Assert.InRange(read[5], 100, read[0] - 1);
        Assert.Equal([0, 0, 0, 0], [read[1], read[2], read[4], read[6]]);
    }

    [Fact]
    public void What_is_held_stays_within_its_memory_and_the_latest_stay()
    {
        using var pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        var config = pair.Base.Config;
        using var prefixes = new LivePrefixes(2L * 4 * config.Layers * config.KvHeads * config.HeadDim * 450);
        var texts = Enumerable.Range(0, 4).Select(i => pair.Tokenizer.Encode(string.Concat(Enumerable.Repeat($"{i} Nepal. ", 60)))[..200]);
        int[][] prompts = [.. texts];
        foreach (var prompt in prompts)
            Assert.NotNull(prefixes.Of(pair.Base, prompt, default));
        Assert.Equal((2, 800), (prefixes.Count, prefixes.TokensRead));
        prefixes.Of(pair.Base, prompts[2], default);
        Assert.Equal(800, prefixes.TokensRead);
        prefixes.Of(pair.Base, prompts[0], default);
        prefixes.Of(pair.Base, prompts[2], default);
        Assert.Equal((2, 1000), (prefixes.Count, prefixes.TokensRead));
        Assert.Null(prefixes.Of(pair.Aligned, [.. prompts[0], .. prompts[1]], default)); // half of the memory is not enough for it
        Assert.Equal((2, 1000), (prefixes.Count, prefixes.TokensRead));
    }

    [Fact]
    public void Reading_ends_where_nobody_wants_it_any_more()
    {
        using var pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        using var prefixes = new LivePrefixes();
        using var gone = new CancellationTokenSource();
        gone.Cancel();
        var prompt = pair.Tokenizer.Encode(string.Concat(Enumerable.Repeat("Nepal. ", 100)));
        Assert.Throws<OperationCanceledException>(() => prefixes.Of(pair.Base, prompt, gone.Token));
        Assert.Equal((0, 0), (prefixes.Count, prefixes.TokensRead));
        Assert.NotNull(prefixes.Of(pair.Base, prompt, default));
    }

    private static LiveQuestion Asked(string question, string style) => new()
    {
        Conversation = [new ChatMessage("user", question)],
        BaseStyle = PromptStyles.Own(style),
        Top = 3,
    };

    private static (int, double, double, double, string) Numbers(PositionShift shift) => (shift.BaseRank, shift.BaseProbability,
        shift.KlAlignedBase, shift.KlBaseAligned, string.Join(' ', shift.BaseTop.Select(top => (top.Id, top.Probability))));
}
