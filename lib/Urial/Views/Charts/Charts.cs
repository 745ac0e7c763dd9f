namespace Urial;

/// <summary>
/// Charts of any numbers, in one theme; those of shifts and of scores: <see cref="ShiftCharts"/>, <see cref="ScoreCharts"/>.
/// </summary>
public static class Charts
{
    /// <summary>One estimate for each condition as a dot with its interval.</summary>
    /// <param name="rows">Conditions, top to bottom.</param>
    /// <param name="xTitle">What is measured, with its unit.</param>
    /// <param name="title">The title.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static Figure Estimates(IReadOnlyList<(string Name, Estimate Value)> rows, string xTitle, string title) =>
        EstimatesChart.Of(NotEmpty(rows), xTitle, title);

    /// <summary>One estimate for each item.</summary>
    /// <param name="items">Arms or other items, top to bottom.</param>
    /// <param name="value">An item's estimate: <c>arm => arm.Words</c>.</param>
    /// <param name="xTitle">What is measured, with its unit.</param>
    /// <param name="title">The title.</param>
    /// <param name="name">What an item is called; null: its own name.</param>
    /// <exception cref="ArgumentException">There are no items.</exception>
    public static Figure Estimates<T>(IEnumerable<T> items, Func<T, Estimate> value, string xTitle, string title,
        Func<T, string>? name = null) =>
        Estimates([.. items.Select(item => ((name ?? Names.Of).Invoke(item), value(item)))], xTitle, title);

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
        return Estimates(
            [.. rows.SelectMany(row => conditions.Select(column => ($"{Names.Of(row)}, {Names.Of(column)}", value(row, column))))], xTitle,
            title);
    }

    /// <summary>Points of two numbers, one measured against the other, with the line on which they would agree.</summary>
    /// <param name="points">The points.</param>
    /// <param name="xTitle">What X is, with its unit.</param>
    /// <param name="yTitle">What Y is, with its unit.</param>
    /// <param name="title">The title.</param>
    /// <exception cref="ArgumentException">There are no points.</exception>
    public static Figure Against(IReadOnlyList<(double X, double Y)> points, string xTitle, string yTitle, string title) =>
        AgainstChart.Of(NotEmpty(points), xTitle, yTitle, title);

    /// <summary>Lines over the tokens seen in training.</summary>
    /// <param name="curves">The lines; X counts tokens.</param>
    /// <param name="yTitle">What they measure, with its unit.</param>
    /// <param name="title">The title.</param>
    /// <param name="xTitle">What X counts, with its unit.</param>
    /// <exception cref="ArgumentException">There are no curves.</exception>
    public static Figure Training(
        IReadOnlyList<Curve> curves, string yTitle = "loss (nats per token)", string title = "Training", string xTitle = "tokens seen") =>
        CurvesChart.Plain(NotEmpty(curves), xTitle, yTitle, title);

    /// <summary>Lines of few points, each point marked, with their intervals.</summary>
    /// <param name="curves">The lines.</param>
    /// <param name="xTitle">What X counts, with its unit.</param>
    /// <param name="yTitle">What they measure, with its unit.</param>
    /// <param name="title">The title.</param>
    /// <exception cref="ArgumentException">There are no curves.</exception>
    public static Figure Lines(IReadOnlyList<Curve> curves, string xTitle, string yTitle, string title) =>
        CurvesChart.Plain(NotEmpty(curves), xTitle, yTitle, title, marks: true);

    /// <summary>Measured qualities with intervals beside the targets they were to reach.</summary>
    /// <exception cref="ArgumentException">There are no bars.</exception>
    public static Figure Quality(IReadOnlyList<MeasuredQuality> bars, string title = "Measured quality and its targets") =>
        QualityChart.Of(NotEmpty(bars), title);

    internal static IReadOnlyList<T> NotEmpty<T>(IReadOnlyList<T> items) =>
        items.Count > 0 ? items : throw new ArgumentException("There is nothing to draw.", nameof(items));
}
