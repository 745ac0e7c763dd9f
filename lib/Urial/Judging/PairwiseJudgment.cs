namespace Urial;

/// <summary>What a judge says of a pair, asked in both orders. Both outcomes are the first arm's, wherever its answer stood.</summary>
/// <param name="Id">The query's id.</param>
/// <param name="FirstShownFirst">The outcome with the first arm's answer on top; null where judging failed.</param>
/// <param name="SecondShownFirst">The outcome with the second arm's answer on top; null where judging failed.</param>
/// <param name="Reasons">The reason in each order.</param>
/// <param name="LengthDifference">Words of the first answer minus words of the second.</param>
/// <param name="Judge">Who judged.</param>
/// <param name="Usage">What both orders cost.</param>
/// <param name="Error">What failed; null where nothing did.</param>
public sealed record PairwiseJudgment(
    string Id, PairwiseOutcome? FirstShownFirst, PairwiseOutcome? SecondShownFirst, IReadOnlyList<string> Reasons,
    int LengthDifference, string Judge, JudgeUsage Usage, string? Error = null)
{
    /// <summary>Scored where both orders gave a verdict.</summary>
    public JudgmentStatus Status =>
        FirstShownFirst is not null && SecondShownFirst is not null ? JudgmentStatus.Scored : JudgmentStatus.Failed;

    /// <summary>The verdict: what both orders say; a tie where they disagree; null where judging failed.</summary>
    public PairwiseOutcome? Outcome =>
        Status == JudgmentStatus.Failed ? null : FirstShownFirst == SecondShownFirst ? FirstShownFirst : PairwiseOutcome.Tie;

    /// <summary>Whether the order changed the verdict.</summary>
    public bool Flipped => Status == JudgmentStatus.Scored && FirstShownFirst != SecondShownFirst;

    /// <summary>Whether the order turned a win into a loss or back.</summary>
    public bool Reversed => Flipped && FirstShownFirst != PairwiseOutcome.Tie && SecondShownFirst != PairwiseOutcome.Tie;
}
