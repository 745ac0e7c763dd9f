using System.Globalization;

namespace Urial;

/// <summary>
/// Draws items as rows: numbers and estimates flush right, each estimate with its interval, and their n where it is said shortest.
/// </summary>
internal static class ItemTable
{
    public static HtmlView Of(
        IReadOnlyList<string> names, IReadOnlyList<(string Header, IReadOnlyList<object?> Cells)> columns, string? caption,
        string corner, int digits, string units)
    {
        (string Header, IReadOnlyList<object?> Cells)[] all = [.. columns.SelectMany(Apart)];
        var estimates = all.SelectMany(column => column.Cells).OfType<Estimate>().ToArray();
        var place = PlaceOfN(all, estimates);
        List<TableColumn> drawn = [.. all.Select(column => Column(column.Header, column.Cells, digits, place))];
        if (place == Place.Row)
            drawn.Add(new TableColumn("n", [.. names.Select((_, row) => RowOf(all, row).FirstOrDefault() is { } first
                ? Numbers.Count(first.N) : "—")], IsNumber: true));
        return TableView.Of([new TableColumn(corner, names), .. drawn], caption, note: estimates.Length == 0 ? null
            : $"In brackets: {Numbers.Percent(estimates[0].Interval.Level, 0)} bootstrap intervals over {units}"
                + $"{(place == Place.Table ? $", n = {Numbers.Count(estimates[0].N)}" : "")}.");
    }

    private enum Place
    {
        Table,
        Column,
        Row,
        Cell,
    }

    private static Place PlaceOfN((string, IReadOnlyList<object?> Cells)[] columns, Estimate[] all) =>
        Same(all) ? Place.Table
        : columns.All(column => Same(column.Cells.OfType<Estimate>())) ? Place.Column
        : Enumerable.Range(0, columns.Max(column => column.Cells.Count)).All(row => Same(RowOf(columns, row))) ? Place.Row
        : Place.Cell;

    private static bool Same(IEnumerable<Estimate> estimates) => estimates.Select(estimate => estimate.N).Distinct().Count() <= 1;

    private static IEnumerable<Estimate> RowOf((string, IReadOnlyList<object?> Cells)[] columns, int row) =>
        columns.Select(column => column.Cells[row]).OfType<Estimate>();

    /// <summary>A column of numbers with and without answers that did not end becomes two, unless all ended.</summary>
    private static IEnumerable<(string, IReadOnlyList<object?>)> Apart((string Header, IReadOnlyList<object?> Cells) column)
    {
        if (!column.Cells.Any(cell => cell is BothWays))
            return [column];
        (string, IReadOnlyList<object?>) whole = (column.Header, [.. column.Cells.Select(cell => cell is BothWays both ? both.All : cell)]);
        return column.Cells.Any(cell => cell is BothWays { NotEnded: > 0 })
            ? [whole, ($"{column.Header}, {ShareRow.EndedOnly}", [.. column.Cells.Select(Ended)])]
            : [whole];

        static object? Ended(object? cell) => cell is BothWays both ? both.NotEnded == 0 ? both.All : both.Ended : cell;
    }

    private static TableColumn Column(string header, IReadOnlyList<object?> cells, int digits, Place place)
    {
        var n = cells.OfType<Estimate>().FirstOrDefault()?.N;
        return new TableColumn(
            place == Place.Column && n is { } number ? $"{header}, n = {Numbers.Count(number)}" : header,
            [.. cells.Select(Cell)],
            IsNumber: cells.All(cell => cell is null or Estimate or double or float or int or long));

        string Cell(object? cell) => cell switch
        {
            null => "—",
            Estimate estimate => $"{Numbers.Fixed(estimate.Value, digits)} "
                + $"[{Numbers.Fixed(estimate.Interval.Low, digits)}, {Numbers.Fixed(estimate.Interval.High, digits)}]"
                + (place == Place.Cell ? $" n={Numbers.Count(estimate.N)}" : ""),
            double or float => Numbers.Fixed(Convert.ToDouble(cell, CultureInfo.InvariantCulture), digits),
            int or long => Numbers.Count(Convert.ToInt64(cell, CultureInfo.InvariantCulture)),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => cell.ToString() ?? "",
        };
    }
}
