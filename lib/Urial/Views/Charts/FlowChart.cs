using Plotly.NET;

namespace Urial;

/// <summary>The classes under one condition after the other as stacked bars, with bands for positions from class to class.</summary>
internal static class FlowChart
{
    private const double HalfBar = 0.17; // of the distance between two bars

    private static readonly ShiftClass[] Classes = [ShiftClass.Unshifted, ShiftClass.Marginal, ShiftClass.Shifted];

    public static Figure Of(ClassFlow flow, string title)
    {
        var places = Enumerable.Range(0, flow.Conditions.Count).ToArray();
        var traces = places.SkipLast(1).SelectMany(step => Bands(flow, step)).Concat(Classes.Select(shift => Bars(flow, shift)));
        var layout = Plot.Layout(
            ("annotations", places.SkipLast(1).SelectMany(step => Counts(flow, step)).ToArray()),
            ("barmode", "stack"),
            ("xaxis", Plot.Axis("the same answers, read under one prompt after the other", ("tickvals", places), ("showgrid", false),
                ("ticktext", flow.Conditions.Select(name => Plot.Label(name)).ToArray()),
                ("range", new[] { -0.4, places.Length - 0.6 }))),
            ("yaxis", Plot.Axis("share of answer tokens (%)", ("range", new[] { 0, 100 }))));
        var words = places.Select(i => $"{flow.Conditions[i]}: " + string.Join(", ", Classes.Select(shift =>
            $"{shift.Name()} {Numbers.Count(flow.Count(i, shift))} = {Numbers.Percent(Share(flow, flow.Count(i, shift)))}"))
            + $"; n = {Numbers.Count(flow.Positions)} tokens."
            + (i + 1 < places.Length ? $" To {flow.Conditions[i + 1]}: " + string.Join(", ", Classes.SelectMany(before => Classes
                .Where(after => after != before).Select(after => $"{before.Name()} → {after.Name()} "
                    + Numbers.Count(flow.Moved(i, before, after))))) + "." : ""));
        return new Figure(Plot.Chart(layout, traces), title, string.Join("\n", words), 1000, 560);
    }

    private static double Share(ClassFlow flow, int count) => (double)count / flow.Positions;

    private static Trace Bars(ClassFlow flow, ShiftClass shift)
    {
        var counts = flow.Conditions.Select((_, i) => flow.Count(i, shift)).ToArray();
        return Plot.Trace("bar",
            ("name", Markup.Plotly($"{shift.Name()} ({Theme.Ranks(shift)})")),
            ("showlegend", true),
            ("x", Enumerable.Range(0, counts.Length).ToArray()),
            ("y", counts.Select(count => 100 * Share(flow, count)).ToArray()),
            ("width", 2 * HalfBar),
            ("text", counts.Select(count => Share(flow, count) < 0.04 ? "" : Numbers.Fixed(100 * Share(flow, count), 1)).ToArray()),
            ("textposition", "inside"),
            ("insidetextanchor", "middle"),
            ("textangle", 0),
            ("constraintext", "none"),
            ("textfont", Plot.Object(("size", Theme.FontSize - 2), ("color", shift == ShiftClass.Marginal ? Theme.Ink : "#ffffff"))),
            ("customdata", counts.Select((count, i) => Markup.Plotly($"{flow.Conditions[i]}: {shift.Name()} {Numbers.Count(count)} "
                + $"of {Numbers.Count(flow.Positions)} = {Numbers.Percent(Share(flow, count))}")).ToArray()),
            ("hovertemplate", "%{customdata}<extra></extra>"),
            ("marker", Plot.Object(("color", Theme.Color(shift)), ("line", Plot.Object(("color", Theme.Paper), ("width", 1))),
                ("pattern", Plot.Object(("shape", shift switch { ShiftClass.Marginal => ".", ShiftClass.Shifted => "/", _ => "" }),
                    ("fillmode", "overlay"), ("fgcolor", "#ffffff"), ("fgopacity", 0.35), ("size", 6), ("solidity", 0.25))))));
    }

    private static IEnumerable<Trace> Bands(ClassFlow flow, int step)
    {
        // What changes its class is drawn over what keeps it.
        foreach (var (before, after) in Pairs.OrderBy(pair => pair.Before != pair.After))
            if (flow.Moved(step, before, after) is > 0 and var count)
            {
                var (left, right) = Foot(flow, step, before, after);
                var (x0, x1) = (step + HalfBar, step + 1 - HalfBar);
                yield return Plot.Trace("scatter",
                    ("mode", "lines"),
                    ("fill", "toself"),
                    ("hoveron", "fills"),
                    ("showlegend", false),
                    ("name", ""),
                    ("x", new[] { x0, x1, x1, x0, x0 }),
                    ("y", new[] { left, right, right + count, left + count, left }.Select(at => 100 * Share(flow, at)).ToArray()),
                    ("text", Markup.Plotly($"{flow.Conditions[step]} {before.Name()} → {flow.Conditions[step + 1]} {after.Name()}: "
                        + $"{Numbers.Count(count)} tokens")),
                    ("hoverinfo", "text"),
                    ("fillcolor", Theme.Tint(before)),
                    ("line", Plot.Object(("color", before == after ? Theme.Tint(before) : Theme.Color(before)), ("width", 1),
                        ("dash", before == after ? "solid" : "dot"))));
            }
    }

    /// <summary>The counts of changes whose bands have room for them.</summary>
    private static IEnumerable<DynamicObj.DynamicObj> Counts(ClassFlow flow, int step) => Pairs
        .Where(pair => pair.Before != pair.After && Share(flow, flow.Moved(step, pair.Before, pair.After)) >= 0.03)
        .Select(pair =>
        {
            var (left, right) = Foot(flow, step, pair.Before, pair.After);
            var count = flow.Moved(step, pair.Before, pair.After);
            return Plot.Note(step + 0.5, 50 * Share(flow, left + right + count),
                $"{Numbers.Count(count)} tokens", "x", anchor: "center");
        });

    private static IEnumerable<(ShiftClass Before, ShiftClass After)> Pairs =>
        Classes.SelectMany(before => Classes.Select(after => (before, after)));

    /// <summary>
    /// How many tokens lie below a band at its two ends: left, the bands of a class are stacked by where they go; right, by where they come
    /// from; so none crosses its bar's seams.
    /// </summary>
    private static (int Left, int Right) Foot(ClassFlow flow, int step, ShiftClass before, ShiftClass after)
    {
        return (Below(step, before) + Classes.TakeWhile(c => c != after).Sum(c => flow.Moved(step, before, c)),
            Below(step + 1, after) + Classes.TakeWhile(c => c != before).Sum(c => flow.Moved(step, c, after)));

        int Below(int condition, ShiftClass shift) => Classes.TakeWhile(c => c != shift).Sum(c => flow.Count(condition, c));
    }
}
