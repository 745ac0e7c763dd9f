using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>The charts of a run: shares, how KL and shift go along the answer, how answers differ, which tokens shift.</summary>
internal static class RunPageCharts
{
    private const int LongestCurve = 200; // positions
    private const int MostTokens = 15, MostKinds = 12;

    private static readonly ShiftClass[] Classes = [ShiftClass.Unshifted, ShiftClass.Marginal, ShiftClass.Shifted];

    /// <summary>The section.</summary>
    public static string Html(IReadOnlyList<ShiftedAnswer> answers)
    {
        var html = new StringBuilder("<section aria-labelledby=\"urial-charts\">\n<h2 id=\"urial-charts\">Charts</h2>\n<div "
            + "class=\"charts\">\n");
        html.Append(Shares("Which tokens would the base model have chosen?", Conditions(answers)));
        html.Append(Curve(answers, "KL(aligned‖base) along the answer", "mean KL (nats)", p => p.KlAlignedBase, 1, " nats"));
        html.Append(Curve(answers, "Shifted tokens along the answer", "shifted (%)", p => p.IsShifted ? 1 : 0, 100, " %"));
        html.Append(Histogram(answers));
        if (answers.Any(answer => answer.Kind is not null))
            html.Append(Shares("Shares by kind of question", [.. ShiftGroups.Shares(answers, ShiftGroups.Kind).Take(MostKinds)
                .Select(group => (group.Group, group.Shares, group.Positions, group.Answers))]));
        html.Append(Tokens(answers));
        return html.Append("</div>\n</section>\n").ToString();
    }

    private static List<(string Name, ShiftShares Shares, int Positions, int Answers)> Conditions(IReadOnlyList<ShiftedAnswer> answers)
    {
        var rows = new List<(string, ShiftShares, int, int)>();
        Add("all tokens", answers, true);
        Add("without end of sequence", answers, false);
        if (Endings.Divide(answers))
            Add("answers that ended", answers.ThatEnded(), true);
        return rows;

        void Add(string name, IReadOnlyList<ShiftedAnswer> some, bool withEos)
        {
            var table = new ShiftTable(some);
            if (table.Any(withEos) && table.Summary(withEos) is var summary)
                rows.Add((name, summary.Micro, summary.Positions, summary.Answers));
        }
    }

    private static string Shares(string title, IReadOnlyList<(string Name, ShiftShares Shares, int Positions, int Answers)> rows)
    {
        const double RowHeight = 52, Left = 4, Wide = SvgPlot.Width - 8;
        var svg = new StringBuilder("<defs><pattern id=\"urial-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
            + "patternTransform=\"rotate(45)\"><line class=\"hatch\" y2=\"6\"/></pattern></defs>");
        for (var i = 0; i < rows.Count; i++)
        {
            var (name, shares, positions, answers) = rows[i];
            var (x, y) = (Left, i * RowHeight + 20);
            svg.Append($"<text x=\"{Left}\" y=\"{SvgPlot.F(y - 5)}\">{Markup.Html(ShortText.Of(name, 28))}</text>");
            var numbers = Classes.Select(shift => $"{Theme.Glyph(shift)} {Percent(shares.Of(shift).Value)}".Trim());
            svg.Append($"<text x=\"{SvgPlot.F(Left + Wide)}\" y=\"{SvgPlot.F(y - 5)}\" text-anchor=\"end\">").AppendJoin(" · ", numbers)
                .Append("</text>");
            foreach (var shift in Classes)
            {
                var width = shares.Of(shift).Value * Wide;
                var place = $"x=\"{SvgPlot.F(x)}\" y=\"{SvgPlot.F(y)}\" width=\"{SvgPlot.F(width)}\" height=\"22\"";
                var shape = $"<rect class=\"{shift.Name()[0]}\" {place}/>"
                    + (shift == ShiftClass.Shifted ? $"<rect fill=\"url(#urial-hatch)\" {place}/>" : "");
                svg.Append(SvgPlot.Hit(shape, $"{name}: {shift.Name()} ({Theme.Ranks(shift)}) {Shown(shares.Of(shift))}, n = "
                    + $"{Numbers.Count(positions)} tokens of {Numbers.Count(answers)} answers"));
                x += width;
            }
        }
        string[] head = ["of which", .. Classes.Select(shift => shift.Name()), "tokens", "answers"];
        var words = $"{title.TrimEnd('?')}: the table below has the numbers.";
        return Figure(title, SvgPlot.Svg(words, rows.Count * RowHeight, svg.ToString()), head,
            rows.Select(row => (string[])[row.Name, .. Classes.Select(shift => Shown(row.Shares.Of(shift))),
                Numbers.Count(row.Positions), Numbers.Count(row.Answers)]),
            "Left to right: unshifted, marginal (○), shifted (▲, hatched); pooled over tokens.");
    }

    private static string Curve(IReadOnlyList<ShiftedAnswer> answers, string title, string axis, Func<PositionShift, double> value,
        double factor, string unit)
    {
        // A mean of very few answers says little; of very many, fewer resamples say as much.
        var (atLeast, resamples) = (Math.Min(10, Math.Max(1, answers.Count / 4)), answers.Count > 1000 ? 100 : 400);
        ShiftedAnswer[] reach = [.. answers.Where(answer => answer.Positions.Count > 0)];
        List<(double X, Estimate Value)> points = [];
        for (var t = 0; t < LongestCurve; t++)
        {
            double[] values = [.. reach.Where(a => a.Positions.Count > t).Select(a => factor * value(a.Positions[t]))];
            if (values.Length < atLeast)
                break;
            points.Add((t, Bootstrap.Mean(values, resamples)));
        }
        var last = points[^1].X;
        var plot = new SvgPlot(Math.Max(1, last), points.Max(point => point.Value.Interval.High));
        var ticks = Enumerable.Range(0, 5).Select(i => Math.Round(last * i / 4)).Distinct()
            .Select(at => (at, at.ToString("0", CultureInfo.InvariantCulture)));
        var svg = plot.Axes("position in the answer", axis, ticks).Line(points, Say).Svg($"{title}; the table below has the numbers.");
        return Figure(title, svg, ["position", axis, "answers"], points.Where((_, i) => i % Math.Max(1, points.Count / 20) == 0)
            .Select(point => new[] { SvgPlot.F(point.X), Both(point.Value), Numbers.Count(point.Value.N) }),
            $"Means with 95 % intervals over the answers that reach a position, as far as {Numbers.Count(atLeast)} do: later ones are of "
                + "fewer and of other answers.");

        string Say((double X, Estimate Value) point) =>
            $"position {SvgPlot.F(point.X)}: {Both(point.Value)}{unit}, n = {Numbers.Count(point.Value.N)} answers";

        string Both(Estimate mean)
        {
            var digits = factor > 1 ? 1 : 2;
            return $"{Numbers.Fixed(mean.Value, digits)} [{Numbers.Fixed(mean.Interval.Low, digits)}, "
                + $"{Numbers.Fixed(mean.Interval.High, digits)}]";
        }
    }

    private static string Histogram(IReadOnlyList<ShiftedAnswer> answers)
    {
        const int Bins = 10;
        double[] shares = [.. answers.Select(a => (double)a.Positions.Count(p => p.IsShifted) / a.Positions.Count)];
        var step = Step(shares.Max());
        var counts = new int[Bins];
        foreach (var share in shares)
            counts[Math.Min(Bins - 1, (int)(100 * share / step))]++;
        var plot = new SvgPlot(Bins * step, counts.Max());
        plot.Axes("share of its tokens that are shifted (%)", "answers", Enumerable.Range(0, 6).Select(i => (2 * i * step,
            SvgPlot.F(2 * i * step))));
        for (var i = 0; i < Bins; i++)
            plot.Bar(i * step, (i + 1) * step, counts[i], Say(i));
        return Figure("How answers differ", plot.Svg("Answers by the share of their tokens that are shifted; the table below has the "
            + "numbers."), ["shifted share (%)", "answers"], counts.Select((count, i) => new[] { Range(i), Numbers.Count(count) }),
            $"Without any shifted token: {Numbers.Count(shares.Count(share => share == 0))} of {Numbers.Count(answers.Count)} answers.");

        string Range(int bin) => $"{SvgPlot.F(bin * step)} to {SvgPlot.F((bin + 1) * step)}";

        string Say(int bin) => $"{Range(bin)} % shifted: {Numbers.Count(counts[bin])} answers";

        // Bins of 1, 2, 5 or 10 points.
        static double Step(double most) => new[] { 1.0, 2, 5 }.FirstOrDefault(width => Bins * width > 100 * most, 10);
    }

    private static string Tokens(IReadOnlyList<ShiftedAnswer> answers)
    {
        var tokens = ShiftedToken.Of(answers).Take(MostTokens).ToList();
        var rows = tokens.Select(token => new[]
        {
            ShortText.Of(token.Token.Shown, 24), $"{Numbers.Count(token.Shifted)} of {Numbers.Count(token.Total)}",
            Numbers.Nats(token.MeanKl),
        });
        var table = tokens.Count == 0 ? "<p>No token is shifted.</p>" : Table(["token", "shifted", "mean KL there (nats)"], rows);
        return $"<figure><figcaption><h3>The most shifted tokens</h3></figcaption>{table}</figure>\n";
    }

    private static string Figure(string title, string svg, string[] head, IEnumerable<string[]> rows, string note) =>
        $"<figure><figcaption><h3>{title}</h3></figcaption>{svg}<p class=\"say n\" data-part=\"say\">{Markup.Html(note)}</p><details>"
            + $"<summary>The numbers</summary>{Table(head, rows)}</details></figure>\n";

    private static string Table(string[] head, IEnumerable<string[]> rows)
    {
        var html = new StringBuilder("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"The numbers\"><table><thead><tr>");
        foreach (var cell in head)
            html.Append($"<th scope=\"col\">{Markup.Html(cell)}</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
            html.Append("<tr>").AppendJoin("", row.Select((cell, i) => i == 0 ? $"<th scope=\"row\">{Markup.Html(cell)}</th>"
                : $"<td>{Markup.Html(cell)}</td>")).Append("</tr>");
        return html.Append("</tbody></table></div>").ToString();
    }

    private static string Percent(double share) => Numbers.Fixed(100 * share, 1) + " %";

    private static string Shown(Estimate share) =>
        $"{Percent(share.Value)} [{Numbers.Fixed(100 * share.Interval.Low, 1)}, {Numbers.Fixed(100 * share.Interval.High, 1)}]";
}
