namespace Urial;

/// <summary>A token of the answers and the token that the base model would have said in its place.</summary>
/// <param name="Said">The token of the answers.</param>
/// <param name="Instead">The base model's first choice there.</param>
/// <param name="Label">What the said token is most often at these positions; null where labels are not known.</param>
/// <param name="Count">Positions.</param>
/// <param name="MeanKl">Mean KL(aligned‖base) over them, nats.</param>
public sealed record Substitution(TokenText Said, TopToken Instead, string? Label, int Count, double MeanKl)
{
    /// <summary>All such pairs of tokens, most frequent first; ties by the two ids.</summary>
    /// <param name="answers">Answers that keep at least the base model's first choice at each position.</param>
    /// <param name="shift">Only positions of this class; null: shifted and marginal ones.</param>
    /// <param name="withEos">Whether end-of-sequence tokens count.</param>
    /// <exception cref="ArgumentException">A position keeps no top tokens.</exception>
    public static IReadOnlyList<Substitution> Of(IEnumerable<ShiftedAnswer> answers, ShiftClass? shift = null, bool withEos = true) =>
    [
        .. answers
            .SelectMany(answer => answer.Positions
                .Select((p, i) => (Shift: p, Token: answer.Tokens[i], Label: answer.Labels?[i], answer.Id)))
            .Where(e => (shift is null ? e.Shift.Class != ShiftClass.Unshifted : e.Shift.Class == shift) && (withEos || !e.Shift.IsEos))
            .GroupBy(e => (e.Shift.TokenId, First(e.Shift, e.Id).Id))
            .Select(g => new Substitution(
                g.First().Token, g.First().Shift.BaseTop[0],
                g.Select(e => e.Label).OfType<string>().CountBy(l => l).OrderByDescending(l => l.Value)
                    .ThenBy(l => l.Key, StringComparer.Ordinal).FirstOrDefault().Key,
                g.Count(), g.Average(e => e.Shift.KlAlignedBase)))
            .OrderByDescending(s => s.Count).ThenBy(s => s.Said.Id).ThenBy(s => s.Instead.Id),
    ];

    private static TopToken First(PositionShift shift, string id) => shift.BaseTop.Count > 0
        ? shift.BaseTop[0]
        : throw new ArgumentException(
            $"Position {shift.Position} of answer {id} keeps no top tokens. Score it with ShiftOptions.Top of 1 or more.");
}
