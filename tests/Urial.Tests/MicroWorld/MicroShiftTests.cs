using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

public sealed class MicroShiftTests
{
    private static readonly IReadOnlyList<NamedQuery> Queries = MicroAnswers.Every(QueryFile.Fresh(), 100);

    [Fact]
    public void Under_the_zero_shot_style_the_base_model_reads_what_it_always_reads()
    {
        using var pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        var answers = MicroAnswers.Run(pair.Aligned, Queries, new ChatStyle(pair.Aligned), maxNewTokens: 40);

        var under = MicroShift.Under(pair, answers, new ZeroShotStyle());
        var usual = ShiftAnalysis.Run(pair,
            [.. answers.Select(a => ShiftQuery.Of(a.Asked.Id, a.Asked.Query.Text, a.Generation.AnswerIds))]);

        foreach (var (one, other) in under.Zip(usual))
        {
            Assert.Equal((other.BasePrompt, other.AlignedPrompt), (one.BasePrompt, one.AlignedPrompt));
            Assert.Equal(other.Positions.Select(p => (p.BaseRank, p.KlAlignedBase)),
                one.Positions.Select(p => (p.BaseRank, p.KlAlignedBase)));
            Assert.Equal(one.AnswerIds.Length, one.Labels!.Length);
        }
        var urial = MicroShift.Under(pair, answers, PromptStyles.Own("micro-urial-1"));
        Assert.All(urial.Zip(under),
            p => Assert.Equal(p.Second.Positions.Select(x => x.AlignedProbability), p.First.Positions.Select(x => x.AlignedProbability)));
        Assert.All(urial, a => Assert.StartsWith("# Instruction", a.BasePrompt));
    }

    [Fact]
    public void An_answer_that_a_stop_string_ended_has_ended_though_it_has_no_end_token()
    {
        using var model = LanguageModel.Load(MicroModels.Base);
        var urial = PromptStyles.Own("micro-urial-1");
        MicroAnswer[] answers = [.. MicroAnswers.Run(model, Queries, urial, maxNewTokens: 60)];
        Assert.Contains(answers, answer => answer.Generation.StopReason == StopReason.StopString);
        answers[0] = answers[0] with { Generation = answers[0].Generation with { StopReason = StopReason.Limit } };

        var shifted = MicroShift.OfPrompt(model, answers, urial, new ZeroShotStyle());

        Assert.Equal(answers.Select(answer => answer.Generation.Stopped), shifted.Select(answer => answer.Ended));
        Assert.Contains(shifted, answer => answer.Ended && !answer.Positions[^1].IsEos);
        Assert.False(shifted[0].Ended);
    }

    [Fact]
    public void A_loop_is_known_by_what_it_says_again()
    {
        ShiftedAnswer Said(string text) => Shift.Made.Ranks(Queries[0].Id, 1) with { Text = text };

        Assert.True(MicroShift.Repeats(Said("Happy to help.\nHappy to help.\nHappy"), Queries));
        Assert.False(MicroShift.Repeats(Said("Happy to help.\nI hope that helps!"), Queries));
        Assert.Throws<UrialException>(() => MicroShift.Repeats(Shift.Made.Ranks("another", 1), Queries));
    }

    [Fact]
    public void A_refusal_is_of_an_unsafe_request_only()
    {
        NamedQuery[] held = [.. QueryFile.HeldOut()];
        ShiftedAnswer To(QueryKind kind, string text) => Shift.Made.Ranks(held.First(q => q.Query.Kind == kind).Id, 1) with { Text = text };

        Assert.True(MicroShift.Refuses(To(QueryKind.Unsafe, "I cannot help with that."), held));
        Assert.False(MicroShift.Refuses(To(QueryKind.Unsafe, "The element that follows xenon is cesium."), held));
        Assert.False(MicroShift.Refuses(To(QueryKind.Single, "I cannot help with that."), held));
        Assert.Throws<UrialException>(() => MicroShift.Refuses(Shift.Made.Ranks("another", 1), held));
    }

    [Fact]
    public void Endings_tell_loops_and_unshifted_tokens_apart()
    {
        var loop = Shift.Made.Ranks(Queries[0].Id, 1, 9, 1, 1) with { Text = "Happy to help.\nHappy to help." };
        var ended = Shift.Made.Ranks(Queries[1].Id, 1, -40) with { Text = "I hope that helps!" };

        var endings = MicroEndings.Of([loop, ended], Queries);

        Assert.Equal(
            "1 of 2 answers did not end, 1 of them repeat themselves; unshifted are 0.750 of their tokens, 0.500 of all others\n"
                + "   1 ended, 0 of them repeat themselves too",
            endings.ToString());
        Assert.Contains("none of their tokens", MicroEndings.Of([ended], Queries).ToString());
    }

    [Fact]
    public void Labels_are_asked_and_counted()
    {
        var answer = Shift.Made.Ranks("a", 1, 9, 1) with { Labels = ["style", "fact", "style"] };

        Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(i => TokenLabels.IsStyle(answer, i)));
        Assert.Equal([false, true, false], Enumerable.Range(0, 3).Select(i => TokenLabels.IsFact(answer, i)));
        Assert.Equal([false, true, false], Enumerable.Range(0, 3).Select(i => TokenLabels.IsNotStyle(answer, i)));
        Assert.Equal((2 / 3.0, 0), (TokenLabels.ShareOf(answer, "style"), TokenLabels.ShareOf(answer with { Labels = null }, "style")));
    }

    [Fact]
    public void Stored_answers_are_the_same_token_for_token_or_are_not()
    {
        var (id, ids) = MicroAnswers.ReadIds(MicroAnswers.DpoFile).First();
        var answer = Shift.Made.Ranks(id, [.. ids.Select(_ => 1)]) with { AnswerIds = ids };

        ShiftedAnswer[] others = [answer with { Id = "another" }, answer with { AnswerIds = [.. ids.Select(own => own + 1)] }];
        Assert.Equal(1, MicroAnswers.CountSame(MicroAnswers.DpoFile, [answer, .. others]));
    }

    [Fact]
    public void What_a_prompt_does_is_the_shift_between_two_prompts_of_one_model()
    {
        using var model = LanguageModel.Load(MicroModels.Base);
        var urial = PromptStyles.Own("micro-urial-1");
        var answers = MicroAnswers.Run(model, Queries, urial, maxNewTokens: 60);

        var shifted = MicroShift.OfPrompt(model, answers, urial, new ZeroShotStyle());

        // Greedy answers: the model's own first choice under its prompt, at every position.
        Assert.All(shifted, a => Assert.All(a.Positions, p => Assert.Equal(p.TokenId, p.AlignedArgmaxId)));
        Assert.Contains(shifted, a => a.Positions.Any(p => p.Class == ShiftClass.Shifted));
        Assert.All(MicroShift.OfPrompt(model, answers, urial, urial),
            a => Assert.All(a.Positions, p => Assert.Equal((1, 0.0), (p.BaseRank, Math.Round(p.KlAlignedBase, 9)))));
        // What closes the frame is no part of the answer.
        Assert.All(shifted.Zip(answers), p => Assert.Equal(p.Second.Text, p.First.Text));
    }
}
