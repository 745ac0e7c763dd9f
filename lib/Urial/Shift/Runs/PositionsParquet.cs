using Parquet;
using Parquet.Schema;

namespace Urial;

/// <summary>
/// Positions as a Parquet file: the columns of <see cref="PositionShift.Columns"/>, lists of top tokens where any were kept.
/// </summary>
internal static class PositionsParquet
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string FileName = "positions.parquet";

    private const string ListName = "list", Element = "element"; // the names of Parquet's three-level lists

    // Positions that are held at a time: a row group is written whole.
    private const int GroupSize = 1 << 17;

    /// <summary>Writes one row for each position of each answer, and holds no more of them than a row group has.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="answers">At least one answer.</param>
    /// <param name="columns">What is written of each position.</param>
    /// <param name="compact">Whether numbers become 32-bit floats.</param>
    public static void Write(Stream stream, IEnumerable<ShiftedAnswer> answers, IReadOnlyList<PositionColumn> columns, bool compact)
    {
        ParquetWriter? file = null;
        foreach (var rows in Groups(answers))
            file = WriteAsync(file, stream, rows, columns, compact).GetAwaiter().GetResult(); // Parquet.Net has no other way
        file?.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static IEnumerable<(ShiftedAnswer Answer, int Index)[]> Groups(IEnumerable<ShiftedAnswer> answers)
    {
        var rows = new List<(ShiftedAnswer, int)>();
        foreach (var answer in answers)
        {
            rows.AddRange(answer.Positions.Select((_, i) => (answer, i)));
            if (rows.Count < GroupSize)
                continue;
            yield return [.. rows];
            rows.Clear();
        }
        if (rows.Count > 0)
            yield return [.. rows];
    }

    private static async Task<ParquetWriter> WriteAsync(
        ParquetWriter? file, Stream stream, (ShiftedAnswer Answer, int Index)[] rows, IReadOnlyList<PositionColumn> all, bool compact)
    {
        (Field Field, Func<ParquetRowGroupWriter, DataField, Task> Write)[] columns =
            [.. all.Select(Column).OfType<(Field, Func<ParquetRowGroupWriter, DataField, Task>)>()];
        file ??= await ParquetWriter.CreateAsync(
            new ParquetSchema(columns.Select(column => column.Field)), stream,
            compact ? new ParquetOptions { CompressionMethod = CompressionMethod.Zstd } : null);
        using var group = file.CreateRowGroup();
        foreach (var (field, write) in columns)
            await write(group, field as DataField ?? (DataField)((ListField)field).Item);
        return file;

        (Field, Func<ParquetRowGroupWriter, DataField, Task>)? Column(PositionColumn column) => column switch
        {
            PositionColumn<string> texts =>
                (new DataField<string>(column.Name, nullable: false), (writer, field) => writer.WriteAsync(field, Values(texts))),
            PositionColumn<bool> flags => Plain(flags),
            PositionColumn<int> wholes => Plain(wholes),
            PositionColumn<double?> known => compact ? Sparse(ShorterKnown(known)) : Sparse(known),
            PositionColumn<double> numbers => compact ? Plain(Shorter(numbers)) : Plain(numbers),
            PositionColumn<IReadOnlyList<int>> ids => Lists(ids),
            PositionColumn<IReadOnlyList<double>> numbers => compact ? Lists(ShorterLists(numbers)) : Lists(numbers),
            _ => throw new NotSupportedException($"Parquet cannot hold the column {column}."),
        };

        static PositionColumn<float> Shorter(PositionColumn<double> column) =>
            new(column.Name, (answer, i) => (float)column.Value(answer, i));

        static PositionColumn<float?> ShorterKnown(PositionColumn<double?> column) =>
            new(column.Name, (answer, i) => (float?)column.Value(answer, i));

        static PositionColumn<IReadOnlyList<float>> ShorterLists(PositionColumn<IReadOnlyList<double>> column) =>
            new(column.Name, (answer, i) => [.. column.Value(answer, i).Select(value => (float)value)]);

        T[] Values<T>(PositionColumn<T> column) => [.. rows.Select(row => column.Value(row.Answer, row.Index))];

        (Field, Func<ParquetRowGroupWriter, DataField, Task>)? Plain<T>(PositionColumn<T> column) where T : struct =>
            (new DataField<T>(column.Name), (writer, field) => writer.WriteAsync(field, new ReadOnlyMemory<T>(Values(column))));

        (Field, Func<ParquetRowGroupWriter, DataField, Task>)? Sparse<T>(PositionColumn<T?> column) where T : struct =>
            (new DataField<T?>(column.Name), (writer, field) => writer.WriteAsync(field, new ReadOnlyMemory<T?>(Values(column))));

        (Field, Func<ParquetRowGroupWriter, DataField, Task>)? Lists<T>(PositionColumn<IReadOnlyList<T>> column) where T : struct
        {
            var lists = Values(column);
            if (lists.All(list => list.Count == 0))
                return null;
            return (new ListField(column.Name, new DataField<T>(Element), ListName), (writer, field) =>
            {
                T[] values = [.. lists.SelectMany(list => list)];
                int[] repetition = [.. lists.SelectMany(list => list.Select((_, i) => i == 0 ? 0 : 1))]; // 0 begins a row's list
                int[] definition = [.. Enumerable.Repeat(field.MaxDefinitionLevel, values.Length)];      // every list and element is there
                return writer.WriteAllPartsAsync(
                    field, new ReadOnlyMemory<T>(values), new ReadOnlyMemory<int>(definition), new ReadOnlyMemory<int>(repetition),
                    default);
            }
            );
        }
    }
}
