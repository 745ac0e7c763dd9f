namespace Urial;

/// <summary>One answer of a batch while it is decoded.</summary>
/// <param name="prompt">The prompt's ids.</param>
/// <param name="stream">The stream its draws come from.</param>
/// <param name="scope">What the repetition penalty counts as seen at first.</param>
/// <param name="end">Why the answer ends with the ids it has, or null where it goes on.</param>
internal sealed class DecodedAnswer(int[] prompt, ulong stream, PenaltyScope scope, Func<IReadOnlyList<int>, StopReason?> end)
{
    /// <summary>
    /// A lead of the most likely token over the next, in logits, that rounding could have made: batches and caches change an f32 logit by
    /// about 10⁻⁵ on the embedded models, and packed weights by up to 1.7·10⁻⁴ on a real one (Gemma 3 270M, 1,500 tokens), two logits
    /// perhaps in opposite directions. None of 1,567 greedy tokens of the embedded base model had such a lead.
    /// </summary>
    public const float NearTie = 1e-3f;

    private readonly HashSet<int> _seen = scope == PenaltyScope.PromptAndAnswer ? [.. prompt] : [];
    private readonly List<int> _answer = [];

    public int[] Prompt => prompt;

    public IReadOnlyList<int> Answer => _answer;

    /// <summary>Why the answer ended; null while it goes on.</summary>
    public StopReason? StopReason { get; private set; }

    /// <summary>Begins with tokens that somebody else chose.</summary>
    /// <param name="ids">The tokens, at least one.</param>
    /// <param name="most">The most tokens of the whole answer.</param>
    public void Begin(IReadOnlyList<int> ids, int most)
    {
        _answer.AddRange(ids);
        _seen.UnionWith(ids);
        StopReason = end(_answer) ?? (_answer.Count >= most ? Urial.StopReason.Limit : null);
    }

    /// <summary>Adds the token that follows.</summary>
    /// <param name="logits">Next-token logits, changed in place. // [vocabulary]</param>
    /// <param name="options">How to decode.</param>
    /// <param name="alone">The same logits from one pass over this row alone, which decide a near-tie; null where nothing needs to.</param>
    /// <exception cref="UrialException">A logit is NaN or +∞.</exception>
    public void Extend(Span<float> logits, GenerationOptions options, Func<DecodedAnswer, float[]>? alone = null)
    {
        Sampling.Penalise(logits, _seen, options.RepetitionPenalty);
        if (alone is not null && Sampling.Lead(logits) < NearTie)
        {
            logits = alone(this);
            Sampling.Penalise(logits, _seen, options.RepetitionPenalty);
        }
        var id = Sampling.Choose(logits, options, stream, _answer.Count);
        _answer.Add(id);
        _seen.Add(id);
        StopReason = end(_answer) ?? (_answer.Count == options.MaxNewTokens ? Urial.StopReason.Limit : null);
    }
}
