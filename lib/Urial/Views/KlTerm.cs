namespace Urial;

/// <summary>One token's part of KL(aligned‖base) at a position: P_aligned · ln(P_aligned / P_base).</summary>
/// <param name="Token">The token as shown, or what the row gathers.</param>
/// <param name="Aligned">The aligned model's probability, 0 to 1.</param>
/// <param name="Base">The base model's probability, 0 to 1.</param>
/// <param name="Nats">The term in nats; negative where the base model finds the token more probable.</param>
/// <param name="Chosen">Whether it is the token that stands in the answer.</param>
public sealed record KlTerm(string Token, double Aligned, double Base, double Nats, bool Chosen = false)
{
    /// <summary>The name of the row that gathers every token whose two probabilities were not kept.</summary>
    public const string Others = "all other tokens";

    /// <summary>The term of a token from its two probabilities; a token that the aligned model never chooses adds nothing.</summary>
    public static KlTerm Of(string token, double aligned, double @base, bool chosen = false) =>
        new(token, aligned, @base, aligned == 0 ? 0 : aligned * Math.Log(aligned / @base), chosen);

    /// <summary>
    /// KL(aligned‖base) at a position, term by term: every token whose probability is known in both models (the answer's
    /// token, and those in both lists of most probable tokens), largest term first; then the rest as one row, so that the
    /// terms sum to the position's KL.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The answer has no such position.</exception>
    public static IReadOnlyList<KlTerm> At(ShiftedAnswer answer, int position)
    {
        if (position < 0 || position >= answer.Positions.Count)
            throw new ArgumentOutOfRangeException(nameof(position), position, $"The answer has positions 0 to {answer.Positions.Count - 1}.");
        var shift = answer.Positions[position];
        var inBase = shift.BaseTop.ToDictionary(token => token.Id, token => token.Probability);
        var terms = shift.AlignedTop
            .Where(token => token.Id != shift.TokenId && inBase.ContainsKey(token.Id))
            .Select(token => Of(TokenNames.Of(answer, token), token.Probability, inBase[token.Id]))
            .Prepend(Of(answer.Tokens[position].Shown, shift.AlignedProbability, shift.BaseProbability, chosen: true))
            .OrderByDescending(term => Math.Abs(term.Nats))
            .ToList();
        terms.Add(new KlTerm(Others,
            Math.Max(0, 1 - terms.Sum(term => term.Aligned)),
            Math.Max(0, 1 - terms.Sum(term => term.Base)),
            shift.KlAlignedBase - terms.Sum(term => term.Nats)));
        return terms;
    }
}
