namespace Urial;

/// <summary>Whether the public task table can have counted examples in one way.</summary>
/// <param name="LargestDistance">How far a row's cells, weighted by those counts, lie from its mean helpfulness at most.</param>
/// <param name="Impossible">Rows with a cell that no mean of so many whole scores rounds to.</param>
/// <param name="Rows">All rows.</param>
public sealed record TaskTableCheck(double LargestDistance, int Impossible, int Rows)
{
    /// <summary>Whether nothing speaks against it.</summary>
    public bool IsConsistent => LargestDistance < 0.01 && Impossible == 0;

    /// <summary>Checks the committed table.</summary>
    /// <param name="counting">For which of its tags an example counts.</param>
    public static TaskTableCheck Of(TagCounting counting)
    {
        var (rows, last) = (TaskTable.Read(), counting == TagCounting.LastOnly);
        return new TaskTableCheck(
            rows.Max(row => Math.Abs((last ? row.FromLastTags : row.FromEveryTag) - row.Helpfulness)),
            rows.Count(row => (last ? row.UnreachableLast : row.UnreachableEvery).Count > 0), rows.Count);
    }

    /// <summary>Both tests in words.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"at most {LargestDistance:0.000} from the mean helpfulness; impossible cells in {Impossible} of {Rows} rows");
}
