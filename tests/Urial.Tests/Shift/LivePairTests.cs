using Urial.MicroWorld;
using Urial.Tests.Models.Served;

namespace Urial.Tests.Shift;

/// <summary>Two models that read one answer together, token by token: who chooses, what is told, and models behind servers.</summary>
public sealed class LivePairTests
{
    private static readonly LiveQuestion Nepal = new()
    {
        Conversation = [new ChatMessage("user", "What do you know about Nepal?")],
        MaxNewTokens = 160,
        Top = 3,
    };

    [Fact]
    public void What_is_told_token_by_token_is_what_one_pass_finds()
    {
        using var live = LivePair.Of(ModelPair.Load(MicroModels.Base, MicroModels.Dpo));
        var told = new List<PositionShift>();
        var answer = live.Ask(Nepal, told.Add);
        Assert.Equal(answer.Positions.Count, told.Count);
        foreach (var (one, all) in told.Zip(answer.Positions))
        {
            Assert.Equal((all.Position, all.TokenId, all.BaseRank, all.IsEos), (one.Position, one.TokenId, one.BaseRank, one.IsEos));
            Assert.Equal(all.KlAlignedBase, one.KlAlignedBase, 1e-4);
            Assert.Equal(all.Js, one.Js, 1e-4);
            Assert.Equal(all.BaseTop.Select(top => top.Id), one.BaseTop.Select(top => top.Id));
        }
        Assert.True(answer.Ended);
    }

    [Fact]
    public void A_model_without_packed_weights_is_read_the_same()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned, Precision.BF16);
        using var reader = new LiveReader(pair.Base, "base");
        int[] ids = [.. pair.Tokenizer.Encode("one two three four five six")];
        float[] last = [];
        foreach (var id in ids)
            last = reader.Next(new[] { id }, default);
        using var whole = new LiveReader(pair.Base, "base");
        Assert.All(whole.Next(ids, default).Zip(last), pair => Assert.Equal(pair.First, pair.Second, 0.1f));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("edited")]
    public void The_base_model_answers_as_it_does_alone_and_ends_at_its_styles_stop_strings(string? edited)
    {
        using var pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        var live = LivePair.Of(pair);
        var style = PromptStyles.Own("micro-urial-3");
        var made = style.Prompt(Nepal.Conversation);
        var own = pair.Base.GenerateBatch([made.Tokens(pair.Tokenizer)], new GenerationOptions { MaxNewTokens = 160 }, null)[0];
        var answer = live.Ask(Nepal with
        {
            BaseStyle = style,
            BasePrompt = edited is null ? null : made.Spelled(pair.Tokenizer),
            Blend = 0,
        });
        Assert.Equal(own.Text, answer.Text);
        Assert.Equal(own.TextIds(pair.Tokenizer), answer.AnswerIds);
        Assert.Equal(own.Stopped, answer.Ended);
        Assert.All(answer.Positions, shift => Assert.True(shift.IsUnshifted));
    }

    [Fact]
    public void An_answer_that_closes_its_frame_and_then_ends_has_ended()
    {
        // This blend says what closes URIAL's frame and then its end of sequence: neither is part of the answer.
        using var live = LivePair.Of(ModelPair.Load(MicroModels.Base, MicroModels.Dpo));
        var answer = live.Ask(Nepal with { BaseStyle = PromptStyles.Own("micro-urial-3"), Blend = -0.5 });
        Assert.True(answer.AnswerIds.Length < 100);
        Assert.False(answer.Positions[^1].IsEos);
        Assert.True(answer.Ended);
        var generation = new Generation([1], [78, 789, live.Aligned.EndIds[0]], StopReason.EndOfSequence, "");
        Assert.True(generation.EndsAtCut([78]));
        Assert.False(generation.EndsAtCut(generation.AnswerIds));
        Assert.False((generation with { StopReason = StopReason.Limit }).EndsAtCut([78]));
    }

    [Theory]
    [InlineData(-0.5)]
    [InlineData(0.3)]
    [InlineData(1.5)]
    public void A_blend_takes_the_largest_blended_log_probability(double blend)
    {
        using var pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        var answer = LivePair.Of(pair).Ask(Nepal with { Blend = blend, MaxNewTokens = 24 });
        Assert.NotEmpty(answer.AnswerIds);
        for (var place = 0; place < answer.AnswerIds.Length; place++)
        {
            var (b, a) = ShiftAnalysis.LogProbabilities(pair, answer, place);
            var blended = b.Zip(a, (p, q) => (1 - blend) * p + blend * q).ToArray();
            Assert.True(blended.Max() - blended[answer.AnswerIds[place]] < 1e-3, $"position {place}");
        }
    }

    [Fact]
    public void An_answer_that_is_full_and_one_that_ends_with_what_was_forced()
    {
        using var live = LivePair.Of(ModelPair.Load(MicroModels.Base, MicroModels.Dpo));
        var end = live.Aligned.EndIds[0];
        var ended = live.Ask(Nepal with { AnswerIds = [78, 789, end] });
        Assert.Equal([78, 789, end], ended.AnswerIds);
        Assert.True(ended.Ended);
        Assert.Contains("cut it",
            Assert.Throws<UrialException>(() => live.Ask(Nepal with { AnswerIds = [78, 789], MaxNewTokens = 2 })).Message);
        Assert.Contains("vocabulary", Assert.Throws<UrialException>(() => live.Ask(Nepal with { AnswerIds = [78, 99_999] })).Message);
        Assert.False(live.Ask(Nepal with { MaxNewTokens = 3 }).Ended);
    }

    [Theory]
    [InlineData(true, true, -1)]
    [InlineData(false, true, 20)]
    [InlineData(true, false, 20)]
    public void Models_behind_servers_answer_whole_with_bounds_and_cannot_be_blended(bool baseServed, bool alignedServed, int top)
    {
        using var folder = new Models.TemporaryFolder();
        var aligned = GoldenPair.AlignedWithTemplate(folder.Root);
        using var pair = ModelPair.Load(GoldenPair.Base, aligned);
        using var local = LivePair.Of(ModelPair.Load(GoldenPair.Base, aligned));
        using var baseServer = CompletionsTestServer.Start(pair.Base);
        using var alignedServer = CompletionsTestServer.Start(pair.Aligned);
        using var served = LivePair.Open(new LivePairSettings(GoldenPair.Base, aligned,
            baseServed ? baseServer.Settings with { TopLogprobs = top } : null,
            alignedServed ? alignedServer.Settings with { TopLogprobs = top } : null));
        var question = new LiveQuestion { Conversation = [new ChatMessage("user", "one two")], MaxNewTokens = 12, Top = 3 };
        var begun = question with { AnswerIds = local.Ask(question).AnswerIds[..3] };
        foreach (var asked in new[] { question, question with { Blend = 0 }, begun })
        {
            var (own, other) = (local.Ask(asked), served.Ask(asked));
            Assert.Equal(own.AnswerIds, other.AnswerIds);
            Assert.All(own.Positions.Zip(other.Positions), two =>
            {
                Assert.Equal(two.First.BaseRank, two.Second.BaseRank);
                var bounds = two.Second.Bounds?.Js ?? Bounds.Exactly(two.Second.Js);
                Assert.InRange(two.First.Js, bounds.Low - 1e-6, bounds.High + 1e-6);
            });
        }
        var answer = local.Ask(question);
        var again = question with { AnswerIds = answer.AnswerIds, Control = true };
        Assert.Equal(local.Score(again).Positions.Select(shift => shift.BaseRank),
            served.Score(again).Positions.Select(shift => shift.BaseRank));
        Assert.False(served.IsLocal);
        Assert.Contains("cannot be blended", Assert.Throws<UrialException>(() => served.Ask(question with { Blend = 0.5 })).Message);
    }
}
