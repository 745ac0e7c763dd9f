using Parquet;
using Parquet.Schema;

namespace Urial;

/// <summary>
/// Positions as a Parquet file, one row for each position. <c>token</c> is the token's spelling in the vocabulary, which
/// says which token it is where its text alone does not. The lists of top tokens are there where any were kept.
/// </summary>
internal static class PositionsParquet
{
    private const string List = "list", Element = "element"; // the names of Parquet's three-level lists

    /// <summary>Writes one row for each position of each answer.</summary>
    public static void Write(Stream stream, IReadOnlyList<ShiftedAnswer> answers)
    {
        // Parquet.Net writes asynchronously only; into memory nothing waits, and the caller's file stays synchronous.
        using var memory = new MemoryStream();
        WriteAsync(memory, answers).GetAwaiter().GetResult();
        memory.Position = 0;
        memory.CopyTo(stream);
    }

    private static async Task WriteAsync(Stream stream, IReadOnlyList<ShiftedAnswer> answers)
    {
        (ShiftedAnswer Answer, PositionShift Shift, TokenText Token)[] rows =
            [.. answers.SelectMany(a => a.Positions.Select((p, i) => (a, p, a.Tokens[i])))];
        var withTop = rows.Any(r => r.Shift.AlignedTop.Count > 0);

        DataField<string> Required(string name) => new(name, nullable: false);
        var columns = new List<(Field Field, Func<ParquetRowGroupWriter, DataField, Task> Write)>
        {
            (Required("id"), (w, f) => w.WriteAsync(f, [.. rows.Select(r => r.Answer.Id)])),
            Column("position", r => r.Shift.Position),
            Column("token_id", r => r.Shift.TokenId),
            (Required("token"), (w, f) => w.WriteAsync(f, [.. rows.Select(r => r.Token.Raw)])),
            Column("base_rank", r => r.Shift.BaseRank),
            Column("base_prob", r => r.Shift.BaseProbability),
            Column("aligned_prob", r => r.Shift.AlignedProbability),
            Column("kl_aligned_base", r => r.Shift.KlAlignedBase),
            Column("kl_base_aligned", r => r.Shift.KlBaseAligned),
            Column("js", r => r.Shift.Js),
            Column("base_entropy", r => r.Shift.BaseEntropy),
            Column("aligned_entropy", r => r.Shift.AlignedEntropy),
            (Required("class"), (w, f) => w.WriteAsync(f, [.. rows.Select(r => r.Shift.Class.Name())])),
            Column("aligned_argmax_id", r => r.Shift.AlignedArgmaxId),
            Column("is_eos", r => r.Shift.IsEos),
        };
        if (withTop)
            columns.AddRange(
                [Lists("base_top_ids", r => r.Shift.BaseTop, t => t.Id), Lists("base_top_probs", r => r.Shift.BaseTop, t => t.Probability),
                Lists("aligned_top_ids", r => r.Shift.AlignedTop, t => t.Id), Lists("aligned_top_probs", r => r.Shift.AlignedTop, t => t.Probability)]);

        var schema = new ParquetSchema(columns.Select(c => c.Field));
        await using var file = await ParquetWriter.CreateAsync(schema, stream);
        using var group = file.CreateRowGroup();
        foreach (var (field, write) in columns)
            await write(group, field as DataField ?? (DataField)((ListField)field).Item);

        (Field, Func<ParquetRowGroupWriter, DataField, Task>) Column<T>(
            string name, Func<(ShiftedAnswer Answer, PositionShift Shift, TokenText Token), T> value) where T : struct =>
            (new DataField<T>(name), (w, f) => w.WriteAsync(f, new ReadOnlyMemory<T>([.. rows.Select(value)])));

        (Field, Func<ParquetRowGroupWriter, DataField, Task>) Lists<T>(
            string name, Func<(ShiftedAnswer Answer, PositionShift Shift, TokenText Token), IReadOnlyList<TopToken>> top, Func<TopToken, T> value) where T : struct =>
            (new ListField(name, new DataField<T>(Element), List), (w, f) =>
            {
                T[] values = [.. rows.SelectMany(r => top(r).Select(value))];
                int[] repetition = [.. rows.SelectMany(r => top(r).Select((_, i) => i == 0 ? 0 : 1))]; // 0 begins a row's list
                int[] definition = [.. Enumerable.Repeat(f.MaxDefinitionLevel, values.Length)];        // every list and element is there
                return w.WriteAllPartsAsync(f, new ReadOnlyMemory<T>(values), new ReadOnlyMemory<int>(definition), new ReadOnlyMemory<int>(repetition), default);
            }
        );
    }
}
