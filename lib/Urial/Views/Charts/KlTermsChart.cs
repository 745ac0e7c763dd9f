namespace Urial;

/// <summary>KL(aligned‖base) at one position, term by term: the two probabilities on the left, what they add on the right.</summary>
internal static class KlTermsChart
{
    public static Figure Of(IReadOnlyList<KlTerm> terms, string? title)
    {
        var y = Enumerable.Range(0, terms.Count).ToArray();
        var sum = terms.Sum(term => term.Nats);
        var (low, high) = (Math.Min(0, terms.Min(term => term.Nats)), Math.Max(0.01, terms.Max(term => term.Nats)));
        var span = high - low;
        var traces = new[]
        {
            Probabilities("aligned model", Theme.Aligned, "", terms, term => term.Aligned, -0.19),
            Probabilities("base model", Theme.Base, "/", terms, term => term.Base, 0.19),
            Plot.Trace("bar",
                ("name", "term (nats)"),
                ("showlegend", false),
                ("orientation", "h"),
                ("x", terms.Select(term => term.Nats).ToArray()),
                ("y", y),
                ("xaxis", "x2"),
                ("width", 0.6),
                ("text", terms.Select(term => Numbers.Signed(term.Nats, 3)).ToArray()),
                ("textposition", "outside"),
                ("cliponaxis", false),
                ("hovertext", terms.Select(term => Plot.Hover(term.Token, $"{Numbers.Signed(term.Nats, 3)} nats")).ToArray()),
                ("hoverinfo", "text"),
                ("marker", Plot.Object(("color", terms.Select(term => term.Nats < 0 ? Theme.Series[5] : Theme.Series[0]).ToArray())))),
        };
        var layout = Plot.Layout(
            ("barmode", "overlay"),
            ("xaxis", Plot.Axis("probability (%)", ("domain", new[] { 0, 0.44 }), ("range", new[] { 0, 125 }),
                ("tickvals", new[] { 0, 25, 50, 75, 100 }))),
            ("xaxis2", Plot.Axis("P_aligned · ln(P_aligned / P_base) (nats)",
                ("domain", new[] { 0.54, 1.0 }), ("range", new[] { low - (low < 0 ? 0.3 : 0) * span, high + 0.25 * span }),
                ("anchor", "y"), ("zeroline", true), ("zerolinecolor", Theme.Ink))),
            ("yaxis", Plot.Rows(terms.Select(Name))));
        var words = string.Join("; ", terms.Select(term =>
            $"{term.Token}: aligned {Numbers.Percent(term.Aligned)}, base {Numbers.Percent(term.Base, 2)}, {Numbers.Fixed(term.Nats, 3)} "
                + "nats"));
        return new Figure(
            Plot.Chart(layout, traces),
            title ?? $"KL(aligned‖base) = {Numbers.Fixed(sum, 3)} nats, term by term",
            $"{words}. Sum: {Numbers.Fixed(sum, 3)} nats.", 980, 170 + Plot.RowHeight * terms.Count);
    }

    private static string Name(KlTerm term)
    {
        var name = Markup.Plotly(ShortText.Of(term.Token, 24));
        return term.Chosen ? $"<b>{name}</b> ◀" : name;
    }

    private static Plotly.NET.Trace Probabilities(
        string name, string color, string pattern, IReadOnlyList<KlTerm> terms, Func<KlTerm, double> share, double offset)
    {
        var x = terms.Select(share).ToArray();
        return Plot.Trace("bar",
            ("name", name),
            ("orientation", "h"),
            ("x", x.Select(p => 100 * p).ToArray()),
            ("y", Enumerable.Range(0, x.Length).Select(i => i + offset).ToArray()),
            ("width", 0.36),
            ("text", x.Select(p => Numbers.Percent(p)).ToArray()),
            ("textposition", "outside"),
            ("textfont", Plot.Object(("size", Theme.FontSize - 3))),
            ("cliponaxis", false),
            ("hovertext", terms.Select(term => Plot.Hover(term.Token, name, Numbers.Percent(share(term), 2))).ToArray()),
            ("hoverinfo", "text"),
            ("marker", Plot.Object(
                ("color", color),
                ("pattern", Plot.Object(("shape", pattern), ("fillmode", "overlay"), ("fgcolor", "#ffffff"), ("fgopacity", 0.5),
                    ("size", 7), ("solidity", 0.25))))));
    }
}
