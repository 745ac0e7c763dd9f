namespace Urial;

/// <summary>How much of a sum sits in how few positions.</summary>
internal static class ConcentrationChart
{
    public static Figure Of(IReadOnlyList<(string Name, IReadOnlyList<ConcentrationPoint> Points)> curves, string title)
    {
        List<Curve> lines = [.. curves.Select(curve => new Curve(curve.Name,
            [.. curve.Points.Select(point =>
                new CurvePoint(100 * point.Positions, 100 * point.Share.Value, Percent(point.Share.Interval)))]))];
        lines.Add(new Curve("spread evenly", [new CurvePoint(0, 0), new CurvePoint(100, 100)]));
        return CurvesChart.Plain(lines, "most shifted tokens (% of all)", "their share of the summed KL (%)", title, yRange: (0, 102),
            place: "a cut (%) of");
    }

    private static Interval Percent(Interval interval) => new(100 * interval.Low, 100 * interval.High, interval.Level);
}
