using System.Text;

namespace Urial;

/// <summary>Draws columns as an HTML table and as plain text.</summary>
internal static class TableView
{
    private const int WidestTextCell = 60;
    private const int WrapsAbove = 32;

    private static readonly string Sheet = string.Concat(
        "<style>",
        $".urial-table{{display:inline-block;max-width:100%;overflow-x:auto;box-sizing:border-box;padding:8px "
            + $"12px;background:{Theme.Paper};color:{Theme.Ink};",
        $"border:1px solid {Theme.Grid};border-radius:6px;font:14px/1.5 {Theme.Font.Replace('"', '\'')}}}",
        ".urial-table p{margin:2px 0 6px;background:none;color:inherit}",
        ".urial-table table{border-collapse:collapse;margin:0;font-size:inherit}",
        $".urial-table th,.urial-table td{{padding:3px 6px;border:0;border-bottom:1px "
            + $"solid {Theme.Grid};background:{Theme.Paper};color:{Theme.Ink};",
        "text-align:left;vertical-align:top;white-space:pre;max-width:none;font-variant-numeric:tabular-nums}",
        $".urial-table th{{border-bottom:2px solid {Theme.Ink};vertical-align:bottom}}",
        ".urial-table .r{text-align:right}.urial-table .w{white-space:pre-wrap;min-width:14em}",
        $".urial-table .n{{color:{Theme.Muted};font-size:13px}}",
        "</style>");

    /// <summary>A table of columns of one length.</summary>
    /// <param name="columns">The columns; their cells are escaped here.</param>
    /// <param name="caption">A heading; null for none.</param>
    /// <param name="left">How many rows were left out.</param>
    /// <param name="note">A sentence below the table; null for none.</param>
    /// <param name="kind">What the table is, as its class, for pages that look for it; null for none.</param>
    public static HtmlView Of(IReadOnlyList<TableColumn> columns, string? caption = null, long left = 0, string? note = null,
        string? kind = null)
    {
        var rows = columns.Count == 0 ? 0 : columns.Max(column => column.Cells.Count);
        List<string> notes = [];
        if (left > 0)
            notes.Add(left == 1 ? "… 1 more row" : $"… {Numbers.Count(left)} more rows");
        if (note is not null)
            notes.Add(note);
        return new HtmlView(Html(columns, rows, caption, notes, kind), Text(columns, rows, caption, notes));
    }

    private static string Html(IReadOnlyList<TableColumn> columns, int rows, string? caption, List<string> notes, string? kind)
    {
        var html = new StringBuilder("<div>").Append(Sheet).Append("<div class=\"urial-table\">\n");
        if (caption is not null)
            html.Append($"<p><b>{Markup.Html(caption)}</b></p>\n");
        html.Append(kind is null ? "<table><thead><tr>" : $"<table class=\"{kind}\"><thead><tr>");
        foreach (var column in columns)
            html.Append($"<th{Side(column)}>{Markup.Html(column.Header)}</th>");
        html.Append("</tr></thead><tbody>\n");
        for (var i = 0; i < rows; i++)
        {
            html.Append("<tr>");
            foreach (var column in columns)
                html.Append($"<td{Side(column, Cell(column, i))}>{Markup.Html(Cell(column, i))}</td>");
            html.Append("</tr>\n");
        }
        html.Append("</tbody></table>\n");
        foreach (var line in notes)
            html.Append($"<p class=\"n\">{Markup.Html(line)}</p>\n");
        return html.Append("</div></div>").ToString();
    }

    // The attribute beside the class: GitHub keeps it where it strips styles.
    private static string Side(TableColumn column, string cell = "") =>
        column.IsNumber ? " class=\"r\" align=\"right\"" : cell.Length > WrapsAbove ? " class=\"w\"" : "";

    private static string Cell(TableColumn column, int row) =>
        row < column.Cells.Count ? ShortText.Of(column.Cells[row], column.IsNumber ? int.MaxValue : WidestTextCell * 4) : "";

    private static string Text(IReadOnlyList<TableColumn> columns, int rows, string? caption, List<string> notes)
    {
        var text = new StringBuilder();
        if (caption is not null)
            text.Append(caption).Append('\n');
        var widths = columns.Select(column => column.Cells.Select(cell => OneLine(cell).Length).Append(Header(column).Length).Max())
            .ToArray();
        AppendLine(columns.Select(Header));
        AppendLine(widths.Select(width => new string('─', width)));
        for (var i = 0; i < rows; i++)
            AppendLine(columns.Select(column => OneLine(Cell(column, i))));
        foreach (var line in notes)
            text.Append(line).Append('\n');
        return text.ToString().TrimEnd('\n');

        void AppendLine(IEnumerable<string> cells) => text.Append(string.Join("  ", cells.Select((cell, c) =>
            columns[c].IsNumber ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))).TrimEnd()).Append('\n');
    }

    private static string Header(TableColumn column) => column.Header.Replace('\n', ' ');

    private static string OneLine(string cell) => ShortText.Of(cell.Replace('\n', ' '), WidestTextCell);
}
