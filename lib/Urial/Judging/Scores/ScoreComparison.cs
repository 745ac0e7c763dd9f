namespace Urial;

/// <summary>Two arms' scores of one aspect on the same queries, query by query.</summary>
/// <param name="First">The first arm.</param>
/// <param name="Second">The second.</param>
/// <param name="Difference">First − second, mean over the queries.</param>
/// <param name="Outcomes">On how many queries each is ahead.</param>
public sealed record ScoreComparison(string First, string Second, Estimate Difference, WinTieLose Outcomes)
{
    /// <summary>Two arms' judgments compared; "N/A" counts as 5, as in the published means.</summary>
    /// <exception cref="UrialException">The arms share no scored query.</exception>
    public static ScoreComparison Of(
        (string Name, IReadOnlyList<Judgment> Judgments) first, (string Name, IReadOnlyList<Judgment> Judgments) second,
        Aspect aspect) => new(
        first.Name, second.Name,
        ScoreStatistics.Difference(first.Judgments, second.Judgments, aspect, NaPolicy.AsFive),
        ScoreStatistics.Compare(first.Judgments, second.Judgments, aspect, NaPolicy.AsFive));

    /// <summary>
    /// As a reader sees it: <c>URIAL against chat: higher on 12, the same on 3, lower on 5 of 20; sign test p = 0.143</c>.
    /// </summary>
    public override string ToString() => $"{First} against {Second}: higher on {Outcomes.Wins}, the same on {Outcomes.Ties}, "
        + FormattableString.Invariant($"lower on {Outcomes.Losses} of {Outcomes.N}; sign test p = {Outcomes.SignTest:0.000}");
}
