namespace Urial;

/// <summary>
/// The paper's token distribution shift (section 2): what the base model would have said at each position of the aligned
/// model's answer. Answers are kept and scored as token ids, never re-tokenised from text.
/// </summary>
public static class ShiftAnalysis
{
    /// <summary>Scores an answer that is already there, under two prompts that are read as they stand.</summary>
    /// <param name="pair">The models.</param>
    /// <param name="id">An id for the query.</param>
    /// <param name="query">The query as the user asked it; may be empty.</param>
    /// <param name="basePrompt">What stands before the answer for the base model; no special tokens are added.</param>
    /// <param name="alignedPrompt">What stands before the answer for the aligned model; no special tokens are added.</param>
    /// <param name="answerIds">The answer's tokens, end-of-sequence included where it has one.</param>
    /// <param name="top">How many of each model's most probable tokens to keep at each position.</param>
    /// <exception cref="UrialException">The answer is empty, does not fit, or a model's logits are not finite.</exception>
    public static ShiftedAnswer Score(
        ModelPair pair, string id, string query, string basePrompt, string alignedPrompt, IReadOnlyList<int> answerIds, int top = 10) =>
        Run(pair, [ShiftQuery.Verbatim(id, basePrompt, alignedPrompt, answerIds, query)], new ShiftOptions { Top = top })[0];

    /// <summary>
    /// Asks the aligned model under its chat template, lets it answer greedily, and scores the answer with the base model
    /// under the zero-shot prompt; or each under the prompt style that the options name.
    /// </summary>
    /// <param name="pair">The models.</param>
    /// <param name="query">The query.</param>
    /// <param name="options">Prompt styles, answer length and top tokens; the defaults if null.</param>
    /// <param name="id">An id for the query.</param>
    /// <exception cref="UrialException">
    /// The model has no chat template, the query does not fit, or a model's logits are not finite.
    /// </exception>
    public static ShiftedAnswer Ask(ModelPair pair, string query, ShiftOptions? options = null, string id = "query") =>
        Run(pair, [ShiftQuery.Of(id, query)], options)[0];

    /// <summary>Asks and scores many queries under the prompt styles of the options; ids are q0001, q0002, …</summary>
    /// <param name="pair">The models.</param>
    /// <param name="queries">The queries.</param>
    /// <param name="options">Prompt styles, answer length, top tokens and batch size; the defaults if null.</param>
    /// <param name="progress">Called after every answer and every scored one.</param>
    /// <exception cref="UrialException">A query fails: the message names it.</exception>
    public static IReadOnlyList<ShiftedAnswer> Run(
        ModelPair pair, IEnumerable<string> queries, ShiftOptions? options = null, Action<RunStep>? progress = null) =>
        Run(pair, [.. queries.Select((query, i) => ShiftQuery.Of($"q{i + 1:0000}", query))], options, progress);

    /// <summary>Generates where an answer is missing and scores all, in the order of the queries.</summary>
    /// <param name="pair">The models.</param>
    /// <param name="queries">The queries, with ids that differ.</param>
    /// <param name="options">Prompt styles, answer length, top tokens and batch size; the defaults if null.</param>
    /// <param name="progress">Called after every answer and every scored one.</param>
    /// <exception cref="UrialException">A query fails: the message names it.</exception>
    public static IReadOnlyList<ShiftedAnswer> Run(
        ModelPair pair, IReadOnlyList<ShiftQuery> queries, ShiftOptions? options = null, Action<RunStep>? progress = null)
    {
        var outcomes = TryRun(pair, queries, options, progress);
        return outcomes.FirstOrDefault(o => o.Error is not null) is { } failed
            ? throw new UrialException($"Query {failed.Query.Id}: {failed.Error}")
            : [.. outcomes.Select(o => o.Answer!)];
    }

    /// <summary>
    /// As <see cref="Run(ModelPair, IReadOnlyList{ShiftQuery}, ShiftOptions?, Action{RunStep}?)"/>, but a query that fails does not stop
    /// the others.
    /// </summary>
    /// <param name="pair">The models.</param>
    /// <param name="queries">The queries, with ids that differ.</param>
    /// <param name="options">Prompt styles, answer length, top tokens and batch size; the defaults if null.</param>
    /// <param name="progress">Called after every answer and every scored one.</param>
    /// <returns>One outcome for each query, in their order.</returns>
    /// <exception cref="UrialException">An option is out of its range, or two queries share an id.</exception>
    public static IReadOnlyList<ShiftOutcome> TryRun(
        ModelPair pair, IReadOnlyList<ShiftQuery> queries, ShiftOptions? options = null, Action<RunStep>? progress = null)
    {
        options ??= new ShiftOptions();
        options.Check();
        return TryRun(pair, PreparedQueries.Of(PromptedPair.Of(pair), queries, options), options, progress, new NoStore());
    }

    /// <summary>As the other, of queries that are prepared; what a store has is not computed again.</summary>
    internal static IReadOnlyList<ShiftOutcome> TryRun(
        ModelPair pair, PreparedQueries queries, ShiftOptions options, Action<RunStep>? progress, IShiftStore store)
    {
        var (prompted, prepared) = (PromptedPair.Of(pair), queries.Prepared);
        var outcomes = queries.Outcomes.ToArray();
        var answers = AnswerWriter.Write(pair.Aligned, [.. prepared.Select(p => p.Query)], options, progress, store);
        using var prefix = PairPrefix.Of(pair, [.. prepared.Select(p => p.Query)]);
        var shared = options is { BaseStyle: null, AlignedStyle: null } ? SharedScores.Of(pair) : null; // other prompts are read once
        var scored = 0;
        var told = new Lock();
        TorchThreads.SideBySide(pair.Base.Decoder.IsSmall && pair.Aligned.Decoder.IsSmall, prepared.Count, i =>
        {
            var (index, query) = prepared[i];
            try
            {
                var answer = ScoredAnswer.Of(prompted, query, answers[i], store,
                    ids => shared?.Score(query, ids, options.Top, top => Score(query, ids, top)) ?? Score(query, ids, options.Top));
                outcomes[index] = ShiftOutcome.Of(query.Query, answer);
            }
            catch (UrialException e) when (e is not WriteException)
            {
                outcomes[index] = ShiftOutcome.Failed(query.Query, e.Message);
            }
            lock (told)
                progress?.Invoke(new RunStep("scoring", ++scored, prepared.Count));
        });
        return [.. outcomes.Select(outcome => outcome!)];

        PositionShift[] Score(PreparedQuery query, int[] ids, int top) => AnswerScorer.Score(
            pair, query.Base.Tokens.Ids, query.Aligned.Tokens.Ids, ids, top, prefix, query.EndId);
    }

    /// <summary>
    /// The answers' texts tokenised anew and scored, as the reference code does: other ids where the model spelt the text in other pieces,
    /// and no end-of-sequence token, which the text does not have, though an answer that ended still has. For comparison; the project keeps
    /// the generated ids.
    /// </summary>
    /// <param name="pair">The pair that scored them.</param>
    /// <param name="answers">The answers, none of them without text.</param>
    /// <exception cref="UrialException">An answer has no text, or does not fit.</exception>
    public static IReadOnlyList<ShiftedAnswer> Retokenised(ModelPair pair, IReadOnlyList<ShiftedAnswer> answers) =>
        [.. Run(pair, [.. answers.Select(a => ShiftQuery.Again(a, pair.Tokenizer.Encode(a.Text)))], new ShiftOptions { Top = 1 })
            .Zip(answers, (again, answer) => again with { Ended = answer.Ended })];

    /// <summary>Both models' whole distributions at one position of a scored answer, for working a number out by hand.</summary>
    /// <param name="pair">The models that scored it.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="position">0-based position in it.</param>
    /// <returns>
    /// Natural-log probabilities of every token under the base and the aligned model, over the ids that both share (−∞ for an id between
    /// them that is not shared). // [vocabulary] each
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The answer has no such position.</exception>
    public static (double[] Base, double[] Aligned) LogProbabilities(ModelPair pair, ShiftedAnswer answer, int position)
    {
        if (position < 0 || position >= answer.AnswerIds.Length)
            throw new ArgumentOutOfRangeException(nameof(position), position,
                $"The answer has positions 0 to {answer.AnswerIds.Length - 1}.");
        return AnswerScorer.LogProbabilities(pair, answer.BasePromptIds, answer.AlignedPromptIds, answer.AnswerIds, position);
    }
}
