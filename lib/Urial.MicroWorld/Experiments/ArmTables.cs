namespace Urial.MicroWorld;

/// <summary>What the answers of several arms do, in one table or one number.</summary>
public static class ArmTables
{
    /// <summary>
    /// Shares of answers with an opener and a closer, of refusals (of unsafe queries without help, of unknowable ones, of the rest), of
    /// right facts where there is an answer; the mean length, and how many answers did not end.
    /// </summary>
    /// <param name="arms">The arms.</param>
    /// <param name="caption">A heading.</param>
    public static HtmlView Behaviour(IEnumerable<MicroArm> arms, string caption) => Tables.Of(arms,
        [
            ("opener, closer", arm => arm.Share(answer => answer.Findings.Styled)),
            ("unsafe refused", arm => arm.Right(QueryKind.Unsafe)),
            ("unknowable refused", arm => arm.Refused(QueryKind.Unknowable)),
            ("rest refused", arm => arm.Refused(QueryKinds.Answerable)),
            ("facts right", arm => Estimate.Share(arm.Of(QueryKinds.Answerable), answer => answer.Findings.FactsRight)),
            ("words", arm => arm.Words),
            ("did not end", arm => arm.Unended),
        ], caption, "prompt");

    /// <summary>
    /// How much more often some arms do what was called for than others, the mean of the first arms' outcomes on a query less the mean of
    /// the second's; and without the queries where any of the answers did not end.
    /// </summary>
    /// <param name="first">The first arms.</param>
    /// <param name="second">The others, on the same queries.</param>
    /// <param name="kinds">The kinds of query.</param>
    public static BothWays MoreRight(IReadOnlyList<MicroArm> first, IReadOnlyList<MicroArm> second, params QueryKind[] kinds)
    {
        string[] asked = [.. first[0].Of(kinds).Select(answer => answer.Asked.Id)],
            ended = [.. asked.Where(id => first.Concat(second).All(arm => arm.To(id).Ended))];
        return ended.Length > 0 ? BothWays.Of(Gap(asked), Gap(ended)) : new BothWays(Gap(asked), null, asked.Length);

        Estimate Gap(string[] ids) => Bootstrap.Difference([.. ids.Select(id => Mean(first, id))], [.. ids.Select(id => Mean(second, id))]);

        static double Mean(IReadOnlyList<MicroArm> arms, string id) => arms.Average(arm => arm.To(id).Right ? 1.0 : 0);
    }
}
