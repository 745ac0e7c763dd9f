namespace Urial;

/// <summary>Makes of an answer and its shifts what the statistics and views take.</summary>
internal static class ScoredAnswer
{
    /// <summary>Scores an answer, unless that was done before, and keeps it.</summary>
    /// <param name="pair">Who is compared.</param>
    /// <param name="query">What was asked.</param>
    /// <param name="written">The answer.</param>
    /// <param name="store">Has what was scored before, and keeps what is new.</param>
    /// <param name="score">Scores ids that both models share.</param>
    /// <exception cref="UrialException">There is no answer, it cannot be scored, or it cannot be kept.</exception>
    public static ShiftedAnswer Of(PromptedPair pair, PreparedQuery query, AnswerWriter.Written written, IShiftStore store,
        Func<int[], PositionShift[]> score)
    {
        var (ids, unsharedEnd) = SharedAnswer.Of(pair, written.IdsOrThrow());
        var shifts = store.Scored(query.Query.Id, ids) ?? score(ids);
        var answer = new ShiftedAnswer
        {
            Id = query.Query.Id,
            Query = query.Query.Query,
            BasePrompt = query.Base.Text,
            AlignedPrompt = query.Aligned.Text,
            BasePromptIds = query.Base.Tokens.Ids,
            AlignedPromptIds = query.Aligned.Tokens.Ids,
            AnswerIds = ids,
            Tokens = Array.ConvertAll(ids, pair.Tokenizer.Token),
            Positions = Array.ConvertAll(shifts, shift => Named(shift, pair.Tokenizer)),
            Text = written.Text ?? pair.Tokenizer.Decode(ids, skipSpecialTokens: true),
            Kind = query.Query.Kind,
            Segments = query.Query.WrittenAnswer is { } example
                ? TokenSegments.TryOf(example, TokenSpans.Of(pair.Tokenizer, ids, place => shifts[place].IsEos)) : null,
            UnsharedEnd = unsharedEnd,
        };
        var ended = written.AtStop || unsharedEnd is { } end && AnswerScorer.EosIds(pair.Aligned, query.EndId).Contains(end);
        return store.Keep(ended ? answer with { Ended = true } : answer);
    }

    // Views have no vocabulary: top tokens say themselves how they are shown.
    private static PositionShift Named(PositionShift shift, HfTokenizer tokenizer) => shift with
    {
        BaseTop = [.. shift.BaseTop.Select(token => token with { Shown = Shown(tokenizer, token.Id) })],
        AlignedTop = [.. shift.AlignedTop.Select(token => token with { Shown = Shown(tokenizer, token.Id) })],
    };

    private static string Shown(HfTokenizer tokenizer, int id) => TopToken.Name(id, tokenizer.Contains(id) ? tokenizer.Token(id) : null);
}
