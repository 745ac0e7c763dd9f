using Parquet;
using Parquet.Schema;

namespace Urial;

/// <summary>Reads the positions that <see cref="PositionsParquet"/> wrote.</summary>
internal sealed class PositionsParquetReader
{
    private readonly ParquetSchema _schema;
    private readonly ParquetRowGroupReader _rows;
    private readonly Func<int, string>? _name;
    private readonly int _count;

    private PositionsParquetReader(ParquetSchema schema, ParquetRowGroupReader rows, Func<int, string>? name) =>
        (_schema, _rows, _name, _count) = (schema, rows, name, checked((int)rows.RowCount));

    /// <summary>
    /// The positions in the file's order, each with the id of its answer and its token's spelling.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What a top token is shown as; null: top tokens have no names.</param>
    /// <exception cref="UrialException">The file cannot be read, or holds something else; the message names it.</exception>
    public static IReadOnlyList<(string Id, string Token, PositionShift Shift)> Read(string path, Func<int, string>? name = null)
    {
        using var memory = new MemoryStream(InputFile.Bytes(path, "positions"));
        try
        {
            // Parquet.Net reads asynchronously only; from memory nothing waits.
            return ReadAsync(memory, name).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not (UrialException or OutOfMemoryException))
        {
            throw new UrialException(
                $"{path} holds no positions as `urial shift` writes them ({e.Message}). Make the run again, or restore it from git.", e);
        }
    }

    private static async Task<IReadOnlyList<(string, string, PositionShift)>> ReadAsync(Stream stream, Func<int, string>? name)
    {
        await using var file = await ParquetReader.CreateAsync(stream);
        var positions = new List<(string, string, PositionShift)>();
        for (var group = 0; group < file.RowGroupCount; group++)
        {
            using var rows = file.OpenRowGroupReader(group);
            positions.AddRange(await new PositionsParquetReader(file.Schema, rows, name).PositionsAsync());
        }
        return positions;
    }

    private async Task<IEnumerable<(string, string, PositionShift)>> PositionsAsync()
    {
        string[] id = await TextsAsync("id"), spelling = await TextsAsync("token");
        int[] position = await ColumnAsync<int>("position"), token = await ColumnAsync<int>("token_id"),
            rank = await ColumnAsync<int>("base_rank"), argmax = await ColumnAsync<int>("aligned_argmax_id");
        double[] @base = await NumbersAsync("base_prob"), aligned = await NumbersAsync("aligned_prob"),
            klAligned = await NumbersAsync("kl_aligned_base"), klBase = await NumbersAsync("kl_base_aligned"),
            js = await NumbersAsync("js"), baseEntropy = await NumbersAsync("base_entropy"),
            alignedEntropy = await NumbersAsync("aligned_entropy");
        var eos = await ColumnAsync<bool>("is_eos");
        double[] baseLeftOut = await RareAsync("base_left_out"), alignedLeftOut = await RareAsync("aligned_left_out");
        var censored = Has("base_rank_censored") ? await ColumnAsync<bool>("base_rank_censored") : new bool[_count];
        var bounds = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var name in Has("js_low") ? ShiftBounds.Columns.SelectMany(c => new[] { $"{c.Name}_low", $"{c.Name}_high" }) : [])
            bounds[name] = await NumbersAsync(name);
        TopToken[][] baseTop = await TopAsync("base_top"), alignedTop = await TopAsync("aligned_top");
        return Enumerable.Range(0, _count).Select(i => (id[i], spelling[i], new PositionShift
        {
            Position = position[i],
            TokenId = token[i],
            BaseRank = rank[i],
            BaseProbability = @base[i],
            AlignedProbability = aligned[i],
            KlAlignedBase = klAligned[i],
            KlBaseAligned = klBase[i],
            Js = js[i],
            BaseEntropy = baseEntropy[i],
            AlignedEntropy = alignedEntropy[i],
            AlignedArgmaxId = argmax[i],
            IsEos = eos[i],
            BaseLeftOut = baseLeftOut[i],
            AlignedLeftOut = alignedLeftOut[i],
            RankCensored = censored[i],
            Bounds = bounds.Count == 0 ? null : ShiftBounds.OfColumns(column => bounds[column][i]),
            BaseTop = baseTop[i],
            AlignedTop = alignedTop[i],
        })).ToList();
    }

    // NaN where a value is missing.
    private async Task<double[]> NumbersAsync(string name) => _schema.FindDataField(name) switch
    {
        { IsNullable: true, ClrType: var type } when type == typeof(float) =>
            [.. (await SparseAsync<float>(name)).Select(value => (double?)value ?? double.NaN)],
        { IsNullable: true } => [.. (await SparseAsync<double>(name)).Select(value => value ?? double.NaN)],
        { ClrType: var type } when type == typeof(float) => [.. (await ColumnAsync<float>(name)).Select(value => (double)value)],
        _ => await ColumnAsync<double>(name),
    };

    private bool Has(string name) => _schema.DataFields.Any(field => field.Name == name);

    private async Task<T?[]> SparseAsync<T>(string name) where T : struct
    {
        var values = new T?[_count];
        await _rows.ReadAsync(_schema.FindDataField(name), values.AsMemory());
        return values;
    }

    // Zeros where the file has no such column.
    private async Task<double[]> RareAsync(string name) =>
        Has(name) ? await NumbersAsync(name) : new double[_count];

    private async Task<T[]> ColumnAsync<T>(string name) where T : struct
    {
        var values = new T[_count];
        await _rows.ReadAsync(_schema.FindDataField(name), values.AsMemory());
        return values;
    }

    private async Task<string[]> TextsAsync(string name)
    {
        var values = new string?[_count];
        await _rows.ReadAsync(_schema.FindDataField(name), values.AsMemory());
        var one = new Dictionary<string, string>(StringComparer.Ordinal); // each text once: they come again and again
        return [.. values.Select(value => value is null ? throw new InvalidDataException($"a value of the column {name} is missing")
            : one.TryGetValue(value, out var known) ? known : one[value] = value)];
    }

    private async Task<TopToken[][]> TopAsync(string name)
    {
        var ids = await ListsAsync<int>($"{name}_ids");
        var probabilities = _schema.DataFields.Any(field => field.Path.FirstPart == $"{name}_probs" && field.ClrType == typeof(float))
            ? [.. (await ListsAsync<float>($"{name}_probs")).Select(list => list.Select(value => (double)value).ToArray())]
            : await ListsAsync<double>($"{name}_probs");
        return [.. ids.Zip(probabilities, (some, of) => some.Zip(of, (id, probability) =>
            new TopToken(id, probability) { Shown = _name?.Invoke(id) }).ToArray())];
    }

    // Lists of a column; empty ones where a run kept none. A repetition level of 0 begins a row's list.
    private async Task<T[][]> ListsAsync<T>(string name) where T : struct
    {
        if (_schema.DataFields.FirstOrDefault(field => field.Path.FirstPart == name) is not { } column)
            return [.. Enumerable.Range(0, _count).Select(_ => Array.Empty<T>())];
        var count = checked((int)(_rows.GetMetadata(column)?.MetaData?.NumValues ?? 0));
        var (values, definition, repetition) = (new T[count], new int[count], new int[count]);
        await _rows.ReadRawAsync(column, values.AsMemory(), definition.AsMemory(), repetition.AsMemory());
        if (definition.Any(level => level != column.MaxDefinitionLevel) || repetition.Count(level => level == 0) != _count)
            throw new InvalidDataException($"the column {name} has a list that is empty or missing");
        var lists = new T[_count][];
        for (var (row, begin) = (0, 0); row < lists.Length; row++)
        {
            var end = begin + 1;
            while (end < repetition.Length && repetition[end] != 0)
                end++;
            lists[row] = values[begin..end];
            begin = end;
        }
        return lists;
    }
}
