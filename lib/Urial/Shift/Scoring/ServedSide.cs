namespace Urial;

/// <summary>What one side of a pair says at one position: a model in this process, or one behind a server.</summary>
internal sealed class ServedSide
{
    // How far the sum of probabilities may be from exact: a server's are of single precision, and written with few digits.
    private const double Rounding = 4e-6;

    private readonly float[]? _row;
    private readonly ServedDistribution? _served;
    private readonly string _name;

    private ServedSide(string name, float[]? row, ServedDistribution? served) => (_name, _row, _served) = (name, row, served);

    /// <summary>A model in this process.</summary>
    /// <param name="logits">Its logits at the position, finite. // [vocabulary]</param>
    public static ServedSide Of(float[] logits) => new("the model", logits, null);

    /// <summary>A model behind a server.</summary>
    /// <param name="served">What it tells of the position.</param>
    /// <param name="name">What it is called in messages.</param>
    public static ServedSide Of(ServedDistribution served, string name) => new(name, null, served);

    /// <summary>How many tokens it knows; of a server that tells a part, what its tokenizer's folder says.</summary>
    public int Vocabulary => _row?.Length ?? _served!.VocabularySize;

    /// <summary>Whether it tells every token's probability.</summary>
    public bool IsWhole => _row is not null || _served!.IsWhole;

    /// <summary>A token's rank, or the least that it can be.</summary>
    /// <param name="tokenId">The answer's token.</param>
    public (int Rank, bool IsCensored) Rank(int tokenId) => _row is not null ? (LogitRow.Rank(_row, tokenId), false)
        : _served!.Rank is { } rank ? (rank, false) : (_served.RankAbove + 1, true);

    /// <summary>The probability of the answer's token.</summary>
    public double Probability(int tokenId) =>
        _row is not null ? Math.Exp(_row[tokenId] - LogSum(_row)) : Math.Exp(_served!.LogProbability);

    /// <summary>The most probable token; −1 where the server's spelling of it names no single token.</summary>
    public int ArgmaxId => _row is not null ? LogitRow.Top(_row, 1)[0] : _served!.ArgmaxId;

    /// <summary>The most probable tokens, best first.</summary>
    /// <param name="count">How many at most.</param>
    public TopToken[] Top(int count)
    {
        if (_row is null)
            return [.. _served!.Top.Take(count).Select(token => new TopToken(token.Id, Math.Exp(token.LogProbability)))];
        var sum = LogSum(_row);
        return [.. LogitRow.Top(_row, count).Select(id => new TopToken(id, Math.Exp(_row[id] - sum)))];
    }

    /// <summary>What is known of its distribution.</summary>
    /// <param name="vocabulary">How many tokens both sides are compared over.</param>
    /// <exception cref="UrialException">What the server tells is no distribution's.</exception>
    public KnownDistribution Known(int vocabulary)
    {
        if (_row is not null)
            return KnownDistribution.Whole(_row.Length == vocabulary ? _row : _row[..vocabulary]);
        var known = _served!.Top.Select(token => (token.Id, token.LogProbability)).ToList();
        if (_served.Top.All(token => token.Id != _served.TokenId))
            known.Add((_served.TokenId, _served.LogProbability));
        if (_served.IsWhole && vocabulary < _served.VocabularySize)
            return KnownDistribution.Complete(known.Where(token => token.Id < vocabulary), vocabulary, _name);
        return _served.IsWhole ? KnownDistribution.Complete(known, vocabulary, _name)
            : KnownDistribution.Partial(known, _served.LargestOther, vocabulary, Rounding, _name);
    }

    private static double LogSum(float[] row)
    {
        double largest = LogitRow.Largest(row);
        var sum = 0.0;
        foreach (var logit in row)
            sum += Math.Exp(logit - largest);
        return largest + Math.Log(sum);
    }
}
