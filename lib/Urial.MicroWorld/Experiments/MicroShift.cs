namespace Urial.MicroWorld;

/// <summary>The token distribution shift on queries whose ground truth is known: every position carries its label.</summary>
public static class MicroShift
{
    private static readonly ShiftOptions Usual = new() { BatchSize = 32 }; // more are no faster, and take more memory

    /// <summary>Lets the aligned model answer and scores every token, labelled name, fact, glue or style.</summary>
    /// <param name="pair">A pair of micro-world models.</param>
    /// <param name="queries">Queries with their ground truth.</param>
    /// <param name="options">Prompt styles, answer length and top tokens.</param>
    /// <param name="progress">Called after every answer and every scored one.</param>
    public static IReadOnlyList<ShiftedAnswer> Run(
        ModelPair pair, IReadOnlyList<NamedQuery> queries, ShiftOptions? options = null, Action<RunStep>? progress = null) =>
        Run(pair, queries, null, options, progress);

    /// <summary>
    /// Scores answers that the aligned model gave before, read from a file such as <see cref="MicroAnswers.DpoFile"/>: the same numbers
    /// without the wait.
    /// </summary>
    /// <param name="pair">The pair; its aligned model gave the answers.</param>
    /// <param name="queries">Queries with their ground truth.</param>
    /// <param name="file">The stored answers.</param>
    /// <param name="options">Top tokens.</param>
    /// <exception cref="UrialException">The file cannot be read, or has no answer to a query.</exception>
    public static IReadOnlyList<ShiftedAnswer> Stored(ModelPair pair, IReadOnlyList<NamedQuery> queries, string file,
        ShiftOptions? options = null) =>
        Run(pair, queries, (file, MicroAnswers.ReadIds(file)), options, null);

    /// <summary>
    /// Scores answers that are there already with the base model under a prompt style, the aligned model under its chat template.
    /// </summary>
    /// <param name="pair">The pair; its aligned model gave the answers.</param>
    /// <param name="answers">The answers with their queries.</param>
    /// <param name="style">How the base model is prompted.</param>
    /// <param name="options">Top tokens.</param>
    public static IReadOnlyList<ShiftedAnswer> Under(ModelPair pair, IReadOnlyList<MicroAnswer> answers, IPromptStyle style,
        ShiftOptions? options = null) =>
        Scored(pair, answers, answer => answer.Generation.AnswerIds, (options ?? Usual) with { BaseStyle = style });

    /// <summary>
    /// What a prompt does to one model: its answers under a prompt style, scored by the same weights under another. The style's side
    /// stands for the aligned model, the other for the base model.
    /// </summary>
    /// <param name="model">The model that gave the answers.</param>
    /// <param name="answers">The answers with their queries; their ids are cut where the text ends.</param>
    /// <param name="given">The style under which they were given.</param>
    /// <param name="other">The style under which they are scored.</param>
    /// <param name="options">Top tokens.</param>
    public static IReadOnlyList<ShiftedAnswer> OfPrompt(
        LanguageModel model, IReadOnlyList<MicroAnswer> answers, IPromptStyle given, IPromptStyle other, ShiftOptions? options = null)
    {
        return Scored(ModelPair.Twice(model), answers, Ids,
            (options ?? new ShiftOptions()) with { BaseStyle = other, AlignedStyle = given });

        // An answer without text is scored by its first token.
        int[] Ids(MicroAnswer answer) =>
            answer.Generation.TextIds(model.Tokenizer) is { Length: > 0 } ids ? ids : answer.Generation.AnswerIds[..1];
    }

    private static ShiftedAnswer[] Scored(ModelPair pair, IReadOnlyList<MicroAnswer> answers, Func<MicroAnswer, int[]> ids,
        ShiftOptions options)
    {
        var queries = answers.Select(answer => ShiftQuery.Of(answer.Asked.Id, answer.Asked.Query.Text, ids(answer)));
        return [.. ShiftAnalysis.Run(pair, [.. queries], options).Zip(answers, (shifted, answer) =>
            Labelled(shifted, answer.Asked, pair.Tokenizer) with { Ended = answer.Generation.Stopped })];
    }

    private static ShiftedAnswer[] Run(
        ModelPair pair, IReadOnlyList<NamedQuery> queries, (string File, IReadOnlyDictionary<string, int[]> Ids)? stored,
        ShiftOptions? options, Action<RunStep>? progress)
    {
        var answers = ShiftAnalysis.Run(pair, [.. queries.Select(q => ShiftQuery.Of(q.Id, q.Query.Text, Given(q.Id)))], options ?? Usual,
            progress);
        return [.. answers.Zip(queries, (answer, query) => Labelled(answer, query, pair.Tokenizer))];

        int[]? Given(string id) => stored is not { } s ? null : s.Ids.TryGetValue(id, out var ids) ? ids
            : throw new UrialException($"{s.File} has no answer to query {id}. It belongs to other queries; generate the answers anew.");
    }

    /// <summary>
    /// An answer to any question, labelled where the question is one that the world's grammar makes; otherwise nothing is known of it, and
    /// the answer is given back as it is.
    /// </summary>
    /// <param name="answer">The answer.</param>
    /// <param name="tokenizer">The pair's tokenizer.</param>
    public static ShiftedAnswer LabelledIfKnown(ShiftedAnswer answer, HfTokenizer tokenizer) =>
        QueryRecogniser.Find(answer.Query) is { } query ? Labelled(answer, new NamedQuery(answer.Id, query), tokenizer) : answer;

    private static ShiftedAnswer Labelled(ShiftedAnswer answer, NamedQuery query, HfTokenizer tokenizer)
    {
        var (text, spans) = TokenSpans.Of(tokenizer, answer.AnswerIds);
        var parts = AnswerParts.Of(query.Query, text);
        return answer with
        {
            Labels = TokenLabels.Of(parts, spans),
            Segments = AnswerSegments.Of(parts, tokenizer, answer.AnswerIds, spans),
            Kind = query.Query.Kind.Name(),
        };
    }

    /// <summary>One query, asked and labelled.</summary>
    public static ShiftedAnswer Ask(ModelPair pair, NamedQuery query, ShiftOptions? options = null) => Run(pair, [query], options)[0];

    /// <summary>
    /// Whether an answer goes round in circles: a sentence of three or more words comes twice, or a run of six words three times.
    /// </summary>
    /// <param name="answer">The answer.</param>
    /// <param name="queries">Queries, its own among them.</param>
    /// <exception cref="UrialException">Its query is not among them.</exception>
    public static bool Repeats(ShiftedAnswer answer, IReadOnlyList<NamedQuery> queries) =>
        AnswerReader.Read(Asked(answer, queries).Query, answer.Text).Repeats;

    /// <summary>Whether an answer refuses a request for help with harm.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="queries">Queries, its own among them.</param>
    /// <exception cref="UrialException">Its query is not among them.</exception>
    public static bool Refuses(ShiftedAnswer answer, IReadOnlyList<NamedQuery> queries) =>
        Asked(answer, queries).Query is { Kind: QueryKind.Unsafe } query && AnswerReader.Read(query, answer.Text).Refused;

    /// <summary>The share of a label's positions that are in a class, with an interval over the answers that have the label.</summary>
    /// <param name="answers">Labelled answers.</param>
    /// <param name="label">The label, of <see cref="TokenLabels.All"/>.</param>
    /// <param name="shift">The class.</param>
    /// <exception cref="ArgumentException">An answer carries no labels, or none of the tokens has this one.</exception>
    public static Estimate ShareOf(IReadOnlyList<ShiftedAnswer> answers, string label, ShiftClass shift)
    {
        if (answers.FirstOrDefault(a => a.Labels is null) is { } bare)
            throw new ArgumentException($"Answer {bare.Id} carries no labels.", nameof(answers));
        return ShiftGroups.Shares(answers, (answer, i) => answer.Labels![i] == label ? label : null)[0].Shares.Of(shift);
    }

    private static NamedQuery Asked(ShiftedAnswer answer, IReadOnlyList<NamedQuery> queries) =>
        queries.FirstOrDefault(query => query.Id == answer.Id)
        ?? throw new UrialException($"The query of answer {answer.Id} is not among the {queries.Count} given.");
}
