namespace Urial;

/// <summary>
/// Two conditions compared on the same queries: each number is that of the first less that of the second. Intervals resample
/// whole queries, so that what two answers to one query have in common cancels.
/// </summary>
public sealed record ShiftDifference : ShiftNumbers
{
    internal ShiftDifference(Func<Func<PositionShift, double>, Estimate> pooled, Func<ShiftClass, Estimate> macro)
        : base(shift => pooled(position => position.Class == shift ? 1 : 0), macro, column => pooled(column.Number!))
    {
    }

    /// <summary>Queries that both conditions answered.</summary>
    public required int Queries { get; init; }
}
