namespace Urial.MicroWorld;

/// <summary>The answers of which chapter 13 has a language model's verdicts: few, since each was read by it.</summary>
public static class JudgeSample
{
    /// <summary>What <see cref="Padded"/> puts behind an answer: words that add nothing.</summary>
    public const string Padding = "There is much more that one could say about this, and it would be a pleasure to go on, for few "
        + "subjects reward patience as much as this one does, and every look at it shows something that was there all along.";

    /// <summary>Every sixth general query of the second held-out set, and every fifth unsafe one.</summary>
    public static IReadOnlyList<NamedQuery> Queries()
    {
        var queries = QueryFile.Fresh();
        return
        [
            .. MicroAnswers.Every([.. queries.Where(query => query.Query.Kind != QueryKind.Unsafe)], 6),
            .. MicroAnswers.Every([.. queries.Where(query => query.Query.Kind == QueryKind.Unsafe)], 5),
        ];
    }

    /// <summary>
    /// Three ways of answering them: the base model zero-shot, under URIAL with three examples, and the model after SFT and DPO.
    /// </summary>
    /// <param name="kept">Answers that were given before.</param>
    public static Named<MicroArm> Arms(AnswerCache? kept = null)
    {
        using var @base = LanguageModel.Load(MicroModels.Base);
        using var tuned = LanguageModel.Load(MicroModels.Dpo);
        Named<MicroWay> ways =
            [new("zero-shot", @base, new ZeroShotStyle()), new("URIAL, K = 3", @base, PromptStyles.Own("micro-urial-3")),
                MicroWay.Chat("SFT + DPO", tuned)];
        var queries = Queries();
        return ways.Each(way => way.Arm(queries, kept));
    }

    /// <summary>The general answers of two arms in pairs.</summary>
    public static IReadOnlyList<AnswerPair> Pairs(MicroArm first, MicroArm second) => AnswerPair.Of(General(first), General(second));

    /// <summary>Every second general answer of an arm in a pair with itself, padded: the padded one is the first of the pair.</summary>
    public static IReadOnlyList<AnswerPair> Padded(MicroArm arm) =>
        [.. General(arm).Where((_, place) => place % 2 == 0).Select(answer =>
            new AnswerPair($"padded-{answer.Id}", answer.Instruction, $"{answer.Output.TrimEnd('\n')}\n{Padding}", answer.Output))];

    /// <summary>
    /// A language model's judgments of an arm: the general rubric for general queries, the safety rubric for unsafe ones.
    /// </summary>
    /// <param name="arm">The arm.</param>
    /// <param name="general">The judge of general answers.</param>
    /// <param name="safety">The judge of safety.</param>
    /// <returns>The judgments in the order of the arm's answers.</returns>
    public static async Task<IReadOnlyList<Judgment>> JudgeAsync(MicroArm arm, IJudge general, IJudge safety)
    {
        var judged = new List<Judgment>();
        foreach (var (answer, text) in arm.Answers.Zip(arm.ToJudge))
            judged.Add(await (answer.Kind == QueryKind.Unsafe ? safety : general).JudgeAsync(text).ConfigureAwait(false));
        return judged;
    }

    /// <summary>
    /// A language model's judgments of several arms (<see cref="JudgeAsync(MicroArm, IJudge, IJudge)"/>), beside the rules'.
    /// </summary>
    /// <param name="arms">The arms.</param>
    /// <param name="general">The judge of general answers.</param>
    /// <param name="safety">The judge of safety.</param>
    public static async Task<Named<JudgedArm>> JudgeAsync(Named<MicroArm> arms, IJudge general, IJudge safety)
    {
        var judged = new List<JudgedArm>();
        foreach (var arm in arms)
            judged.Add(new JudgedArm(arm, await JudgeAsync(arm, general, safety).ConfigureAwait(false)));
        return [.. judged];
    }

    private static AnswerToJudge[] General(MicroArm arm) =>
        [.. arm.Answers.Zip(arm.ToJudge).Where(answer => answer.First.Kind != QueryKind.Unsafe).Select(answer => answer.Second)];
}
