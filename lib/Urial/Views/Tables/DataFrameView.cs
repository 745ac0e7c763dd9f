using System.Globalization;
using Microsoft.Data.Analysis;

namespace Urial;

/// <summary>Draws a data frame: its first rows, numbers rounded and flush right.</summary>
internal static class DataFrameView
{
    public static HtmlView Of(DataFrame frame, int rows, string? caption, IReadOnlyList<string>? names)
    {
        var shown = (int)Math.Min(frame.Rows.Count, rows);
        var columns = names is null ? frame.Columns : names.Select(name => Named(frame, name));
        var left = frame.Rows.Count - shown;
        var more = $"… {Numbers.Count(left)} more {(left == 1 ? "row" : "rows")}, {Numbers.Count(frame.Rows.Count)} in all";
        return TableView.Of([.. columns.Select(column => Column(column, shown))], caption, note: left > 0 ? more : null);
    }

    private static DataFrameColumn Named(DataFrame frame, string name) =>
        frame.Columns.FirstOrDefault(column => column.Name == name) ?? throw new ArgumentException(
            $"The data frame has no column '{name}'; it has {string.Join(", ", frame.Columns.Select(column => column.Name))}.",
            nameof(name));

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
