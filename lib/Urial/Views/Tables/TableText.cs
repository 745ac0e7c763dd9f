using System.Text;

namespace Urial;

/// <summary>
/// The plain form of a table: a line for each row where all columns fit, else cells of several lines, intervals below their values and
/// texts wrapped.
/// </summary>
internal static class TableText
{
    private const int PageWidth = 120;
    private const int NarrowestText = 18;
    private const string Between = "  ";

    public static string Of(IReadOnlyList<TableColumn> columns, int rows, string? caption, IReadOnlyList<string> notes)
    {
        var text = new StringBuilder();
        if (caption is not null)
            AppendLines(caption);
        string[][][] cells = [.. columns.Select(column => Column(column, rows))]; // [column][row][line], headings first
        if (Total(cells) > PageWidth)
            Narrow(columns, cells);
        var widths = Widths(cells);
        for (var row = 0; row <= rows; row++)
        {
            AppendRow([.. cells.Select(column => column[row])]);
            if (row == 0)
                AppendRow([.. widths.Select(width => new[] { new string('─', width) })]);
        }
        foreach (var note in notes)
            AppendLines(note);
        return text.ToString().TrimEnd('\n');

        void AppendLines(string words)
        {
            foreach (var line in Markup.Lines(words, PageWidth))
                text.Append(line).Append('\n');
        }

        void AppendRow(string[][] row)
        {
            for (var line = 0; line < row.Select(cell => cell.Length).DefaultIfEmpty(1).Max(); line++)
                text.Append(string.Join(Between, row.Select((cell, c) => Padded(line < cell.Length ? cell[line] : "", c))).TrimEnd())
                    .Append('\n');
        }

        string Padded(string line, int c) => columns[c].IsNumber ? line.PadLeft(widths[c]) : line.PadRight(widths[c]);
    }

    private static string[][] Column(TableColumn column, int rows) =>
        [[OneLine(column.Header)], .. Enumerable.Range(0, rows).Select(row => new[] { Whole(column, row) })];

    private static string Whole(TableColumn column, int row) =>
        OneLine(column.Note(row) is { Length: > 0 } note ? $"{column.Cell(row)} ({note})" : column.Cell(row));

    private static void Narrow(IReadOnlyList<TableColumn> columns, string[][][] cells)
    {
        foreach (var (c, column) in columns.Index())
        {
            for (var row = 1; row < cells[c].Length; row++)
                if (column.Parts(row - 1) is (var value, { Length: > 0 } interval))
                    cells[c][row] = [OneLine(value), OneLine(interval)];
            var width = Widths([cells[c][1..]])[0];
            cells[c][0] = Wrapped(column.Header, Math.Max(width, OneLine(column.Header).Split(' ').Max(word => word.Length)));
        }
        // The widest text gives way first, and all of them only as far as it takes.
        for (var most = Widths(cells).Max(); Total(cells) > PageWidth && most >= NarrowestText; most--)
            foreach (var (c, column) in columns.Index())
                if (!column.IsNumber)
                    for (var row = 0; row < cells[c].Length; row++)
                        cells[c][row] = Wrapped(string.Join(' ', cells[c][row]), most);
    }

    private static string[] Wrapped(string text, int width) => [.. Markup.Lines(OneLine(text), width)];

    private static int[] Widths(string[][][] cells) =>
        [.. cells.Select(column => column.SelectMany(cell => cell).Select(line => line.Length).DefaultIfEmpty(0).Max())];

    private static int Total(string[][][] cells) => Widths(cells).Sum() + Between.Length * (cells.Length - 1);

    private static string OneLine(string cell) => cell.Replace('\n', ' ');
}
