using Plotly.NET;

namespace Urial;

/// <summary>
/// Two orders of the same items, joined by lines. Equal means share a place and stand in one line of names; which way an item moves is told
/// by dash and mark, too.
/// </summary>
internal static class SlopeChart
{
    private const int RowHeight = 52;

    private static readonly (string Name, string Color, string Dash, string Symbol)[] Moves =
    [
        ("moves up", Theme.Series[0], "solid", "triangle-up"),
        ("moves down", Theme.Series[1], "dash", "triangle-down"),
        ("keeps its place", Theme.Muted, "dot", "circle"),
    ];

    public static Figure Of(IReadOnlyList<(string Name, Estimate Left, Estimate Right)> items, string left, string right, string title,
        int digits)
    {
        var leftPlaces = Places([.. items.Select(item => item.Left.Value)]);
        var rightPlaces = Places([.. items.Select(item => item.Right.Value)]);
        var traces = Moves.Select((move, kind) => Lines(move, [.. Enumerable.Range(0, items.Count).Where(i => Kind(i) == kind)]))
            .OfType<Trace>().ToArray();
        var notes = Labels(leftPlaces, item => item.Left, 0, "right").Concat(Labels(rightPlaces, item => item.Right, 1, "left"))
            .Append(Head(left, 0, "right")).Append(Head(right, 1, "left")).ToArray();
        var layout = Plot.Layout(
            ("xaxis", Plot.Object(("range", new[] { -0.04, 1.04 }), ("visible", false), ("fixedrange", true))),
            ("yaxis", Plot.Object(("range", new[] { items.Count + 0.5, -0.2 }), ("visible", false), ("fixedrange", true))),
            ("margin", Plot.Object(("l", 330), ("r", 330), ("b", 20))),
            ("annotations", notes));
        var words = $"{left}: {Order(leftPlaces, item => item.Left)}.\n{right}: {Order(rightPlaces, item => item.Right)}.";
        return new Figure(Plot.Chart(layout, traces), title, words, 1000, 130 + RowHeight * items.Count);

        int Kind(int item) => (rightPlaces[item].First - leftPlaces[item].First) switch { < 0 => 0, > 0 => 1, _ => 2 };

        Trace? Lines((string Name, string Color, string Dash, string Symbol) move, int[] drawn) => drawn.Length == 0 ? null
            : Plot.Trace("scatter",
                ("mode", "lines+markers"),
                ("name", move.Name),
                ("showlegend", true),
                ("x", drawn.SelectMany(_ => new double?[] { 0, 1, null }).ToArray()), // null lifts the pen
                ("y", drawn.SelectMany(i => new double?[] { leftPlaces[i].Middle, rightPlaces[i].Middle, null }).ToArray()),
                ("text", drawn.SelectMany(i => new[] { Hover(i, left, items[i].Left), Hover(i, right, items[i].Right), "" }).ToArray()),
                ("hovertemplate", "%{text}<extra></extra>"),
                ("line", Plot.Object(("color", move.Color), ("width", 3), ("dash", move.Dash))),
                ("marker", Plot.Object(("size", 11), ("symbol", move.Symbol), ("color", move.Color))));

        string Hover(int item, string side, Estimate of) => Markup.Plotly($"{items[item].Name}, {side}: {Written(of)}");

        string Written(Estimate of) => $"{Numbers.Fixed(of.Value, digits)} [{Numbers.Fixed(of.Interval.Low, digits)}, "
            + $"{Numbers.Fixed(of.Interval.High, digits)}]";

        IEnumerable<DynamicObj.DynamicObj> Labels((int First, double Middle)[] places,
            Func<(string Name, Estimate Left, Estimate Right), Estimate> of, double x, string anchor) =>
            Groups(places).Select(group => Plot.Note(x, group.Middle,
                $"{Ordinal(group)} {Markup.Plotly(string.Join(", ", group.Items.Select(i => items[i].Name)))}<br>"
                    + Plot.Small(Written(of(items[group.Items[0]]))), anchor: anchor, align: anchor));

        DynamicObj.DynamicObj Head(string text, double x, string anchor) =>
            Plot.Note(x, 0.1, $"<b>{Markup.Plotly(text)}</b>", anchor: anchor);

        string Order((int First, double Middle)[] places, Func<(string Name, Estimate Left, Estimate Right), Estimate> of) =>
            string.Join("; ", Groups(places).Select(group =>
                $"{Ordinal(group)} {string.Join(", ", group.Items.Select(i => items[i].Name))} {Written(of(items[group.Items[0]]))} "
                + $"n={Numbers.Count(of(items[group.Items[0]]).N)}"));
    }

    /// <summary>The place of each value, highest first, from 1: its rank, and the middle of those that share it.</summary>
    internal static (int First, double Middle)[] Places(IReadOnlyList<double> values) => [.. values.Select(value =>
    {
        var first = 1 + values.Count(other => Rounded(other) > Rounded(value));
        return (first, first + (values.Count(other => Rounded(other) == Rounded(value)) - 1) / 2.0);
    })];

    // Sums in another order differ in their last digits; that is no difference of place.
    private static double Rounded(double value) => Math.Round(value, 9);

    private static string Ordinal((int First, double Middle, int[] Items) group) =>
        group.Items.Length > 1 ? $"{group.First}.=" : $"{group.First}.";

    private static IEnumerable<(int First, double Middle, int[] Items)> Groups((int First, double Middle)[] places) =>
        places.Select((place, item) => (place, item)).GroupBy(pair => pair.place).OrderBy(group => group.Key.First)
            .Select(group => (group.Key.First, group.Key.Middle, group.Select(pair => pair.item).ToArray()));
}
