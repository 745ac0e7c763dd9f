namespace Urial;

/// <summary>What a server tells of a model's next token at one position of a text that it read.</summary>
public sealed record ServedDistribution
{
    private const double SmallestLog = -9998; // vLLM writes −9999 for −∞, which JSON does not have
    private const double Rounding = 1e-4;     // how far above 0 single precision may carry a log-probability

    /// <summary>The token that stands in the text.</summary>
    public required int TokenId { get; init; }

    /// <summary>Its log-probability.</summary>
    public required double LogProbability { get; init; }

    /// <summary>
    /// 1 + the number of tokens that the model ranks above it, over the whole vocabulary; ties are broken by id as far as the server tells
    /// the tied tokens, and are otherwise ranked as the server does. Null where the server tells no rank and the token is none of the most
    /// probable.
    /// </summary>
    public required int? Rank { get; init; }

    /// <summary>How many tokens are known to be more probable where <see cref="Rank"/> is null.</summary>
    public required int RankAbove { get; init; }

    /// <summary>The most probable tokens, best first, as far as they have names; of equal ones the smaller id first.</summary>
    public required IReadOnlyList<ServedToken> Top { get; init; }

    /// <summary>The most probable token; −1 where the server's spelling of it names no single token.</summary>
    public required int ArgmaxId { get; init; }

    /// <summary>
    /// The most that the log-probability of a token can be which is neither in <see cref="Top"/> nor <see cref="TokenId"/>.
    /// </summary>
    public required double LargestOther { get; init; }

    /// <summary>Whether <see cref="Top"/> is the whole vocabulary.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>How many tokens the vocabulary has.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Puts together what a server told of a position.</summary>
    /// <param name="token">The token of the text.</param>
    /// <param name="rank">Its rank, where the server tells it.</param>
    /// <param name="isNamed">Whether the list has it, as it does where the list has room.</param>
    /// <param name="others">The other tokens of the list.</param>
    /// <param name="unnamed">The log-probabilities of listed tokens whose spelling names no single token.</param>
    /// <param name="asked">How many of the most probable tokens were asked for; −1: all.</param>
    /// <param name="bySpelling">Whether the list is by spelling, so that of tokens that are spelt alike only one is in it.</param>
    /// <param name="vocabulary">How many tokens the vocabulary has.</param>
    /// <param name="errors">Words errors.</param>
    /// <exception cref="UrialException">A number is none that a model gives.</exception>
    internal static ServedDistribution Of(ServedToken token, int? rank, bool isNamed, List<ServedToken> others, List<double> unnamed,
        int asked, bool bySpelling, int vocabulary, ServedErrors errors)
    {
        var own = Checked(token.LogProbability, token.Id, vocabulary, errors);
        for (var i = 0; i < others.Count; i++)
            others[i] = others[i] with { LogProbability = Checked(others[i].LogProbability, others[i].Id, vocabulary, errors) };
        for (var i = 0; i < unnamed.Count; i++)
            unnamed[i] = Checked(unnamed[i], null, vocabulary, errors);

        var count = others.Count + unnamed.Count; // beside the token itself
        var least = others.Select(other => other.LogProbability).Concat(unnamed).DefaultIfEmpty(double.PositiveInfinity).Min();
        var above = others.Count(other => other.LogProbability > own) + unnamed.Count(other => other > own);
        var before = above + others.Count(other => other.LogProbability == own && other.Id < token.Id);
        // A list by spelling that is shorter than asked for may hide tokens behind a spelling that it has once.
        var room = asked == -1 ? vocabulary : Math.Min(asked, vocabulary);
        var hides = bySpelling && count < (own >= least ? room - 1 : Math.Min(room, vocabulary - 1));
        var isWhole = !hides && unnamed.Count == 0 && count == vocabulary - 1;
        // Where all listed ones are more probable, the token is beside the list, unless the list just has room for it.
        var isListed = isWhole || count > 0 && own >= least
            || (rank is { } told ? told <= count + 1 : isNamed && !bySpelling && count < room);
        if (rank is { } given && (given <= above || given > vocabulary))
            throw errors.Wrong($"ranks token {token.Id} as number {given} of {vocabulary}, and lists {above} that are more probable. "
                + "Its log-probabilities cannot be used.");
        var top = new List<ServedToken>(others);
        if (isListed)
            top.Add(token with { LogProbability = own });
        top.Sort((a, b) => a.LogProbability != b.LogProbability ? b.LogProbability.CompareTo(a.LogProbability) : a.Id.CompareTo(b.Id));
        var isCounted = isWhole || isListed && !hides && (own > least || rank is null); // all that are ahead are listed
        var named = top.Count > 0 ? top[0].LogProbability : double.NegativeInfinity;
        return new ServedDistribution
        {
            TokenId = token.Id,
            LogProbability = own,
            Rank = isCounted ? before + 1 : rank,
            RankAbove = isCounted ? before : rank - 1 ?? above,
            Top = top,
            ArgmaxId = top.Count > 0 && unnamed.All(other => other < named) && !(hides && Math.Exp(named) < 0.5) ? top[0].Id : -1,
            LargestOther = isWhole ? double.NegativeInfinity : hides || count == 0 && !isListed ? 0
                : Math.Max(isListed ? Math.Min(least, own) : least, unnamed.DefaultIfEmpty(double.NegativeInfinity).Max()),
            IsWhole = isWhole,
            VocabularySize = vocabulary,
        };
    }

    private static double Checked(double log, int? id, int vocabulary, ServedErrors errors)
    {
        if (id is { } known && (known < 0 || known >= vocabulary))
            throw errors.Wrong($"names token {known}, and the vocabulary has 0 to {vocabulary - 1}: it serves another model than the "
                + "tokenizer belongs to, or the tokenizer's folder lacks the model's config.json.");
        if (double.IsNaN(log) || log > Rounding)
            throw errors.Wrong(FormattableString.Invariant($"gives the log-probability {log} to ")
                + (id is null ? "a token" : $"token {id}") + ": no probability has it. Its numbers cannot be used (are they logits? "
                + "vLLM: --logprobs-mode raw_logprobs).");
        return log <= SmallestLog ? double.NegativeInfinity : Math.Min(log, 0);
    }
}
