namespace Urial;

/// <summary>Reads the committed tables: a known header, commas that part cells, no quotes. Errors name file and line.</summary>
internal sealed class CsvLines
{
    private readonly string _file;

    private CsvLines(string file, IReadOnlyList<string> header, IReadOnlyList<(int Line, string[] Cells)> rows) =>
        (_file, Header, Rows) = (file, header, rows);

    /// <summary>The column names.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The rows with their 1-based line numbers.</summary>
    public IReadOnlyList<(int Line, string[] Cells)> Rows { get; }

    /// <summary>Reads a table.</summary>
    /// <param name="file">The file.</param>
    /// <param name="header">The header it must have; null: any of two columns or more.</param>
    /// <exception cref="UrialException">The file is missing, or the header or a row has another form.</exception>
    public static CsvLines Read(string file, string? header = null)
    {
        string[] lines = [.. InputFile.Lines(file, "table")];
        if (lines.Length == 0 || header is not null && lines[0] != header || !lines[0].Contains(','))
            throw new UrialException($"{file}, line 1: expected the header "
                + $"'{header ?? "name,…"}'{(lines.Length == 0 ? ", but the file is empty" : $", not '{lines[0]}'")}.");
        var names = lines[0].Split(',');
        var rows = new List<(int, string[])>(lines.Length);
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
                continue;
            var cells = lines[i].Split(',');
            if (cells.Length != names.Length)
                throw new UrialException(
                    $"{file}, line {i + 1}: expected {names.Length} cells ({string.Join(", ", names)}), but there are {cells.Length}.");
            rows.Add((i + 1, cells));
        }
        return new CsvLines(file, names, rows);
    }

    /// <summary>An error about a line.</summary>
    public UrialException Error(int line, string what) => new($"{_file}, line {line}: {what}");
}
