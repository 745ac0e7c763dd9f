namespace Urial;

/// <summary>What became of one query of a run: an answer with its shift, or the reason why there is none.</summary>
public sealed record ShiftOutcome
{
    private ShiftOutcome(ShiftQuery query, ShiftedAnswer? answer, string? error) =>
        (Query, Answer, Error) = (query, answer, error);

    /// <summary>The query.</summary>
    public ShiftQuery Query { get; }

    /// <summary>The answer; null where the query failed.</summary>
    public ShiftedAnswer? Answer { get; }

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Error { get; }

    /// <summary>A query that was answered and scored.</summary>
    public static ShiftOutcome Of(ShiftQuery query, ShiftedAnswer answer) => new(query, answer, null);

    /// <summary>A query that could not be.</summary>
    public static ShiftOutcome Failed(ShiftQuery query, string error) => new(query, null, error);
}
