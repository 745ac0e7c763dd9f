using System.Text;

namespace Urial;

/// <summary>
/// Draws columns as an HTML table and as plain text. No column is cut at the edge of a page: headings and texts wrap, and where numbers
/// with their intervals would be too wide side by side, the intervals stand on a line of their own.
/// </summary>
internal static class TableView
{
    private const int PageWidth = 800; // pixels: what VS Code and GitHub leave a notebook's output, less border and padding
    private const double Letter = 8.8; // pixels of a digit in the sheet's type
    private const int Padding = 12; // pixels of a cell, both sides
    private const int WrapsAbove = 14; // characters
    private const int IsLongAbove = 32; // characters

    private static readonly string Sheet = string.Concat(
        "<style>",
        Css.DarkHosts,
        $".urial-table{{display:inline-block;max-width:100%;overflow-x:auto;box-sizing:border-box;padding:8px 12px;background:{Css.Paper};",
        $"color:{Css.Ink};border:1px solid {Css.Grid};border-radius:6px;font:14px/1.5 {Css.Font}}}",
        ".urial-table p{margin:2px 0 6px;background:none;color:inherit}",
        ".urial-table table{border-collapse:collapse;margin:0;font-size:inherit}",
        $".urial-table th,.urial-table td{{padding:3px 6px;border:0;border-bottom:1px solid {Css.Grid};background:{Css.Paper};",
        $"color:{Css.Ink};",
        "text-align:left;vertical-align:top;white-space:pre;max-width:none;font-variant-numeric:tabular-nums}",
        $".urial-table thead :is(th,td){{border-bottom:2px solid {Css.Ink};vertical-align:bottom;white-space:normal}}",
        ".urial-table .r{text-align:right}.urial-table .v{white-space:pre-wrap;min-width:min(7em,22vw)}",
        ".urial-table .w{white-space:pre-wrap;overflow-wrap:anywhere;min-width:min(14em,30vw)}",
        $".urial-table .i{{color:{Css.Muted};font-size:12px}}.urial-table .n{{color:{Css.Muted};font-size:13px}}",
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
        return new HtmlView(Html(columns, rows, caption, notes, kind), TableText.Of(columns, rows, caption, notes));
    }

    private static string Html(IReadOnlyList<TableColumn> columns, int rows, string? caption, List<string> notes, string? kind)
    {
        var broken = columns.Sum(column => Width(column, rows)) > PageWidth;
        var html = new StringBuilder("<div>").Append(Sheet).Append("<div class=\"urial-table\">\n");
        if (caption is not null)
            html.Append($"<p><b>{Markup.Html(caption)}</b></p>\n");
        html.Append(kind is null ? "<table><thead><tr>" : $"<table class=\"{kind}\"><thead><tr>");
        foreach (var column in columns)
            html.Append(column.Header.Length > 0 ? $"<th{Side(column)}>{Heading(column)}</th>" : "<td></td>");
        html.Append("</tr></thead><tbody>\n");
        for (var row = 0; row < rows; row++)
        {
            html.Append("<tr>");
            foreach (var column in columns)
                html.Append($"<td{Side(column, column.Cell(row))}>{Cell(column, row, broken)}</td>");
            html.Append("</tr>\n");
        }
        html.Append("</tbody></table>\n");
        foreach (var line in notes)
            html.Append($"<p class=\"n\">{Markup.Html(line)}</p>\n");
        return html.Append("</div></div>").ToString();
    }

    // The attribute beside the class: GitHub keeps it where it strips styles.
    private static string Side(TableColumn column, string cell = "") =>
        column.IsNumber ? " class=\"r\" align=\"right\"" : Longest(cell) switch
        {
            > IsLongAbove => " class=\"w\"",
            > WrapsAbove => " class=\"v\"",
            _ => "",
        };

    // "n = 312" and "shifted %" are not torn where a heading wraps.
    private static string Heading(TableColumn column) => Markup.Html(column.Header.Replace('\n', ' ')
        .Replace(" = ", "\u00a0=\u00a0", StringComparison.Ordinal).Replace(" %", "\u00a0%", StringComparison.Ordinal));

    private static string Cell(TableColumn column, int row, bool broken)
    {
        var (value, interval) = column.Parts(row);
        var html = column.IsNumber && value.IndexOf('\n') is > 0 and var end
            ? Markup.Html(value[..end]) + Small("<br>", value[(end + 1)..]) : Css.Lines(value);
        return html + Small(broken ? "<br>" : " ", interval) + Small("<br>", column.Note(row));

        static string Small(string before, string text) => text.Length == 0 ? "" : $"{before}<span class=\"i\">{Css.Lines(text)}</span>";
    }

    /// <summary>About how wide a column is that breaks no number; its texts and its heading wrap.</summary>
    private static double Width(TableColumn column, int rows)
    {
        var cells = Enumerable.Range(0, rows).Select(row => Longest(column.Cell(row))).DefaultIfEmpty(0).Max();
        if (!column.IsNumber)
            cells = Math.Min(cells, IsLongAbove / 2);
        return Padding + Letter * Math.Max(cells, column.Header.Split(' ', '\n').Max(word => word.Length));
    }

    private static int Longest(string text) => text.Split('\n').Max(line => line.Length);
}
