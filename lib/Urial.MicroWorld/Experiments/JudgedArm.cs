namespace Urial.MicroWorld;

/// <summary>An arm judged twice: by a language model, and by the world's rules.</summary>
/// <param name="Arm">The arm, with the rules' judgments.</param>
/// <param name="ByModel">The language model's judgment of each of its answers.</param>
public sealed record JudgedArm(MicroArm Arm, IReadOnlyList<Judgment> ByModel) : INamed
{
    /// <summary>The arm's name.</summary>
    public string Name => Arm.Name;

    /// <summary>The rules' judgments.</summary>
    public IReadOnlyList<Judgment> ByRules => Arm.Judgments;

    /// <summary>How many answers the language model has scored.</summary>
    public int Scored => ByModel.Count(judgment => judgment.Status == JudgmentStatus.Scored);

    /// <summary>Both rows of scores; the language model's "N/A" is left out.</summary>
    public IReadOnlyList<IScored> Rows =>
        [Arm, AspectScoreRow.Measured($"{Name}, by language model", ByModel, NaPolicy.Exclude, Arm.ToJudge)];

    /// <summary>An aspect's mean by either judge, 1 to 5; the language model's "N/A" is left out, as in <see cref="Rows"/>.</summary>
    /// <exception cref="UrialException">A judge has scored no answer in the aspect.</exception>
    public (Estimate ByRules, Estimate ByModel) Mean(Aspect aspect) =>
        (Arm.Mean(aspect), ScoreStatistics.Mean(ByModel, aspect, NaPolicy.Exclude).Estimate);

    /// <summary>The answers with both judgments.</summary>
    public IReadOnlyList<JudgedAnswer> Answers =>
        [.. Arm.Answers.Zip(ByModel, ByRules).Select(answer => new JudgedAnswer(answer.First, answer.Second, answer.Third))];

    /// <summary>How far the arm is ahead of another in an aspect, by either judge; answers without a score are left out.</summary>
    /// <param name="other">The other arm, on the same queries.</param>
    /// <param name="aspect">The aspect.</param>
    public (Estimate ByRules, Estimate ByModel) Ahead(JudgedArm other, Aspect aspect) => (
        ScoreStatistics.Difference(ByRules, other.ByRules, aspect, NaPolicy.Exclude),
            ScoreStatistics.Difference(ByModel, other.ByModel, aspect, NaPolicy.Exclude));

    /// <summary>Which arm has the higher mean of the general scores on each general query, by the rules ("N/A" counts as 5).</summary>
    /// <param name="other">The other arm, on the same queries.</param>
    public IReadOnlyList<(string Id, PairwiseOutcome Outcome)> AgainstByRules(JudgedArm other) => Outcomes(ByRules, other.ByRules);

    /// <summary>The same by the language model's single scores.</summary>
    /// <param name="other">The other arm, on the same queries.</param>
    public IReadOnlyList<(string Id, PairwiseOutcome Outcome)> AgainstByModel(JudgedArm other) => Outcomes(ByModel, other.ByModel);

    private static IReadOnlyList<(string, PairwiseOutcome)> Outcomes(IReadOnlyList<Judgment> first, IReadOnlyList<Judgment> second)
    {
        return ScoreStatistics.Outcomes(General(first), General(second), null, NaPolicy.AsFive);

        static Judgment[] General(IReadOnlyList<Judgment> judgments) =>
            [.. judgments.Where(judgment => !judgment.Scores.ContainsKey(Aspect.Safety))];
    }
}
