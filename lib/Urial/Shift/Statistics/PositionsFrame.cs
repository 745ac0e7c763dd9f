using Microsoft.Data.Analysis;

namespace Urial;

/// <summary>Positions as a data frame, to filter, group and join.</summary>
public static class PositionsFrame
{
    // As a reader sees it; files have the vocabulary's spelling.
    private static readonly PositionColumn<string> Token = new("token", (answer, i) => answer.Tokens[i].Shown);

    /// <summary>
    /// One row for each position: the columns of <c>positions.jsonl</c> less the top tokens, tokens as a reader sees them, and
    /// <c>label</c>, <c>segment</c> and <c>kind</c> where some answer has them. <c>id</c> joins it with the frame of the answers'
    /// judgments. The mean of a group pools its positions, as <see cref="ShiftSummary"/> does, but has no interval.
    /// </summary>
    public static DataFrame ToFrame(this IReadOnlyList<ShiftedAnswer> answers)
    {
        (ShiftedAnswer Answer, int Index)[] rows = [.. answers.SelectMany(answer => answer.Positions.Select((_, i) => (answer, i)))];
        List<PositionColumn> columns = [.. PositionShift.Columns.Select(column => column.Name == Token.Name ? Token : column)];
        if (answers.Any(answer => answer.Labels is not null))
            columns.Add(new PositionColumn<string?>("label", (answer, i) => answer.Labels?[i]));
        if (answers.Any(answer => answer.Segments is not null))
            columns.Add(new PositionColumn<string?>("segment", (answer, i) => answer.Segments?[i]));
        if (answers.Any(answer => answer.Kind is not null))
            columns.Add(new PositionColumn<string?>("kind", (answer, _) => answer.Kind));
        return new DataFrame(columns.Select(Column).OfType<DataFrameColumn>());

        DataFrameColumn? Column(PositionColumn column) => column switch
        {
            PositionColumn<string> texts => new StringDataFrameColumn(column.Name, Values(texts)),
            PositionColumn<bool> flags => new BooleanDataFrameColumn(column.Name, Values(flags)),
            PositionColumn<int> wholes => new Int32DataFrameColumn(column.Name, Values(wholes)),
            PositionColumn<double> numbers => new DoubleDataFrameColumn(column.Name, Values(numbers)),
            _ => null, // a frame has no lists
        };

        IEnumerable<T> Values<T>(PositionColumn<T> column) => rows.Select(row => column.Value(row.Answer, row.Index));
    }
}
