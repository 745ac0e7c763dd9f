namespace Urial;

/// <summary>Estimates of items drawn as dots with their intervals and n.</summary>
public static class EstimateCharts
{
    /// <summary>One estimate for each item.</summary>
    /// <param name="items">Arms or other items, top to bottom.</param>
    /// <param name="value">An item's estimate: <c>arm => arm.Words</c>.</param>
    /// <param name="xTitle">What is measured, with its unit.</param>
    /// <param name="title">The title.</param>
    /// <param name="name">What an item is called; null: its own name.</param>
    /// <exception cref="ArgumentException">There are no items.</exception>
    public static Figure Of<T>(IEnumerable<T> items, Func<T, Estimate> value, string xTitle, string title, Func<T, string>? name = null) =>
        ShiftCharts.Estimates([.. items.Select(item => ((name ?? Names.Of).Invoke(item), value(item)))], xTitle, title);

    /// <summary>
    /// One estimate for each item under each condition, an item's conditions below each other: <c>refuses, before</c>,
    /// <c>refuses, after</c>.
    /// </summary>
    /// <param name="rows">The items, by their own names.</param>
    /// <param name="columns">The conditions, by their own names.</param>
    /// <param name="value">The estimate of an item under a condition.</param>
    /// <param name="xTitle">What is measured, with its unit.</param>
    /// <param name="title">The title.</param>
    /// <exception cref="ArgumentException">There are no items or no conditions.</exception>
    public static Figure Grid<TRow, TColumn>(
        IEnumerable<TRow> rows, IEnumerable<TColumn> columns, Func<TRow, TColumn, Estimate> value, string xTitle, string title)
    {
        TColumn[] conditions = [.. columns];
        return ShiftCharts.Estimates(
            [.. rows.SelectMany(row => conditions.Select(column => ($"{Names.Of(row)}, {Names.Of(column)}", value(row, column))))],
                xTitle, title);
    }
}
