using Plotly.NET;

namespace Urial;

/// <summary>
/// The values inside stacked bars of per cent: each where no error bar crosses it, and none where there is no room for it, since all
/// values stand beside the bars too.
/// </summary>
internal static class StackLabels
{
    private const double Room = 8.5; // per cent of a bar that a value takes
    private const double Clear = 0.8; // per cent on either side of an error bar

    /// <summary>The values of one part of every bar.</summary>
    /// <param name="part">Which part, from the left.</param>
    /// <param name="bars">For each bar its parts' values, and from where to where an error bar lies on it, all in per cent.</param>
    /// <param name="ink">The colour of the text.</param>
    public static Trace Of(int part, IReadOnlyList<(double[] Parts, IReadOnlyList<Interval> Whiskers)> bars, string ink)
    {
        var places = Enumerable.Range(0, bars.Count)
            .Select(bar => (Bar: bar, Middle: Middle(bars[bar].Parts[..part].Sum(), bars[bar].Parts[part], bars[bar].Whiskers)))
            .Where(place => place.Middle is not null).ToArray();
        return Plot.Trace("scatter",
            ("mode", "text"),
            ("showlegend", false),
            ("hoverinfo", "skip"),
            ("x", places.Select(place => place.Middle!.Value).ToArray()),
            ("y", places.Select(place => place.Bar).ToArray()),
            ("text", places.Select(place => Numbers.Fixed(bars[place.Bar].Parts[part], 1)).ToArray()),
            ("textposition", "middle center"),
            ("textfont", Plot.Object(("color", ink))));
    }

    /// <summary>The middle of the widest stretch that no error bar crosses; null where it is too narrow for a value.</summary>
    internal static double? Middle(double from, double width, IEnumerable<Interval> whiskers)
    {
        var (start, best, to) = (from, (From: from, To: from), from + width);
        foreach (var whisker in whiskers.OrderBy(whisker => whisker.Low))
        {
            Take(Math.Min(to, whisker.Low - Clear));
            start = Math.Max(start, whisker.High + Clear);
        }
        Take(to);
        return best.To - best.From >= Room ? (best.From + best.To) / 2 : null;

        void Take(double end)
        {
            if (end - start > best.To - best.From)
                best = (start, end);
        }
    }
}
