namespace Urial;

/// <summary>
/// A token of the vocabulary and how often it was shifted: the paper's list of most shifted tokens. Or marginal: the class counted is the
/// caller's choice.
/// </summary>
/// <param name="Token">The token.</param>
/// <param name="Label">Its most frequent label among the positions counted; null where none is known.</param>
/// <param name="Shifted">Positions where it stood in an answer and was shifted (or of the class asked for).</param>
/// <param name="Total">Positions where it stood in an answer.</param>
/// <param name="MeanKl">Mean KL(aligned‖base) over the positions counted, in nats.</param>
public sealed record ShiftedToken(TokenText Token, string? Label, int Shifted, int Total, double MeanKl)
{
    /// <summary>The tokens that were shifted at all, most often first; ties by id.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="withEos">Whether end-of-sequence tokens count.</param>
    /// <param name="shift">The class that is counted.</param>
    public static IReadOnlyList<ShiftedToken> Of(IEnumerable<ShiftedAnswer> answers, bool withEos = true,
        ShiftClass shift = ShiftClass.Shifted) =>
    [
        .. answers
            .SelectMany(answer => answer.Positions
                .Select((position, i) => (Position: position, Token: answer.Tokens[i], Label: answer.Labels?[i])))
            .Where(entry => withEos || !entry.Position.IsEos)
            .GroupBy(entry => entry.Position.TokenId)
            .Select(group => Count([.. group], shift))
            .Where(token => token.Shifted > 0)
            .OrderByDescending(token => token.Shifted)
            .ThenBy(token => token.Token.Id),
    ];

    private static ShiftedToken Count((PositionShift Position, TokenText Token, string? Label)[] entries, ShiftClass shift)
    {
        var shifted = entries.Where(entry => entry.Position.Class == shift).ToArray();
        var label = shifted.Select(entry => entry.Label).OfType<string>()
            .CountBy(name => name)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .FirstOrDefault().Key;
        return new ShiftedToken(entries[0].Token, label, shifted.Length, entries.Length,
            shifted.Length == 0 ? 0 : shifted.Average(entry => entry.Position.KlAlignedBase));
    }
}
