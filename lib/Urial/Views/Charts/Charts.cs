namespace Urial;

/// <summary>Charts of any numbers, in one theme; those of shifts and of scores: <see cref="ShiftCharts"/>, <see cref="ScoreCharts"/>.</summary>
public static class Charts
{
    /// <summary>One estimate for each condition as a dot with its interval.</summary>
    /// <param name="rows">Conditions, top to bottom.</param>
    /// <param name="xTitle">What is measured, with its unit.</param>
    /// <param name="title">The title.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static Figure Estimates(IReadOnlyList<(string Name, Estimate Value)> rows, string xTitle, string title) =>
        EstimatesChart.Of(NotEmpty(rows), xTitle, title);

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

    /// <summary>Measured qualities with intervals beside the targets they were to reach.</summary>
    /// <exception cref="ArgumentException">There are no bars.</exception>
    public static Figure Quality(IReadOnlyList<QualityBar> bars, string title = "Measured quality and its targets") =>
        QualityChart.Of(NotEmpty(bars), title);

    internal static IReadOnlyList<T> NotEmpty<T>(IReadOnlyList<T> items) =>
        items.Count > 0 ? items : throw new ArgumentException("There is nothing to draw.", nameof(items));
}
