using System.Globalization;
using DuckDB.NET.Data;
using Microsoft.Data.Analysis;

namespace Urial;

/// <summary>SQL over the positions of a stored run, of any size: DuckDB reads the columns that a query needs, and no more.</summary>
/// <remarks>
/// The table is called <c>positions</c> and has the columns of the file: <c>id</c>, <c>position</c>, <c>token_id</c>, <c>token</c>,
/// <c>base_rank</c>, <c>base_prob</c>, <c>aligned_prob</c>, <c>kl_aligned_base</c> and so on; <c>class</c> is <c>unshifted</c>,
/// <c>marginal</c> or <c>shifted</c>. Of a run that is not complete it has the positions that are there so far.
/// </remarks>
public static class PositionsSql
{
    // A quarter of a gigabyte for the query's own tables; what does not fit goes to the disk.
    private const string Memory = "256MB";

    /// <summary>Answers a query as a data frame, one row for each row of its result. Lists become text, whole numbers of any size Int64.
    /// </summary>
    /// <param name="folder">A folder that <c>urial shift</c> wrote as Parquet (<c>--format parquet</c> or <c>compact</c>).</param>
    /// <param name="sql">One SELECT over <c>positions</c>.</param>
    /// <exception cref="UrialException">The folder has no positions as Parquet, or the query cannot be answered.</exception>
    public static DataFrame Query(string folder, string sql)
    {
        if (string.IsNullOrWhiteSpace(sql))
            throw new UrialException("There is no query: write one SELECT over the table positions.");
        using var connection = Open(folder);
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            SqlColumn[] columns = [.. Enumerable.Range(0, reader.FieldCount)
                .Select(i => SqlColumn.Of(reader.GetName(i), reader.GetFieldType(i)))];
            while (reader.Read())
                for (var i = 0; i < columns.Length; i++)
                    columns[i].Add(reader.IsDBNull(i) ? null : reader.GetValue(i));
            return new DataFrame(columns.Select(column => column.Column));
        }
        catch (DuckDBException e)
        {
            throw new UrialException($"The query over {folder} cannot be answered: {e.Message.Trim()}", e);
        }
    }

    /// <summary>The summary of a stored run, with the intervals that <see cref="ShiftTable.Summary"/> gives, from sums that SQL makes.
    /// </summary>
    /// <param name="folder">As in <see cref="Query"/>.</param>
    /// <param name="withEos">Whether end-of-sequence tokens count.</param>
    /// <param name="resamples">Bootstrap resamples.</param>
    /// <param name="level">Confidence level.</param>
    /// <param name="seed">The bootstrap's seed.</param>
    /// <exception cref="UrialException">The folder has no positions as Parquet, or none that count.</exception>
    public static ShiftSummary Summary(string folder, bool withEos = true, int resamples = Bootstrap.DefaultResamples,
        double level = Bootstrap.DefaultLevel, int seed = 0)
    {
        string[] columns = [.. PositionShift.Summarised.Select(column => column.Name)];
        string[] bounded = Query(folder, "SELECT * FROM positions LIMIT 0").Columns.Any(column => column.Name == "js_low")
            ? [.. ShiftBounds.Columns.Select(column => column.Name)] : [];
        var sums = Query(folder, $"SELECT id, count(*)::DOUBLE AS n, {string.Join(", ", Classes.Select(Counted))}, "
            + string.Join(", ", columns.Select(name => Sum(name, "NaN"))
                .Concat(bounded.SelectMany(name => new[] { Sum($"{name}_low", "NaN"), Sum($"{name}_high", "Infinity") })))
            + $" FROM (SELECT row_number() OVER () AS place, * FROM positions) {(withEos ? "" : "WHERE NOT is_eos ")}"
            + "GROUP BY id ORDER BY min(place)");
        if (sums.Rows.Count == 0)
            throw new UrialException($"There is nothing to summarise: no position in {folder} counts.");
        var cut = NotEnded(folder);
        return ShiftSummary.Of(new AnswerSums(Numbers("n"), Numbers("unshifted"), Numbers("marginal"), Numbers("shifted"),
            columns.ToDictionary(name => name, Numbers),
            bounded.ToDictionary(name => name, name => (Numbers($"{name}_low"), Numbers($"{name}_high"))),
            cut.Count == 0 ? 0 : ((StringDataFrameColumn)sums["id"]).Count(cut.Contains!)), withEos, resamples, level, seed);

        double[] Numbers(string name) => [.. ((DoubleDataFrameColumn)sums[name]).Select(value => value!.Value)];

        // A sum of which a part is not known is not known.
        static string Sum(string name, string otherwise) =>
            $"CASE WHEN count({name}) = count(*) THEN sum({name})::DOUBLE ELSE '{otherwise}'::DOUBLE END AS {name}";
    }

    /// <summary>How a column goes along the answers: its mean at each position, over the answers that reach it.</summary>
    /// <param name="folder">As in <see cref="Query"/>.</param>
    /// <param name="column">A column of numbers.</param>
    /// <param name="atLeast">Positions that fewer answers reach are left out; 2 or more.</param>
    /// <returns>Points with intervals of 1.96 standard errors, which for so many answers are the bootstrap's.</returns>
    /// <exception cref="UrialException">The folder has no positions as Parquet, or no such column.</exception>
    public static IReadOnlyList<PositionPoint> Curve(string folder, string column = "kl_aligned_base", int atLeast = 10)
    {
        var name = $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var points = Query(folder, string.Create(CultureInfo.InvariantCulture, $"SELECT position, count(*) AS n, avg({name}) AS mean, ")
            + $"1.96 * stddev_samp({name}) / sqrt(count(*)) AS error FROM positions GROUP BY position "
            + string.Create(CultureInfo.InvariantCulture, $"HAVING count(*) >= {Math.Max(2, atLeast)} ORDER BY position"));
        return [.. points.Rows.Select(row => new PositionPoint((int)row[0],
            new Estimate((double)row[2], new Interval((double)row[2] - (double)row[3], (double)row[2] + (double)row[3], 0.95),
                (int)(long)row[1])))];
    }

    private static IEnumerable<string> Classes => Enum.GetValues<ShiftClass>().Select(shift => shift.Name());

    private static string Counted(string shift) => $"count(*) FILTER (class = '{shift}')::DOUBLE AS {shift}";

    private static HashSet<string> NotEnded(string folder) =>
        Path.Combine(folder, "manifest.json") is var manifest && File.Exists(manifest)
        && ManifestJson.Read(manifest)["not_ended"]?.AsArray() is { } ids
            ? ids.Select(id => id!.GetValue<string>()).ToHashSet(StringComparer.Ordinal) : [];

    /// <summary>A connection to a database in memory that has the run's positions as a view.</summary>
    /// <exception cref="UrialException">The folder has no positions as Parquet.</exception>
    internal static DuckDBConnection Open(string folder)
    {
        var files = Files(folder);
        var connection = new DuckDBConnection("DataSource=:memory:");
        try
        {
            connection.Open();
            Execute(connection, $"SET memory_limit = '{Memory}'");
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"SET threads = {Environment.ProcessorCount}"));
            Execute(connection, $"CREATE VIEW positions AS SELECT * FROM read_parquet([{string.Join(", ", files.Select(Quoted))}])");
            return connection;
        }
        catch (DuckDBException e)
        {
            connection.Dispose();
            throw new UrialException($"The positions in {folder} cannot be read: {e.Message.Trim()}", e);
        }
    }

    internal static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A text as SQL has it.</summary>
    internal static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string[] Files(string folder)
    {
        var whole = Path.Combine(folder, PositionsParquet.FileName);
        if (File.Exists(whole))
            return [whole];
        var shards = Path.Combine(folder, ShiftShards.FolderName);
        string[] files = Directory.Exists(shards) ? [.. Directory.GetFiles(shards, "*.parquet").Order(StringComparer.Ordinal)] : [];
        return files.Length > 0 ? files : throw new UrialException($"{folder} has no {PositionsParquet.FileName}: name a folder that "
            + "`urial shift` wrote, without --format or with --format compact.");
    }
}
