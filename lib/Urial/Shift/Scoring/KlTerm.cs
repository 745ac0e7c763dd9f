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
    /// KL(aligned‖base) from both whole distributions: the largest terms, and the rest of the vocabulary as one row.
    /// </summary>
    /// <param name="logProbabilities">
    /// Natural-log probabilities under both models, as <see cref="ShiftAnalysis.LogProbabilities"/> returns them. // [vocabulary] each
    /// </param>
    /// <param name="show">How a token id is shown: <c>id => pair.Tokenizer.Token(id).Shown</c>.</param>
    /// <param name="chosen">The id of the answer's token; it is always among the rows.</param>
    /// <param name="count">How many tokens get a row of their own.</param>
    /// <exception cref="ArgumentException">The distributions are over different vocabularies, or there is no such token.</exception>
    public static IReadOnlyList<KlTerm> Largest(
        (double[] Base, double[] Aligned) logProbabilities, Func<int, string> show, int chosen, int count = 8)
    {
        var (@base, aligned) = logProbabilities;
        if (@base.Length != aligned.Length)
            throw new ArgumentException($"The base distribution is over {@base.Length} tokens, the aligned one over {aligned.Length}.");
        if (chosen < 0 || chosen >= aligned.Length)
            throw new ArgumentException($"There is no token {chosen} in a vocabulary of {aligned.Length}.", nameof(chosen));
        var all = Enumerable.Range(0, aligned.Length)
            .Select(id => (Id: id, P: Math.Exp(aligned[id]), Q: Math.Exp(@base[id]),
                Nats: double.IsNegativeInfinity(aligned[id]) ? 0 : Math.Exp(aligned[id]) * (aligned[id] - @base[id])))
            .ToArray();
        var rows = all.OrderByDescending(term => term.Id == chosen).ThenByDescending(term => Math.Abs(term.Nats)).Take(Math.Max(1, count))
            .OrderByDescending(term => Math.Abs(term.Nats))
            .Select(term => new KlTerm(show(term.Id), term.P, term.Q, term.Nats, term.Id == chosen))
            .ToList();
        rows.Add(Rest(rows, all.Sum(term => term.Nats)));
        return rows;
    }

    /// <summary>
    /// KL(aligned‖base) at a position, term by term: every token whose probability is known in both models (the answer's
    /// token, and those in both lists of most probable tokens), largest term first; then the rest as one row, so that the
    /// terms sum to the position's KL.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The answer has no such position.</exception>
    public static IReadOnlyList<KlTerm> At(ShiftedAnswer answer, int position)
    {
        if (position < 0 || position >= answer.Positions.Count)
            throw new ArgumentOutOfRangeException(nameof(position), position,
                $"The answer has positions 0 to {answer.Positions.Count - 1}.");
        var shift = answer.Positions[position];
        var inBase = shift.BaseTop.ToDictionary(token => token.Id, token => token.Probability);
        var terms = shift.AlignedTop
            .Where(token => token.Id != shift.TokenId && inBase.ContainsKey(token.Id))
            .Select(token => Of(TokenNames.Of(answer, token), token.Probability, inBase[token.Id]))
            .Prepend(Of(answer.Tokens[position].Shown, shift.AlignedProbability, shift.BaseProbability, chosen: true))
            .OrderByDescending(term => Math.Abs(term.Nats))
            .ToList();
        terms.Add(Rest(terms, shift.KlAlignedBase));
        return terms;
    }

    private static KlTerm Rest(List<KlTerm> terms, double whole) => new(
        Others,
        Math.Max(0, 1 - terms.Sum(term => term.Aligned)),
        Math.Max(0, 1 - terms.Sum(term => term.Base)),
        whole - terms.Sum(term => term.Nats));
}
