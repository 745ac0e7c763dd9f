namespace Urial;

/// <summary>An answer of the aligned model, with the shift at each of its positions.</summary>
public sealed record ShiftedAnswer
{
    private readonly int[] _answerIds = [];
    private readonly TokenText[] _tokens = [];
    private readonly IReadOnlyList<PositionShift> _positions = [];
    private readonly string[]? _labels;
    private readonly string[]? _segments;
    private readonly bool? _ended;

    /// <summary>The query's id.</summary>
    public required string Id { get; init; }

    /// <summary>The query as the user asked it; empty where only prompts were given.</summary>
    public required string Query { get; init; }

    /// <summary>The text before the answer, as the base model read it.</summary>
    public required string BasePrompt { get; init; }

    /// <summary>The text before the answer, as the aligned model read it.</summary>
    public required string AlignedPrompt { get; init; }

    /// <summary>
    /// The ids of <see cref="BasePrompt"/>, as the base model read them; empty where the answer was not scored by a pair.
    /// </summary>
    public int[] BasePromptIds { get; init; } = [];

    /// <summary>
    /// The ids of <see cref="AlignedPrompt"/>, as the aligned model read them; empty where the answer was not scored by a pair.
    /// </summary>
    public int[] AlignedPromptIds { get; init; } = [];

    /// <summary>
    /// The answer's tokens, end-of-sequence included where the model stopped by itself. Where a stop string of the prompt style ended it,
    /// the tokens before the stop string.
    /// </summary>
    /// <exception cref="ArgumentException">The answer is empty.</exception>
    public required int[] AnswerIds
    {
        get => _answerIds;
        init => _answerIds = value.Length > 0
            ? SameLength(value, value.Length, "token ids")
            : throw new ArgumentException("An answer needs at least one token.", nameof(value));
    }

    /// <summary>The answer's tokens as text, one for each id.</summary>
    /// <exception cref="ArgumentException">There are more or fewer than <see cref="AnswerIds"/>.</exception>
    public required TokenText[] Tokens
    {
        get => _tokens;
        init => _tokens = SameLength(value, value.Length, "tokens");
    }

    /// <summary>The shift at each position of the answer.</summary>
    /// <exception cref="ArgumentException">There are more or fewer than <see cref="AnswerIds"/>.</exception>
    public required IReadOnlyList<PositionShift> Positions
    {
        get => _positions;
        init => _positions = SameLength(value, value.Count, "positions");
    }

    /// <summary>The answer's text, special tokens left out.</summary>
    public required string Text { get; init; }

    /// <summary>What is known of each token by construction (name, fact, glue, style); null where nothing is.</summary>
    /// <exception cref="ArgumentException">There are more or fewer than <see cref="AnswerIds"/>.</exception>
    public string[]? Labels
    {
        get => _labels;
        init => _labels = value is null ? null : SameLength(value, value.Length, "labels");
    }

    /// <summary>
    /// Which part of the answer each token stands in (opener, body, closer, end of turn), where it is known; null where it is not.
    /// </summary>
    /// <exception cref="ArgumentException">There are more or fewer than <see cref="AnswerIds"/>.</exception>
    public string[]? Segments
    {
        get => _segments;
        init => _segments = value is null ? null : SameLength(value, value.Length, "segments");
    }

    /// <summary>
    /// Whether the answer ended: by its last token, an end of sequence, or as whoever made it says, since an answer can also end on a stop
    /// string that is no part of it. Where it did not, the limit of tokens cut it, in a small model mostly in the middle of a loop; such
    /// answers are counted apart (<see cref="Endings"/>).
    /// </summary>
    public bool Ended
    {
        get => _ended ?? (_positions.Count > 0 && _positions[^1].IsEos);
        init => _ended = value;
    }

    /// <summary>
    /// The token that ended the answer and that the base model does not know (<see cref="SharedVocabulary"/>), such as an end of turn that
    /// alignment added. It is no position: the base has no rank for it. Null where there is none.
    /// </summary>
    public int? UnsharedEnd { get; init; }

    /// <summary>What kind of question it answers, where that is known.</summary>
    public string? Kind { get; init; }

    /// <summary>
    /// The answer with some of its tokens only: those of one label, say. Each keeps its <see cref="PositionShift.Position"/> in the
    /// whole answer; everything that runs beside the tokens is cut with them, the text is not; <see cref="Ended"/> stays.
    /// </summary>
    /// <param name="keep">Whether a token (answer, 0-based index) stays.</param>
    /// <returns>Null where none stays.</returns>
    public ShiftedAnswer? Only(Func<ShiftedAnswer, int, bool> keep)
    {
        int[] kept = [.. Enumerable.Range(0, _answerIds.Length).Where(i => keep(this, i))];
        return kept.Length == 0 ? null : new ShiftedAnswer
        {
            Id = Id,
            Query = Query,
            BasePrompt = BasePrompt,
            AlignedPrompt = AlignedPrompt,
            BasePromptIds = BasePromptIds,
            AlignedPromptIds = AlignedPromptIds,
            Text = Text,
            Kind = Kind,
            Ended = Ended,
            UnsharedEnd = UnsharedEnd,
            AnswerIds = [.. kept.Select(i => _answerIds[i])],
            Tokens = [.. kept.Select(i => _tokens[i])],
            Positions = [.. kept.Select(i => _positions[i])],
            Labels = _labels is null ? null : [.. kept.Select(i => _labels[i])],
            Segments = _segments is null ? null : [.. kept.Select(i => _segments[i])],
        };
    }

    // Initialisers run in the order in which the caller writes them, so either side may come first.
    private T SameLength<T>(T value, int count, string what)
    {
        var expected = _tokens.Length > 0 ? _tokens.Length : _answerIds.Length > 0 ? _answerIds.Length : _positions.Count;
        if (expected > 0 && count != expected)
            throw new ArgumentException($"An answer of {expected} tokens cannot have {count} {what}.");
        return value;
    }
}
