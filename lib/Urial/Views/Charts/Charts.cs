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

    /// <summary>Rows with one dot for each item and its interval: <c>Charts.Dots(judges, aspects, (judge, aspect) => …)</c>.</summary>
    /// <param name="items">Arms, judges or other items, by their own names; at most seven.</param>
    /// <param name="rows">The rows, top to bottom, by their own names.</param>
    /// <param name="value">An item's estimate in a row; null where it has none.</param>
    /// <param name="xTitle">What is measured, with its unit.</param>
    /// <param name="title">The title.</param>
    /// <param name="line">Where a dashed line stands, such as 0 for differences; null: none.</param>
    /// <param name="digits">Decimals in words and hover texts.</param>
    /// <exception cref="ArgumentException">There is nothing to draw, or too much.</exception>
    public static Figure Dots<TItem, TRow>(
        IEnumerable<TItem> items, IEnumerable<TRow> rows, Func<TItem, TRow, Estimate?> value, string xTitle, string title,
        double? line = null, int digits = 2)
    {
        TRow[] drawn = [.. rows];
        return DotsChart.Of(
            [.. ScoreCharts.Few([.. items]).Select(item => DotSeries.Of(Names.Of(item), drawn.Select(row => value(item, row))))],
            [.. drawn.Select(Names.Of)], xTitle, title, digits, line: line);
    }

    /// <summary>Two estimates a row, joined by a line, with their intervals; their paired difference beside.</summary>
    /// <param name="rows">The rows, top to bottom, by their own names.</param>
    /// <param name="first">What the one is called, and the one.</param>
    /// <param name="second">What the other is called, and the other.</param>
    /// <param name="xTitle">What is measured, with its unit.</param>
    /// <param name="title">The title.</param>
    /// <param name="difference">The first less the second, paired; null: none is shown.</param>
    /// <param name="digits">Decimals.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static Figure Dumbbells<T>(
        IEnumerable<T> rows, (string Name, Func<T, Estimate> Of) first, (string Name, Func<T, Estimate> Of) second, string xTitle,
        string title, Func<T, Estimate>? difference = null, int digits = 2) =>
        DumbbellChart.Of(
            NotEmpty([.. rows.Select(row => new DumbbellRow(Names.Of(row), first.Of(row), second.Of(row), difference?.Invoke(row)))]),
            first.Name, second.Name, xTitle, title, digits);

    /// <summary>Two orders of the same items, highest first, joined by lines; equal means share a place.</summary>
    /// <param name="items">Arms or other items, by their own names.</param>
    /// <param name="left">What the left order is called, and the mean that makes it.</param>
    /// <param name="right">What the right order is called, and the mean that makes it.</param>
    /// <param name="title">The title.</param>
    /// <param name="digits">Decimals.</param>
    /// <exception cref="ArgumentException">There are no items.</exception>
    public static Figure Slopes<T>(
        IEnumerable<T> items, (string Name, Func<T, Estimate> Of) left, (string Name, Func<T, Estimate> Of) right, string title,
        int digits = 2) =>
        SlopeChart.Of(NotEmpty([.. items.Select(item => (Names.Of(item), left.Of(item), right.Of(item)))]), left.Name, right.Name, title,
            digits);

    /// <summary>Differences as coloured cells with signed numbers; those whose interval holds 0 are grey and in brackets.</summary>
    /// <param name="rows">The rows, top to bottom, by their own names.</param>
    /// <param name="columns">The columns, left to right, by their own names.</param>
    /// <param name="value">A difference with its interval.</param>
    /// <param name="unit">The differences' unit.</param>
    /// <param name="title">The title.</param>
    /// <param name="digits">Decimals.</param>
    /// <exception cref="ArgumentException">There are no rows or no columns.</exception>
    public static Figure Matrix<TRow, TColumn>(
        IEnumerable<TRow> rows, IEnumerable<TColumn> columns, Func<TRow, TColumn, Estimate> value, string unit, string title,
        int digits = 2)
    {
        var (down, across) = (NotEmpty([.. rows]), NotEmpty([.. columns]));
        return MatrixChart.Of([.. down.Select(Names.Of)], [.. across.Select(Names.Of)], (r, c) => value(down[r], across[c]), unit, title,
            digits);
    }

    internal static IReadOnlyList<T> NotEmpty<T>(IReadOnlyList<T> items) =>
        items.Count > 0 ? items : throw new ArgumentException("There is nothing to draw.", nameof(items));
}
