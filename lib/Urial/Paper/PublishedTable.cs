using System.Globalization;

namespace Urial;

/// <summary>A table of numbers as it was published, to be set beside what is measured or recomputed here.</summary>
public sealed class PublishedTable
{
    private readonly Dictionary<string, PublishedRow> _rows;

    private PublishedTable(string file, string source, IReadOnlyList<string> columns, IReadOnlyList<PublishedRow> rows) =>
        (File, Source, Columns, Rows, _rows) = (file, source, columns, rows, rows.ToDictionary(row => row.Name));

    /// <summary>The file it was read from.</summary>
    public string File { get; }

    /// <summary>Where it was published.</summary>
    public string Source { get; }

    /// <summary>The columns of numbers, in the table's order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows, in the table's order.</summary>
    public IReadOnlyList<PublishedRow> Rows { get; }

    /// <summary>The row of a model.</summary>
    /// <exception cref="UrialException">There is no such row.</exception>
    public PublishedRow this[string name] => _rows.TryGetValue(name, out var row) ? row
        : throw new UrialException($"{File} has no row '{name}'. There are: {string.Join(", ", _rows.Keys)}.");

    /// <summary>The scores by aspect of some rows, in the order given.</summary>
    /// <param name="source">What tables call this one.</param>
    /// <param name="names">The rows.</param>
    /// <exception cref="UrialException">There is no such row.</exception>
    public IReadOnlyList<AspectScoreRow> Scores(string source, IEnumerable<string> names) =>
        [.. names.Select(name => this[name].Scores(source))];

    /// <summary>Table 1 of the paper: Just-Eval, 1 to 5, by aspect, with the answers' length in words.</summary>
    public static PublishedTable Table1() => Load(Repository.Path("data", "paper", "paper_table1.csv"), "arXiv 2312.01552, Table 1");

    /// <summary>MT-bench with URIAL on base models, 1 to 10, by turn and category.</summary>
    public static PublishedTable UrialBench() =>
        Load(Repository.Path("data", "paper", "urial_bench.csv"), "Re-Align/URIAL, urial_bench.jsonl");

    /// <summary>A cut of the public Just-Eval leaderboard.</summary>
    public static PublishedTable Leaderboard(LeaderboardCut cut) => Load(Repository.Path("data", "just-eval", cut switch
    {
        LeaderboardCut.Aspect => "leaderboard_aspect.csv",
        LeaderboardCut.LiteAspect => "leaderboard_lite_aspect.csv",
        LeaderboardCut.Dataset => "leaderboard_dataset.csv",
        LeaderboardCut.Task => "leaderboard_task.csv",
        _ => throw new ArgumentOutOfRangeException(nameof(cut), cut, "Not a cut of the leaderboard."),
    }), "public Just-Eval leaderboard, 2024-02-18");

    /// <summary>Reads a table: names in the first column, numbers in the others.</summary>
    /// <exception cref="UrialException">The table is missing or malformed; the message names file and line.</exception>
    public static PublishedTable Load(string file, string source)
    {
        var table = CsvLines.Read(file);
        var rows = new List<PublishedRow>(table.Rows.Count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (line, cells) in table.Rows)
        {
            if (cells[0].Length == 0 || !names.Add(cells[0]))
                throw table.Error(line, $"the name '{cells[0]}' is empty or came before.");
            var values = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
            for (var i = 1; i < cells.Length; i++)
                values[table.Header[i]] =
                    double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                    ? value : throw table.Error(line, $"'{cells[i]}' under {table.Header[i]} is not a number.");
            rows.Add(new PublishedRow(cells[0], values));
        }
        return rows.Count > 0 ? new PublishedTable(file, source, [.. table.Header.Skip(1)], rows)
            : throw new UrialException($"{file} holds no rows.");
    }
}
