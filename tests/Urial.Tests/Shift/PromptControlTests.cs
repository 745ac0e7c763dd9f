namespace Urial.Tests.Shift;

public sealed class PromptControlTests
{
    [Fact]
    public void Under_one_prompt_the_same_weights_shift_nothing_but_what_was_not_their_first_choice()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);
        var query = ShiftQueries.Read(GoldenPair.Queries).First().Item!;
        var same = ShiftQuery.Verbatim("same", query.AlignedPrompt!, query.AlignedPrompt!);
        var answers = ShiftAnalysis.Run(pair, [same], new ShiftOptions { MaxNewTokens = 20, Top = 3 });

        var control = PromptControl.Of(pair, answers)[0];

        Assert.All(control.Positions, p => Assert.Equal((1, p.AlignedProbability), (p.BaseRank, p.BaseProbability)));
        Assert.All(control.Positions, p => Assert.InRange(p.KlAlignedBase, 0, 1e-9));
        Assert.Equal(answers[0].AnswerIds, control.AnswerIds);
        Assert.Equal(3, control.Positions[0].BaseTop.Count);
    }

    [Fact]
    public void The_aligned_model_reads_the_answer_under_the_base_models_prompt()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);
        var answers = ShiftAnalysis.Run(pair, [.. ShiftQueries.Read(GoldenPair.Queries).Take(3).Select(line => line.Item!)]);
        answers = [.. answers.Select(a => a with { Kind = "kind", Labels = [.. a.AnswerIds.Select(_ => "style")] })];

        var control = PromptControl.Of(pair, answers);

        using var aligned = LanguageModel.Load(GoldenPair.Aligned);
        foreach (var (answer, shift) in answers.Zip(control))
        {
            Assert.Equal(("kind", answer.Labels, answer.BasePrompt), (shift.Kind, shift.Labels, shift.BasePrompt));
            // The two sides of the control are the aligned model's own probabilities under either prompt.
            Assert.Equal(answer.Positions.Select(p => p.AlignedProbability), shift.Positions.Select(p => p.AlignedProbability));
            var alone = ShiftAnalysis.LogProbabilities(pair.AlignedTwice(), answer, 1);
            Assert.Equal(Math.Exp(alone.Base[answer.AnswerIds[1]]), shift.Positions[1].BaseProbability, 6);
            Assert.NotEqual(answer.Positions[1].BaseProbability, shift.Positions[1].BaseProbability, 6);
        }
    }
}
