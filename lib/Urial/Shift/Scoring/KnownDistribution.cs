namespace Urial;

/// <summary>
/// What is known of a distribution of the next token: all of it, or the probabilities of some tokens, and of the others what they have
/// together and the most that each can have.
/// </summary>
internal sealed class KnownDistribution
{
    // Log probabilities of f32 over 260,000 tokens sum to 1 within 1e-5; a list that does not is no distribution's.
    private const double SumTolerance = 1e-3;

    // What a sum of doubles may be off; a last token's share that is not large beside it is not known exactly.
    private const double DoubleRounding = 1e-13, KnownRest = 1e-5;

    private readonly double[]? _all;
    private readonly Dictionary<int, double>? _some;

    private KnownDistribution(double[]? all, Dictionary<int, double>? some, int vocabulary)
    {
        (_all, _some, Vocabulary) = (all, some, vocabulary);
        Others = vocabulary - (all?.Length ?? some!.Count);
    }

    /// <summary>How many tokens the vocabulary has.</summary>
    public int Vocabulary { get; }

    /// <summary>Whether every token's probability is known.</summary>
    public bool IsWhole => _all is not null;

    /// <summary>The logits as a model gave them; null where a server told the log probabilities, or not all.</summary>
    public float[]? Row { get; private init; }

    /// <summary>Log probabilities of every token; null where some are not known. // [vocabulary]</summary>
    public double[]? LogProbabilities { get; private init; }

    /// <summary>The least that the other tokens have together.</summary>
    public double LeastTail { get; private init; }

    /// <summary>The most that the other tokens have together: probabilities that a server rounds leave both apart.</summary>
    public double MostTail { get; private init; }

    /// <summary>The most that any of the other tokens has.</summary>
    public double Cap { get; private init; }

    /// <summary>How many other tokens there are.</summary>
    public int Others { get; }

    /// <summary>The ids whose probability is known, with it.</summary>
    public IEnumerable<(int Id, double Probability)> Known =>
        _all is not null ? _all.Select((p, id) => (id, p)) : _some!.Select(pair => (pair.Key, pair.Value));

    /// <summary>A distribution that is known throughout.</summary>
    /// <param name="row">Finite logits. // [vocabulary]</param>
    /// <exception cref="ArgumentException">One is NaN or +∞, or all are −∞.</exception>
    public static KnownDistribution Whole(float[] row)
    {
        var log = Divergence.LogSoftmax(row);
        return new KnownDistribution(Array.ConvertAll(log, Math.Exp), null, row.Length) { Row = row, LogProbabilities = log };
    }

    /// <summary>A distribution of which some tokens' probabilities are known.</summary>
    /// <param name="known">Ids, each once, with natural-log probabilities.</param>
    /// <param name="logCap">The most that any other token's log probability can be.</param>
    /// <param name="vocabulary">How many tokens there are.</param>
    /// <param name="rounding">How far the known probabilities may be from a sum that is exact: 0 where they are exact.</param>
    /// <param name="source">Who tells them, for messages.</param>
    /// <exception cref="UrialException">They are no distribution's.</exception>
    public static KnownDistribution Partial(
        IEnumerable<(int Id, double LogProbability)> known, double logCap, int vocabulary, double rounding, string source)
    {
        var some = new Dictionary<int, double>();
        foreach (var (id, log) in known)
            if (id < 0 || id >= vocabulary)
                throw new UrialException($"{source} lists token {id}, and the vocabulary has 0 to {vocabulary - 1}: it serves another "
                    + "model than the tokenizer belongs to.");
            else if (!some.TryAdd(id, Math.Exp(log)))
                throw new UrialException($"{source} lists token {id} twice at one position: its log-probabilities cannot be used.");
        var sum = some.Values.Sum();
        var (cap, others) = (Math.Exp(logCap), vocabulary - some.Count);
        if (!(sum <= 1 + SumTolerance))
            throw new UrialException(FormattableString.Invariant($"{source} gives probabilities that sum to {sum:0.#####}, more than 1: ")
                + "they are no log-probabilities of one distribution. Are they logits (vLLM: --logprobs-mode raw_logprobs)?");
        if (sum + others * cap < 1 - SumTolerance)
            throw new UrialException(FormattableString.Invariant($"{source} gives probabilities that sum to {sum:0.#####} and are the ")
                + FormattableString.Invariant($"largest of {vocabulary} tokens: the others cannot make up the rest. Does it cut or ")
                + "temper the distribution?");
        if (others == 0 || others == 1 && rounding == 0 && 1 - sum > KnownRest)
            return Completed(some, vocabulary, others == 0 ? 0 : 1 - sum);
        rounding = Math.Max(rounding, DoubleRounding);
        var most = Math.Min(others * cap, Math.Max(0, 1 - sum + rounding));
        return new KnownDistribution(null, some, vocabulary)
        {
            MostTail = most,
            LeastTail = Math.Clamp(1 - sum - rounding, 0, most),
            Cap = Math.Min(cap, most),
        };
    }

    /// <summary>A distribution of which every token's probability is told; over a part of the vocabulary it is made to sum to 1.</summary>
    /// <param name="known">Ids, each once, with natural-log probabilities.</param>
    /// <param name="vocabulary">How many tokens there are.</param>
    /// <param name="source">Who tells them, for messages.</param>
    /// <exception cref="UrialException">A token is missing, or they are no distribution's.</exception>
    public static KnownDistribution Complete(IEnumerable<(int Id, double LogProbability)> known, int vocabulary, string source)
    {
        var log = new double[vocabulary];
        Array.Fill(log, double.NaN);
        foreach (var (id, its) in known)
            log[id] = its;
        var sum = log.Sum(Math.Exp);
        if (!(sum is > 0 and <= 1 + SumTolerance)) // NaN where a token is missing
            throw new UrialException(FormattableString.Invariant($"{source} gives log-probabilities of its whole vocabulary whose ")
                + FormattableString.Invariant($"probabilities sum to {sum:0.#####}: they cannot be used."));
        var whole = Math.Log(sum);
        log = Array.ConvertAll(log, its => its - whole);
        return new KnownDistribution(Array.ConvertAll(log, Math.Exp), null, vocabulary) { LogProbabilities = log };
    }

    // Where one token is left, it has what the others leave.
    private static KnownDistribution Completed(Dictionary<int, double> some, int vocabulary, double last)
    {
        var all = new double[vocabulary];
        Array.Fill(all, last);
        foreach (var (id, probability) in some)
            all[id] = probability;
        var sum = all.Sum();
        all = Array.ConvertAll(all, probability => probability / sum);
        return new KnownDistribution(all, null, vocabulary) { LogProbabilities = Array.ConvertAll(all, Math.Log) };
    }

    /// <summary>A token's probability where it is known.</summary>
    public bool TryGet(int id, out double probability)
    {
        if (_all is null)
            return _some!.TryGetValue(id, out probability);
        probability = id < _all.Length ? _all[id] : 0;
        return id < _all.Length;
    }
}
