namespace Urial.MicroWorld;

/// <summary>Lets a model answer queries of the world and judges every answer by the world's ground truth.</summary>
public static class MicroAnswers
{
    /// <summary>The most tokens of an answer, where nothing else is said.</summary>
    public const int MaxNewTokens = 160;

    private const int Batch = 32; // more are no faster, and take more memory

    /// <summary>The answers that chapters 8 to 13 read and would wait for otherwise: <c>data/runs/micro-answers.jsonl</c>.</summary>
    /// <exception cref="UrialException">The file has a line that is no kept answer.</exception>
    public static AnswerCache Kept() => AnswerCache.Open(Repository.Path("data", "runs", "micro-answers.jsonl"));

    /// <summary>
    /// The answers of the model after SFT and DPO to the held-out queries, as token ids, so that chapters which read them need not wait:
    /// <c>data/runs/micro-heldout/dpo.jsonl</c>.
    /// </summary>
    public static string DpoFile => Repository.Path("data", "runs", "micro-heldout", "dpo.jsonl");

    /// <summary>Reads answers that are stored as token ids: JSON lines with <c>id</c> and <c>answer_ids</c>.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Each answer's ids by its query's id.</returns>
    /// <exception cref="UrialException">
    /// The file is missing, a line has another form, or an id comes twice; the message names file and line.
    /// </exception>
    public static IReadOnlyDictionary<string, int[]> ReadIds(string file) => JsonLines
        .ReadAll(file, "stored answers", "\"id\" and \"answer_ids\"", line => (Id: line.Id!, Ids: line.NeedTokenIds("answer_ids")))
        .ToDictionary(answer => answer.Id, answer => answer.Ids);

    /// <summary>How many answers are, token for token, those of a file.</summary>
    /// <param name="file">The stored answers.</param>
    /// <param name="answers">Answers to compare with them, by query id.</param>
    /// <exception cref="UrialException">The file cannot be read.</exception>
    public static int CountSame(string file, IReadOnlyList<ShiftedAnswer> answers)
    {
        var stored = ReadIds(file);
        return answers.Count(answer => stored.TryGetValue(answer.Id, out var ids) && answer.AnswerIds.AsSpan().SequenceEqual(ids));
    }

    /// <summary>Answers greedily under a prompt style.</summary>
    /// <param name="model">A model of the micro-world.</param>
    /// <param name="queries">Queries with their ground truth.</param>
    /// <param name="style">How a query becomes a prompt.</param>
    /// <param name="maxNewTokens">The most tokens of an answer.</param>
    /// <param name="stop">
    /// Whether the style's stop strings and closing fence end an answer; otherwise only the end of sequence and the limit do.
    /// </param>
    /// <param name="kept">Answers that were given before; null: all are generated.</param>
    /// <returns>The answers in the order of the queries.</returns>
    /// <exception cref="UrialException">A prompt with its answer does not fit into the context.</exception>
    public static IReadOnlyList<MicroAnswer> Run(
        LanguageModel model, IReadOnlyList<NamedQuery> queries, IPromptStyle style, int maxNewTokens = MaxNewTokens, bool stop = true,
        AnswerCache? kept = null) =>
        Run(model, [.. queries.Select(query => (query, style.Prompt(query.Query.Text)))], maxNewTokens, stop, kept);

    /// <summary>Answers greedily to prompts that are there already: those of a conversation, say.</summary>
    /// <param name="model">A model of the micro-world.</param>
    /// <param name="prompts">The query that each prompt ends with, with its ground truth, and the prompt.</param>
    /// <param name="maxNewTokens">The most tokens of an answer.</param>
    /// <param name="stop">Whether the prompts' stop strings and closing fences end an answer.</param>
    /// <param name="kept">Answers that were given before; null: all are generated.</param>
    /// <returns>The answers in the order of the prompts.</returns>
    /// <exception cref="UrialException">A prompt with its answer does not fit into the context.</exception>
    public static IReadOnlyList<MicroAnswer> Run(
        LanguageModel model, IReadOnlyList<(NamedQuery Query, PromptText Prompt)> prompts, int maxNewTokens = MaxNewTokens,
        bool stop = true, AnswerCache? kept = null)
    {
        var options = new GenerationOptions { MaxNewTokens = maxNewTokens, BatchSize = Batch };
        (string Id, PromptTokens Prompt)[] tokens = [.. prompts.Select(prompt => (prompt.Query.Id, Tokens(prompt.Prompt)))];
        var answers = kept?.Answer(model, tokens, options)
            ?? model.GenerateBatch([.. tokens.Select(prompt => prompt.Prompt)], options, prefix: null);
        var judge = new MicroWorldJudge();
        return [.. prompts.Zip(answers,
            (prompt, answer) => new MicroAnswer(prompt.Query, answer, judge.Judge(prompt.Query.Query, answer.Text)))];

        PromptTokens Tokens(PromptText prompt) => stop ? prompt.Tokens(model.Tokenizer) : new(prompt.Encode(model.Tokenizer)) { Stop = [] };
    }

    /// <summary>Answers that a model gave before, read from a file such as <see cref="DpoFile"/>, judged like fresh ones.</summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="queries">Queries with their ground truth.</param>
    /// <param name="file">The stored answers. One without an end-of-sequence token as its last did not end.</param>
    /// <returns>The answers in the order of the queries; their prompts are not stored.</returns>
    /// <exception cref="UrialException">The file cannot be read, or has no answer to a query.</exception>
    public static IReadOnlyList<MicroAnswer> Stored(HfTokenizer tokenizer, IReadOnlyList<NamedQuery> queries, string file)
    {
        var (stored, judge) = (ReadIds(file), new MicroWorldJudge());
        return [.. queries.Select(Of)];

        MicroAnswer Of(NamedQuery query)
        {
            if (!stored.TryGetValue(query.Id, out var ids))
                throw new UrialException(
                    $"{file} has no answer to query {query.Id}. It belongs to other queries; generate the answers anew.");
            var text = tokenizer.Decode(ids, skipSpecialTokens: true);
            var reason = ids.Length > 0 && ids[^1] == tokenizer.EosId ? StopReason.EndOfSequence : StopReason.Limit;
            return new MicroAnswer(query, new Generation([], ids, reason, text), judge.Judge(query.Query, text));
        }
    }

    /// <summary>
    /// The share of answers that are the same, token for token: of those given anew among those kept. Another processor rounds
    /// differently, so that now and then a near-tie falls to the other side and the answer goes on differently.
    /// </summary>
    /// <param name="kept">Answers, among them one to each query of the others.</param>
    /// <param name="anew">Answers given again.</param>
    /// <exception cref="ArgumentException">There are none, or a query was not asked before.</exception>
    public static double Same(IEnumerable<MicroAnswer> kept, IReadOnlyCollection<MicroAnswer> anew)
    {
        var before = kept.ToDictionary(answer => answer.Asked.Id, answer => answer.Generation.AnswerIds);
        if (anew.Count == 0 || anew.FirstOrDefault(answer => !before.ContainsKey(answer.Asked.Id)) is not null)
            throw new ArgumentException("There is nothing to compare: every answer given anew needs one to the same query among the kept.",
                nameof(anew));
        return anew.Average(answer => answer.Generation.AnswerIds.AsSpan().SequenceEqual(before[answer.Asked.Id]) ? 1.0 : 0);
    }

    /// <summary>Every n-th query: fewer of them, and still of all kinds.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="step">n, 1 or more.</param>
    public static IReadOnlyList<NamedQuery> Every(IReadOnlyList<NamedQuery> queries, int step) =>
        [.. queries.Where((_, place) => place % step == 0)];

    /// <summary>How many of the answers did not end: the limit of tokens cut them.</summary>
    public static int NotEnded(this IEnumerable<MicroAnswer> answers) => answers.Count(answer => !answer.Ended);

    /// <summary>The answers to some kinds of query.</summary>
    public static IReadOnlyList<MicroAnswer> Of(this IEnumerable<MicroAnswer> answers, params QueryKind[] kinds) =>
        [.. answers.Where(answer => kinds.Contains(answer.Kind))];

    /// <summary>
    /// The difference of the shares that something holds of, first less second, query by query; and without the queries where either answer
    /// did not end.
    /// </summary>
    /// <param name="first">One way's answers.</param>
    /// <param name="second">Another's to the same queries, in the same order.</param>
    /// <param name="holds">What may hold of an answer.</param>
    /// <exception cref="ArgumentException">The answers are not to the same queries, or there are none.</exception>
    public static BothWays Difference(IEnumerable<MicroAnswer> first, IEnumerable<MicroAnswer> second, Func<MicroAnswer, bool> holds)
    {
        MicroAnswer[] one = [.. first], other = [.. second];
        if (!one.Select(answer => answer.Asked.Id).SequenceEqual(other.Select(answer => answer.Asked.Id)))
            throw new ArgumentException("The answers are not to the same queries in the same order: they cannot be paired.",
                nameof(second));
        (MicroAnswer First, MicroAnswer Second)[] pairs = [.. one.Zip(other)],
            ended = [.. pairs.Where(pair => pair.First.Ended && pair.Second.Ended)];
        return new BothWays(Of(pairs), ended.Length > 0 && ended.Length < pairs.Length ? Of(ended) : null, pairs.Length - ended.Length);

        Estimate Of((MicroAnswer First, MicroAnswer Second)[] some) =>
            Estimate.Difference(some.Select(pair => pair.First), some.Select(pair => pair.Second), answer => holds(answer) ? 1 : 0);
    }
}
