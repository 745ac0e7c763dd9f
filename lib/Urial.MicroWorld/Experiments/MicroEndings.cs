namespace Urial.MicroWorld;

/// <summary>
/// Answers that did not end beside those that did: how many repeat themselves, and how many of their tokens are unshifted.
/// </summary>
/// <param name="Cut">The answers that did not end.</param>
/// <param name="CutRepeating">How many of them repeat themselves (<see cref="MicroShift.Repeats"/>).</param>
/// <param name="Ended">The answers that ended.</param>
/// <param name="EndedRepeating">How many of them repeat themselves too.</param>
public sealed record MicroEndings(
    IReadOnlyList<ShiftedAnswer> Cut, int CutRepeating, IReadOnlyList<ShiftedAnswer> Ended, int EndedRepeating)
{
    /// <summary>Takes answers apart.</summary>
    /// <param name="answers">Answers to questions of the world.</param>
    /// <param name="queries">Their queries, among others.</param>
    /// <exception cref="UrialException">A query is not among them.</exception>
    public static MicroEndings Of(IReadOnlyList<ShiftedAnswer> answers, IReadOnlyList<NamedQuery> queries)
    {
        IReadOnlyList<ShiftedAnswer> cut = [.. answers.Where(answer => !answer.Ended)], ended = answers.ThatEnded();
        return new MicroEndings(cut, Repeating(cut), ended, Repeating(ended));

        int Repeating(IReadOnlyList<ShiftedAnswer> some) => some.Count(answer => MicroShift.Repeats(answer, queries));
    }

    /// <summary>Both in words.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Cut.Count} of {Cut.Count + Ended.Count} answers did not end, {CutRepeating} of them repeat themselves; ")
        + FormattableString.Invariant(
        $"unshifted are {Unshifted(Cut)} of their tokens, {Unshifted(Ended)} of all others\n") + FormattableString.Invariant(
        $"   {Ended.Count} ended, {EndedRepeating} of them repeat themselves too");

    private static string Unshifted(IReadOnlyList<ShiftedAnswer> some) =>
        some.Count == 0 ? "none" : FormattableString.Invariant($"{ShiftGroups.Share(some, p => p.IsUnshifted).Value:0.000}");
}
