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
        var usual = ShiftAnalysis.Run(pair, [.. answers.Select(a => ShiftQuery.Of(a.Asked.Id, a.Asked.Query.Text, a.Generation.AnswerIds))]);

        foreach (var (one, other) in under.Zip(usual))
        {
            Assert.Equal((other.BasePrompt, other.AlignedPrompt), (one.BasePrompt, one.AlignedPrompt));
            Assert.Equal(other.Positions.Select(p => (p.BaseRank, p.KlAlignedBase)), one.Positions.Select(p => (p.BaseRank, p.KlAlignedBase)));
            Assert.Equal(one.AnswerIds.Length, one.Labels!.Length);
        }
        var urial = MicroShift.Under(pair, answers, PromptStyles.Own("micro-urial-1"));
        Assert.All(urial.Zip(under), p => Assert.Equal(p.Second.Positions.Select(x => x.AlignedProbability), p.First.Positions.Select(x => x.AlignedProbability)));
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
    public void What_a_prompt_does_is_the_shift_between_two_prompts_of_one_model()
    {
        using var model = LanguageModel.Load(MicroModels.Base);
        var urial = PromptStyles.Own("micro-urial-1");
        var answers = MicroAnswers.Run(model, Queries, urial, maxNewTokens: 60);

        var shifted = MicroShift.OfPrompt(model, answers, urial, new ZeroShotStyle());

        // Greedy answers: the model's own first choice under its prompt, at every position.
        Assert.All(shifted, a => Assert.All(a.Positions, p => Assert.Equal(p.TokenId, p.AlignedArgmaxId)));
        Assert.Contains(shifted, a => a.Positions.Any(p => p.Class == ShiftClass.Shifted));
        Assert.All(MicroShift.OfPrompt(model, answers, urial, urial), a => Assert.All(a.Positions, p => Assert.Equal((1, 0.0), (p.BaseRank, Math.Round(p.KlAlignedBase, 9)))));
        // What closes the frame is no part of the answer.
        Assert.All(shifted.Zip(answers), p => Assert.Equal(p.Second.Text, p.First.Text));
    }
}
