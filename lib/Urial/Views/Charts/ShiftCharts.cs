namespace Urial;

/// <summary>Charts of token distribution shift, from value objects and in one theme. Units stand at every axis.</summary>
public static class ShiftCharts
{
    /// <summary>
    /// Stacked bars of the three classes for several conditions, with intervals at the seams and the numbers beside them.
    /// </summary>
    /// <param name="rows">Top to bottom; ours and published ones. Rows that are differences stand in tables only.</param>
    /// <param name="title">The title.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static Figure Shares(IReadOnlyList<ShareRow> rows,
        string title = "How many tokens of aligned answers would the base model have chosen?") =>
        SharesChart.Of(Charts.NotEmpty([.. rows.Where(row => !row.IsDifference)]), title);

    /// <summary>The share of a class beside the share that the prompt alone makes, two dots a row, with the paired difference.</summary>
    /// <param name="rows">Top to bottom; <see cref="ControlledShare.ByGroup"/> makes them.</param>
    /// <param name="title">The title.</param>
    /// <param name="what">What share it is.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static Figure AgainstControl(IReadOnlyList<ControlledShare> rows, string title, string what = "shifted tokens") =>
        Charts.Dumbbells(rows, ("weights and prompt", row => Percent(row.Pair)), ("prompt alone", row => Percent(row.PromptAlone)),
            $"{what} (% of the row's tokens), with 95 % interval over queries", title, row => Percent(row.Difference), 1);

    /// <summary>The classes under one prompt after the other, with bands for the positions that change their class.</summary>
    /// <param name="flow">The classes and where positions go.</param>
    /// <param name="title">The title.</param>
    public static Figure Flow(ClassFlow flow, string title) => FlowChart.Of(flow, title);

    /// <summary>A drawing of how one token gets its class: the aligned model writes it, the base model ranks it.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="position">0-based position in it, not the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">The answer has no such position, or nothing stands before it.</exception>
    public static Figure Sketch(ShiftedAnswer answer, int position) => SketchChart.Of(answer, position);

    /// <summary>Both models' most probable tokens at one position, side by side.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="position">0-based position in it.</param>
    /// <param name="top">How many tokens of each model.</param>
    /// <param name="title">The title; null: one that names the position and its token.</param>
    /// <exception cref="ArgumentOutOfRangeException">The answer has no such position.</exception>
    public static Figure Position(ShiftedAnswer answer, int position, int top = 6, string? title = null) =>
        PositionChart.Of(answer, position, top, title);

    /// <summary>KL(aligned‖base) at one position, term by term, from the two probabilities of each token.</summary>
    /// <param name="terms">The terms; <see cref="KlTerm.At"/> makes them from an answer.</param>
    /// <param name="title">The title; null: one that names the sum.</param>
    /// <exception cref="ArgumentException">There are no terms.</exception>
    public static Figure KlTerms(IReadOnlyList<KlTerm> terms, string? title = null) => KlTermsChart.Of(Charts.NotEmpty(terms), title);

    /// <summary>KL(aligned‖base) at one position of an answer, term by term.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The answer has no such position.</exception>
    public static Figure KlTerms(ShiftedAnswer answer, int position, string? title = null) => KlTerms(KlTerm.At(answer, position), title);

    /// <summary>
    /// Lines over the position in the answer, with their intervals, above the number of answers that reach each position.
    /// </summary>
    /// <param name="curves">The lines; <see cref="Curve.ByPosition"/> makes them from answers.</param>
    /// <param name="yTitle">What they measure, with its unit: <c>KL(aligned‖base) (nats)</c>.</param>
    /// <param name="title">The title.</param>
    /// <param name="logarithmic">Whether the vertical axis is logarithmic, as base ranks want it.</param>
    /// <exception cref="ArgumentException">There are no curves.</exception>
    public static Figure ByPosition(IReadOnlyList<Curve> curves, string yTitle, string title, bool logarithmic = false) =>
        CurvesChart.ByPosition(Charts.NotEmpty(curves), yTitle, title, logarithmic);

    /// <summary>Precision and recall of "base rank above the threshold", over the threshold.</summary>
    /// <param name="points">
    /// The points; <see cref="ShiftDetection.Of"/> makes them. Threshold 0 flags everything and is left of a logarithmic axis, so it is
    /// left out.
    /// </param>
    /// <param name="title">The title.</param>
    /// <param name="atLeast">Thresholds that flag fewer positions are left out: a precision of three tokens says little.</param>
    /// <exception cref="ArgumentException">There are no points above threshold 0 that flag enough.</exception>
    public static Figure Thresholds(IReadOnlyList<ThresholdPoint> points,
        string title = "How well does the base rank tell what a token is?", int atLeast = 1) =>
        ThresholdsChart.Of(Charts.NotEmpty([.. points.Where(point => point.Threshold > 0 && point.Flagged >= atLeast)]), title);

    /// <summary>What share of the sum sits in the most shifted positions; the diagonal is what an even spread would give.</summary>
    /// <param name="curves">For each name the points of <see cref="ShiftConcentration.Of"/>.</param>
    /// <param name="title">The title.</param>
    /// <exception cref="ArgumentException">There are no curves.</exception>
    public static Figure Concentration(
        IReadOnlyList<(string Name, IReadOnlyList<ConcentrationPoint> Points)> curves,
        string title = "How much of the divergence sits in how few tokens?") =>
        ConcentrationChart.Of(Charts.NotEmpty(curves), title);

    /// <summary>The tokens that were shifted most often, coloured and marked by label.</summary>
    /// <param name="tokens">The tokens in order; <see cref="ShiftedToken.Of"/> counts them.</param>
    /// <param name="count">How many are drawn.</param>
    /// <param name="title">The title.</param>
    /// <exception cref="ArgumentException">There are no tokens.</exception>
    public static Figure MostShifted(IReadOnlyList<ShiftedToken> tokens, int count = 15, string title = "The most shifted tokens") =>
        MostShiftedChart.Of(Charts.NotEmpty(tokens), count, title);

    private static Estimate Percent(Estimate share) => new(
        100 * share.Value, new Interval(100 * share.Interval.Low, 100 * share.Interval.High, share.Interval.Level), share.N);
}
