namespace Urial.MicroWorld;

/// <summary>What the answers of several arms do, and those of conversations turn by turn, as tables.</summary>
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

    /// <summary>A table of ways by turn.</summary>
    /// <param name="talks">The ways' conversations.</param>
    /// <param name="value">A number of the answers of a turn.</param>
    /// <param name="caption">A heading.</param>
    public static HtmlView ByTurn(IReadOnlyList<MicroTalks> talks, Func<IReadOnlyList<MicroAnswer>, object?> value, string caption) =>
        Tables.Of(
            talks, [.. talks[0].Turns.Select((_, turn) => ($"turn {turn + 1}", (Func<MicroTalks, object?>)(talk => value(talk[turn]))))],
            caption, "way");
}
