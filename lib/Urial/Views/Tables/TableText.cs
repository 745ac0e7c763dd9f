using System.Text;

namespace Urial;

/// <summary>
/// The plain form of a table: a line for each row where all columns fit, else cells of several lines, intervals below their values and
/// texts wrapped.
/// </summary>
internal static class TableText
{
    private const int PageWidth = 120;
    private const int EasyText = 28;
    private const int NarrowestText = 18;
    private const string Between = "  ";

    public static string Of(IReadOnlyList<TableColumn> columns, int rows, string? caption, IReadOnlyList<string> notes)
    {
        var text = new StringBuilder();
        if (caption is not null)
            AppendLines(caption);
        // [column][row][line], headings first. Texts give way before intervals are set below their values.
        var cells = Laid(columns, rows, broken: false, narrowest: int.MaxValue);
        if (Total(cells) > PageWidth)
            cells = Laid(columns, rows, broken: false, EasyText);
        if (Total(cells) > PageWidth)
            cells = Laid(columns, rows, broken: true, NarrowestText);
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

    private static string[][][] Laid(IReadOnlyList<TableColumn> columns, int rows, bool broken, int narrowest)
    {
        string[][][] cells = [.. columns.Select(column => Column(column, rows, broken, narrowest))];
        // The widest text gives way first, and all of them only as far as it takes.
        for (var most = Widths(cells).DefaultIfEmpty(0).Max(); Total(cells) > PageWidth && most >= narrowest; most--)
            foreach (var (c, column) in columns.Index())
                if (!column.IsNumber)
                    for (var row = 0; row < cells[c].Length; row++)
                        cells[c][row] = Wrapped(string.Join(' ', cells[c][row]), most);
        return cells;
    }

    private static string[][] Column(TableColumn column, int rows, bool broken, int narrowest)
    {
        string[][] cells = [.. Enumerable.Range(0, rows).Select(row => Cell(column, row, broken))];
        var heading = OneLine(column.Header);
        if (narrowest == int.MaxValue)
            return [[heading], .. cells];
        var width = Math.Max(Widths([cells])[0], heading.Split(' ').Max(word => word.Length));
        return [Wrapped(heading, width), .. cells];
    }

    private static string[] Cell(TableColumn column, int row, bool broken)
    {
        if (broken && column.Parts(row) is (var value, { Length: > 0 } interval))
            return [OneLine(value), OneLine(interval)];
        return [OneLine(column.Note(row) is { Length: > 0 } note ? $"{column.Cell(row)} ({note})" : column.Cell(row))];
    }

    private static string[] Wrapped(string text, int width) => [.. Markup.Lines(OneLine(text), width)];

    private static int[] Widths(string[][][] cells) =>
        [.. cells.Select(column => column.SelectMany(cell => cell).Select(line => line.Length).DefaultIfEmpty(0).Max())];

    private static int Total(string[][][] cells) => Widths(cells).Sum() + Between.Length * (cells.Length - 1);

    private static string OneLine(string cell) => cell.Replace('\n', ' ');
}
