namespace Urial;

/// <summary>
/// What a set of answers says together. All intervals resample whole answers (one per query); N of each estimate is the
/// number of answers.
/// </summary>
public sealed record ShiftSummary : ShiftNumbers
{
    internal ShiftSummary(Func<Func<PositionShift, double>, Estimate> pooled, Func<ShiftClass, Estimate> macro) : base(pooled, macro)
    {
    }

    /// <summary>Whether end-of-sequence tokens count as positions.</summary>
    public required bool WithEos { get; init; }

    /// <summary>Positions counted.</summary>
    public required int Positions { get; init; }

    /// <summary>Answers with at least one position counted: without end-of-sequence, an answer that is nothing else drops out.</summary>
    public required int Answers { get; init; }

    /// <summary>
    /// Those of them that did not end (<see cref="ShiftedAnswer.Ended"/>). Look at the summary without them, too:
    /// <see cref="Endings.ThatEnded"/>.
    /// </summary>
    public required int NotEnded { get; init; }
}
