namespace Urial;

/// <summary>
/// A pair that is asked one question at a time and answers as it is watched: two models in this process, or a pair of which a server has
/// one or both. It computes one thing at a time; its caller sees to that.
/// </summary>
public sealed class LivePair : IDisposable
{
    private readonly ModelPair? _pair;
    private readonly ServedEngine? _served;
    private readonly PromptedPair _prompted;
    private readonly LivePrefixes _prefixes = new();

    private LivePair(ModelPair? pair, ServedEngine? served)
    {
        (_pair, _served) = (pair, served);
        _prompted = served?.Pair ?? PromptedPair.Of(pair!);
    }

    /// <summary>The base model.</summary>
    public IPromptedModel Base => _prompted.Base;

    /// <summary>The aligned model.</summary>
    public IPromptedModel Aligned => _prompted.Aligned;

    /// <summary>The tokenizer that both share.</summary>
    public HfTokenizer Tokenizer => _prompted.Tokenizer;

    /// <summary>The ids that both share.</summary>
    public SharedVocabulary Vocabulary => _prompted.Vocabulary;

    /// <summary>
    /// Whether tokens are told as they are chosen, and models can be blended: both need every probability at every step, which only models
    /// in this process give.
    /// </summary>
    public bool IsLocal => _pair is not null;

    /// <summary>What must be known of the models.</summary>
    public IReadOnlyList<string> Notes =>
        _served?.Notes ?? [.. _pair!.Base.Notes.Concat(_pair.Aligned.Notes).Distinct()];

    /// <summary>Loads models, or connects to their servers.</summary>
    /// <param name="settings">Where they are.</param>
    /// <param name="say">Told what is waited for.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UrialException">
    /// A model cannot be loaded, a server cannot be reached or cannot do what is asked, or the two are no pair.
    /// </exception>
    public static LivePair Open(LivePairSettings settings, Action<string>? say = null, CancellationToken cancellation = default) =>
        settings.IsServed ? new(null, ServedEngine.Connect(settings.Run("", ""), say, cancellation, baseAnswers: true))
            : Of(ModelPair.Load(settings.BaseDirectory, settings.AlignedDirectory, settings.Precision, settings.AdapterBase));

    /// <summary>Two models of this process, of which it then disposes.</summary>
    /// <param name="pair">The models.</param>
    public static LivePair Of(ModelPair pair) => new(pair, null);

    /// <summary>What was read lately.</summary>
    internal LivePrefixes Prefixes => _prefixes;

    /// <summary>What the base model reads, special tokens spelt out, and how many tokens that is.</summary>
    /// <param name="question">What is asked.</param>
    /// <exception cref="UrialException">No prompt can be made, or it does not fit.</exception>
    public (string Text, int Tokens) BasePrompt(LiveQuestion question)
    {
        var side = PreparedQuery.Of(_prompted, question.Query(withAnswer: false), question.Options).Base;
        return (side.Text, side.Tokens.Ids.Length);
    }

    /// <summary>Lets the pair answer, or go on with an answer, and scores the whole.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="told">
    /// Called with each position as its token is chosen, from the last token that was given on. Not called where a server answers.
    /// </param>
    /// <param name="cancellation">Ends it at the next token.</param>
    /// <exception cref="UrialException">
    /// A prompt cannot be made or does not fit, logits are not finite, a server fails, or models behind servers are to be blended.
    /// </exception>
    public ShiftedAnswer Ask(LiveQuestion question, Action<PositionShift>? told = null, CancellationToken cancellation = default)
    {
        if (question.AnswerIds.Count > 0)
            Prepared(question, withAnswer: true); // what it begins with has to be one that can be read
        var prompts = Prepared(question, withAnswer: false);
        AnswerWriter.Written written;
        if (_pair is not null)
        {
            var limit = Math.Min(question.MaxNewTokens, prompts.Room);
            var prefix = _prefixes.Of(_pair, prompts, cancellation);
            // One that the context cuts did not end, and is shown.
            written = AnswerWriter.Of(new LiveDecoding(_pair, prompts, question, prefix, cancellation).Run(told), limit,
                question.Options with { MaxNewTokens = limit }, Tokenizer);
        }
        else if (question.Blend is 0 or 1)
            written = _served!.SpeakAsync(prompts, question, cancellation).GetAwaiter().GetResult();
        else
            throw new UrialException("Models behind a server cannot be blended: that takes every token's probability from both, at every "
                + "step. Load both here (--base DIR --aligned DIR).");
        return Scored(prompts, written, question, cancellation);
    }

    /// <summary>Scores an answer that is there: the numbers of <c>urial shift</c>.</summary>
    /// <param name="question">The question, with the answer's ids.</param>
    /// <param name="cancellation">Ends a wait for a server.</param>
    /// <exception cref="UrialException">
    /// A prompt cannot be made, it or the answer does not fit, logits are not finite, or a server fails.
    /// </exception>
    public ShiftedAnswer Score(LiveQuestion question, CancellationToken cancellation = default)
    {
        var prompts = Prepared(question, withAnswer: true);
        return Scored(prompts, new AnswerWriter.Written([.. question.AnswerIds], AtStop: question.EndedAtStop), question, cancellation);
    }

    /// <summary>Frees the models, as far as nobody else uses them.</summary>
    public void Dispose()
    {
        _prefixes.Dispose();
        _pair?.Dispose();
        _served?.Dispose();
    }

    private PreparedQuery Prepared(LiveQuestion question, bool withAnswer)
    {
        question.Options.Check();
        return PreparedQuery.Of(_prompted, question.Query(withAnswer), question.Options);
    }

    private ShiftedAnswer Scored(
        PreparedQuery prompts, AnswerWriter.Written written, LiveQuestion question, CancellationToken cancellation)
    {
        if (question.Control)
            return Controlled(prompts, written, question.Top, cancellation);
        return _served is not null ? Scored(_served, prompts, written, question.Top, cancellation)
            : Scored(_pair!, prompts, written, question.Top, cancellation);
    }

    // The aligned model knows every token of its own; those that it does not share with the base are no positions here either.
    private ShiftedAnswer Controlled(PreparedQuery prompts, AnswerWriter.Written written, int top, CancellationToken cancellation)
    {
        var (ids, end) = SharedAnswer.Of(_prompted, written.IdsOrThrow());
        var shared = written with { Ids = ids };
        var control = _served is not null ? Scored(_served.AlignedTwice(), prompts, shared, top, cancellation)
            : Scored(_pair!.AlignedTwice(), prompts, shared, top, cancellation);
        return end is null ? control
            : control with { UnsharedEnd = end, Ended = AnswerScorer.EosIds(Aligned, prompts.EndId).Contains(end.Value) };
    }

    private static ShiftedAnswer Scored(
        ServedEngine engine, PreparedQuery prompts, AnswerWriter.Written written, int top, CancellationToken cancellation) =>
        engine.ScoreAsync(prompts, written, top, new NoStore(), cancellation).GetAwaiter().GetResult();

    private ShiftedAnswer Scored(
        ModelPair pair, PreparedQuery prompts, AnswerWriter.Written written, int top, CancellationToken cancellation)
    {
        var prefix = _prefixes.Of(pair, prompts, cancellation);
        return ScoredAnswer.Of(PromptedPair.Of(pair), prompts, written, new NoStore(), ids => AnswerScorer.Score(
            pair, prompts.Base.Tokens.Ids, prompts.Aligned.Tokens.Ids, ids, top, prefix, prompts.EndId));
    }
}
