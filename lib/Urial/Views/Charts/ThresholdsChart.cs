namespace Urial;

/// <summary>Precision and recall over the rank threshold.</summary>
internal static class ThresholdsChart
{
    public static Figure Of(IReadOnlyList<ThresholdPoint> points, string title)
    {
        List<Curve> curves = [];
        Add("precision: of the tokens above, those sought", point => point.Precision);
        Add("recall: of the tokens sought, those above", point => point.Recall);
        return CurvesChart.Plain(curves, "flagged tokens: base rank above (log scale)", "share (with interval)", title, xLogarithmic: true,
            yRange: (0, 1.02), place: "threshold");

        void Add(string name, Func<ThresholdPoint, Estimate?> estimate)
        {
            var known = points.Where(point => estimate(point) is not null)
                .Select(point => new CurvePoint(point.Threshold, estimate(point)!.Value, estimate(point)!.Interval)).ToArray();
            if (known.Length > 0)
                curves.Add(new Curve(name, known));
        }
    }
}
