namespace Urial;

/// <summary>What a judge says of one answer: scores with reasons, or why there are none.</summary>
public sealed record Judgment
{
    private static readonly IReadOnlyDictionary<Aspect, int?> NoScores = new Dictionary<Aspect, int?>();
    private static readonly IReadOnlyDictionary<Aspect, string> NoReasons = new Dictionary<Aspect, string>();

    private Judgment(string id, string judge, string promptSha256)
    {
        if (string.IsNullOrEmpty(id))
            throw new ArgumentException("A judgment needs the id of the answer that it judges.", nameof(id));
        (Id, Judge, PromptSha256) = (id, judge, promptSha256);
    }

    /// <summary>The answer's id.</summary>
    public string Id { get; }

    /// <summary>Scored or failed.</summary>
    public JudgmentStatus Status { get; private init; }

    /// <summary>1 to 5 for each aspect that was judged; null where the judge said "N/A". Empty where judging failed.</summary>
    public IReadOnlyDictionary<Aspect, int?> Scores { get; private init; } = NoScores;

    /// <summary>The reasons, for those aspects that have one.</summary>
    public IReadOnlyDictionary<Aspect, string> Reasons { get; private init; } = NoReasons;

    /// <summary>Why judging failed; null where it did not.</summary>
    public string? Error { get; private init; }

    /// <summary>Who judged: a model's name, or <c>micro-world</c>.</summary>
    public string Judge { get; }

    /// <summary>SHA-256 of the prompt that was sent, answer included; where no model is asked, of what was judged.</summary>
    public string PromptSha256 { get; }

    /// <summary>What it cost.</summary>
    public JudgeUsage Usage { get; init; } = JudgeUsage.None;

    /// <summary>Whether a language model judged at its server's temperature and not at 0: it takes no other, or none was sent.</summary>
    public bool AtServerTemperature { get; init; }

    /// <summary>A judgment with scores.</summary>
    /// <exception cref="ArgumentException">There are no scores, or one is not between 1 and 5.</exception>
    public static Judgment Scored(
        string id, string judge, string promptSha256, IReadOnlyDictionary<Aspect, int?> scores,
        IReadOnlyDictionary<Aspect, string>? reasons = null)
    {
        if (scores.Count == 0)
            throw new ArgumentException($"The judgment of {id} has no scores.");
        foreach (var (aspect, score) in scores)
            if (score is < 1 or > 5)
                throw new ArgumentException(
                    FormattableString.Invariant($"The judgment of {id} has {score} for {aspect.Name()}: scores go from 1 to 5."));
        return new Judgment(id, judge, promptSha256) { Status = JudgmentStatus.Scored, Scores = scores, Reasons = reasons ?? NoReasons };
    }

    /// <summary>A judgment that failed.</summary>
    /// <exception cref="ArgumentException">The error is empty.</exception>
    public static Judgment Failed(string id, string judge, string promptSha256, string error) => string.IsNullOrWhiteSpace(error)
        ? throw new ArgumentException($"The failed judgment of {id} needs an error.")
        : new Judgment(id, judge, promptSha256) { Status = JudgmentStatus.Failed, Error = error };
}
