namespace Urial.MicroWorld;

/// <summary>A stated value whose first token is not what the base model would have said, or is: and whether the value is right.</summary>
/// <param name="AnswerId">The answer.</param>
/// <param name="Kind">What kind of question it answers.</param>
/// <param name="Entity">Of what the value is stated.</param>
/// <param name="Attribute">The attribute it is stated to be.</param>
/// <param name="Stated">The value as the answer has it.</param>
/// <param name="Truth">The value in the world.</param>
/// <param name="Right">Whether the two agree.</param>
/// <param name="Class">The class of the value's first token.</param>
/// <param name="BaseRank">Its base rank.</param>
/// <param name="Instead">The base model's first choice there, as a reader sees it.</param>
/// <param name="BaseKnows">Whether that choice begins the true value.</param>
public sealed record FactShift(
    string AnswerId, QueryKind Kind, string Entity, string Attribute, string Stated, string Truth, bool Right,
    ShiftClass Class, int BaseRank, string Instead, bool BaseKnows)
{
    /// <summary>
    /// Every stated value of the answers with the shift of its first token, where a value is decided: the tokens behind it mostly finish a
    /// word that has begun. Values of which no token begins inside the value's text are left out.
    /// </summary>
    /// <param name="answers">Answers that keep the base model's first choice at each position.</param>
    /// <param name="queries">Their queries, in the same order.</param>
    /// <param name="tokenizer">The pair's tokenizer.</param>
    /// <exception cref="ArgumentException">Answers and queries do not go together.</exception>
    public static IReadOnlyList<FactShift> Of(IReadOnlyList<ShiftedAnswer> answers, IReadOnlyList<NamedQuery> queries,
        HfTokenizer tokenizer)
    {
        if (!answers.Select(a => a.Id).SequenceEqual(queries.Select(q => q.Id)))
            throw new ArgumentException("The answers are not those of these queries, in their order.", nameof(answers));
        return [.. answers.Zip(queries).SelectMany(pair => Of(pair.First, pair.Second, tokenizer))];
    }

    /// <summary>The share of values that are right; the interval resamples answers, and n counts those that have such a value.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static Estimate RightShare(IEnumerable<FactShift> values)
    {
        var answers = values.GroupBy(value => value.AnswerId).ToArray();
        return Bootstrap.Ratio([.. answers.Select(own => (double)own.Count(value => value.Right))],
            [.. answers.Select(own => (double)own.Count())]);
    }

    private static IEnumerable<FactShift> Of(ShiftedAnswer answer, NamedQuery query, HfTokenizer tokenizer)
    {
        var (text, spans) = TokenSpans.Of(tokenizer, answer.AnswerIds);
        foreach (var claim in AnswerParts.Of(query.Query, text).Claims)
        {
            // A token that begins a word carries the blank before it.
            var first = Array.FindIndex(spans,
                s => s.End > claim.Span.Start && s.Start < claim.Span.End && text[s.Start..s.End].TrimStart().Length > 0);
            if (first < 0 || text[spans[first].Start..Math.Max(spans[first].Start, claim.Span.Start)].Trim().Length > 0)
                continue;
            var shift = answer.Positions[first];
            var truth = claim.Entity[claim.Attribute];
            var choice = tokenizer.Decode([shift.BaseTop[0].Id], skipSpecialTokens: false).TrimStart();
            yield return new FactShift(
                answer.Id, query.Query.Kind, claim.Entity.Name, claim.Attribute, claim.Value, truth, claim.Right, shift.Class,
                shift.BaseRank,
                shift.BaseTop[0].Shown ?? choice, choice.Length > 0 && truth.StartsWith(choice, StringComparison.OrdinalIgnoreCase));
        }
    }
}
