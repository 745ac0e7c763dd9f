using System.Globalization;
using Microsoft.Data.Analysis;

namespace Urial;

/// <summary>Draws a data frame: its first rows, numbers rounded and flush right.</summary>
internal static class DataFrameView
{
    public static HtmlView Of(DataFrame frame, int rows, string? caption)
    {
        var shown = (int)Math.Min(frame.Rows.Count, rows);
        var columns = frame.Columns.Select(column => Column(column, shown)).ToList();
        return TableView.Of(columns, caption, frame.Rows.Count - shown);
    }

    private static TableColumn Column(DataFrameColumn column, int shown)
    {
        var values = Enumerable.Range(0, shown).Select(i => column[i]).ToArray();
        if (column.DataType == typeof(double) || column.DataType == typeof(float) || column.DataType == typeof(decimal))
            return TableColumn.OfNumbers(column.Name, [.. values.Select(value =>
                value is null ? (double?)null : Convert.ToDouble(value, CultureInfo.InvariantCulture))]);
        return new TableColumn(column.Name, [.. values.Select(Text)], column.IsNumericColumn());
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        bool b => b ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
