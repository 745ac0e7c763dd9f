using Plotly.NET;

namespace Urial;

/// <summary>Stacked bars of the three classes for several conditions.</summary>
internal static class SharesChart
{
    private const int Width = 1020;
    private const int Beside = 250; // pixels for the numbers beside the bars

    public static Figure Of(IReadOnlyList<ShareRow> rows, string title)
    {
        var labels = rows.Select(row => Plot.Label(row.Name, row.SourceIfOther)).ToArray();
        var y = Enumerable.Range(0, rows.Count).ToArray();
        ShiftClass[] classes = [ShiftClass.Unshifted, ShiftClass.Marginal, ShiftClass.Shifted];
        var traces = classes.Select(shift => Plot.Trace("bar",
            ("name", Markup.Plotly($"{shift.Name()} ({Theme.Ranks(shift)})")),
            ("orientation", "h"),
            ("x", rows.Select(row => 100 * row.Share(shift)).ToArray()),
            ("y", y),
            ("width", 0.62),
            ("hovertext", rows.Select(row => Hover(row, shift)).ToArray()),
            ("hoverinfo", "text"),
            ("marker", Plot.Object(
                ("color", Theme.Color(shift)),
                ("pattern", Pattern(shift)),
                ("line", Plot.Object(("color", Theme.Paper), ("width", 1))))))).ToList();
        // Each seam has its own height, so that the whiskers of neighbours never lie on each other.
        traces.Add(Seam(rows, ShiftClass.Unshifted, row => 100 * row.Share(ShiftClass.Unshifted), -0.14));
        traces.Add(Seam(rows, ShiftClass.Shifted, row => 100 * (1 - row.Share(ShiftClass.Shifted)), 0.14));
        var bars = rows.Select(row => (classes.Select(shift => 100 * row.Share(shift)).ToArray(), Whiskers(row))).ToArray();
        traces.AddRange(classes.Index().Select(part =>
            StackLabels.Of(part.Index, bars, part.Item == ShiftClass.Marginal ? Theme.Ink : "#ffffff")));
        var notes = rows.Select((row, i) => Plot.Note(1.01, i, Numbered(row))).ToArray();
        var layout = Plot.Layout(
            ("barmode", "stack"),
            ("xaxis", Plot.Axis("share of answer tokens (%)", ("range", new[] { 0, 100 }), ("ticksuffix", ""))),
            ("yaxis", Plot.Rows(labels)),
            ("margin", Plot.Object(("r", Beside))),
            ("annotations", notes));
        var words = rows.Select(row => $"{row.Name} ({row.Source}): "
            + string.Join(", ", classes.Select(
                shift => $"{shift.Name()} {Numbers.Percent(row.Share(shift))}{InBrackets(row.Interval(shift))}"))
            + (row.N.Length > 0 ? "; " + row.N : "") + ".");
        return new Figure(Plot.Chart(layout, traces), title, string.Join("\n", words), Width,
            Plot.Height(title, Width, Beside, labels, [.. classes.Select(shift => $"{shift.Name()} ({Theme.Ranks(shift)})")]));
    }

    private static IReadOnlyList<Interval> Whiskers(ShareRow row) =>
        [.. new[] { ShiftClass.Unshifted, ShiftClass.Shifted }.Where(shift => row.Interval(shift) is not null)
            .Select(shift => Percent(row.Interval(shift)!, shift == ShiftClass.Shifted))];

    private static string Hover(ShareRow row, ShiftClass shift) => Plot.Hover(row.Name, shift.Name(),
        $"{Numbers.Percent(row.Share(shift))}{InBrackets(row.Interval(shift))}", row.N, row.Source);

    private static Trace Seam(IReadOnlyList<ShareRow> rows, ShiftClass shift, Func<ShareRow, double> at, double offset)
    {
        var places = Enumerable.Range(0, rows.Count).Where(i => rows[i].Interval(shift) is not null).ToArray();
        var mirrored = shift == ShiftClass.Shifted;
        return Plot.Trace("scatter",
            ("mode", "markers"),
            ("showlegend", false),
            ("hoverinfo", "skip"),
            ("x", places.Select(i => at(rows[i])).ToArray()),
            ("y", places.Select(i => i + offset).ToArray()),
            ("marker", Plot.Object(("size", 1), ("color", Theme.Ink))),
            ("error_x", Plot.Whiskers([.. places.Select(i => (at(rows[i]), (Interval?)Percent(rows[i].Interval(shift)!, mirrored)))])));
    }

    private static Interval Percent(Interval interval, bool mirrored) => mirrored
        ? new Interval(100 * (1 - interval.High), 100 * (1 - interval.Low), interval.Level)
        : new Interval(100 * interval.Low, 100 * interval.High, interval.Level);

    private static string Numbered(ShareRow row)
    {
        var shares = string.Join(" · ", Enum.GetValues<ShiftClass>().Select(shift => Numbers.Fixed(100 * row.Share(shift), 1)));
        return row.N.Length > 0 ? $"{shares}<br>{Plot.Small(row.N)}" : shares;
    }

    private static DynamicObj.DynamicObj Pattern(ShiftClass shift) => Plot.Object(
        ("shape", shift switch { ShiftClass.Marginal => ".", ShiftClass.Shifted => "/", _ => "" }),
        ("fillmode", "overlay"),
        ("fgcolor", "#ffffff"),
        ("fgopacity", 0.35),
        ("size", 6),
        ("solidity", 0.25));

    private static string InBrackets(Interval? interval) => interval is null
        ? ""
        : $" [{Numbers.Fixed(100 * interval.Low, 1)}, {Numbers.Fixed(100 * interval.High, 1)}]";
}
