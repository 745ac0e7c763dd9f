using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>
/// A small chart as SVG in the page's own colours: light, so that a page with it stays small, and visible without script and in print. What
/// each mark says is its title, which browsers show on pointing and the page's script on tapping; all of it stands in a table below too.
/// </summary>
internal sealed class SvgPlot
{
    /// <summary>Size of every chart in its own units: wide enough for a phone's width to leave its letters readable.</summary>
    public const double Width = 440, Height = 270;

    private const double Left = 54, Right = 14, Top = 12, Bottom = 44;

    private readonly StringBuilder _svg = new();
    private readonly double _most, _across;

    /// <summary>A chart from 0 on both axes.</summary>
    /// <param name="across">Where the horizontal axis ends.</param>
    /// <param name="most">Where the vertical axis ends at least; a round number above it is taken.</param>
    public SvgPlot(double across, double most) => (_across, _most) = (across, Round(most));

    /// <summary>A number for SVG.</summary>
    public static string F(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The axes, with ticks that the vertical one finds by itself.</summary>
    /// <param name="acrossTitle">What the horizontal axis is.</param>
    /// <param name="upTitle">What the vertical axis is, with its unit.</param>
    /// <param name="ticks">Marks of the horizontal axis.</param>
    public SvgPlot Axes(string acrossTitle, string upTitle, IEnumerable<(double At, string Label)> ticks)
    {
        for (var i = 0; i <= 4; i++)
        {
            var value = _most * i / 4;
            _svg.Append($"<line class=\"grid\" x1=\"{F(Left)}\" x2=\"{F(Width - Right)}\" y1=\"{F(Y(value))}\" y2=\"{F(Y(value))}\"/>");
            Text(Left - 6, Y(value) + 4, value.ToString("0.###", CultureInfo.InvariantCulture), "end");
        }
        foreach (var (at, label) in ticks)
            Text(X(at), Height - Bottom + 17, label, "middle");
        Text((Left + Width - Right) / 2, Height - 6, acrossTitle, "middle");
        _svg.Append($"<text transform=\"translate(13 {F((Top + Height - Bottom) / 2)}) rotate(-90)\" text-anchor=\"middle\">"
            + $"{Markup.Html(upTitle)}</text>");
        return this;
    }

    /// <summary>A line with the band of its intervals.</summary>
    public SvgPlot Line(IReadOnlyList<(double X, Estimate Value)> points, Func<(double X, Estimate Value), string> say)
    {
        if (points.Count > 1)
        {
            var up = points.Select(p => $"{F(X(p.X))},{F(Y(p.Value.Interval.High))}");
            var down = points.Reverse().Select(p => $"{F(X(p.X))},{F(Y(p.Value.Interval.Low))}");
            _svg.Append($"<polygon class=\"band\" points=\"{string.Join(' ', up.Concat(down))}\"/>");
            var line = points.Select(p => $"{F(X(p.X))},{F(Y(p.Value.Value))}");
            _svg.Append($"<polyline class=\"line\" points=\"{string.Join(' ', line)}\"/>");
        }
        var step = points.Count > 1 ? X(points[1].X) - X(points[0].X) : Width - Left - Right;
        foreach (var point in points)
        {
            if (points.Count <= 40)
                _svg.Append($"<circle class=\"dot\" r=\"2.5\" cx=\"{F(X(point.X))}\" cy=\"{F(Y(point.Value.Value))}\"/>");
            Hit(X(point.X) - step / 2, Top, step, Height - Top - Bottom, say(point));
        }
        return this;
    }

    /// <summary>A bar from one place of the horizontal axis to another.</summary>
    public SvgPlot Bar(double from, double to, double value, string say)
    {
        var (x, width) = (X(from) + 1, Math.Max(1, X(to) - X(from) - 2));
        _svg.Append($"<rect class=\"bar\" x=\"{F(x)}\" width=\"{F(width)}\" y=\"{F(Y(value))}\" height=\"{F(Y(0) - Y(value))}\"/>");
        Hit(x, Top, width, Height - Top - Bottom, say);
        return this;
    }

    /// <summary>The chart.</summary>
    /// <param name="words">What it shows, for whoever does not see it.</param>
    public string Svg(string words) => Svg(words, Height, _svg.ToString());

    /// <summary>Any drawing of this width as a chart.</summary>
    public static string Svg(string words, double height, string content) =>
        $"<svg viewBox=\"0 0 {F(Width)} {F(height)}\" role=\"img\" aria-label=\"{Markup.Html(words)}\">{content}</svg>";

    /// <summary>A place that says something.</summary>
    public static string Hit(string shape, string say) => $"<g class=\"hit\"><title>{Markup.Html(say)}</title>{shape}</g>";

    private void Hit(double x, double y, double width, double height, string say) => _svg.Append(Hit(
        $"<rect x=\"{F(x)}\" y=\"{F(y)}\" width=\"{F(width)}\" height=\"{F(height)}\" fill=\"transparent\"/>", say));

    private void Text(double x, double y, string text, string anchor) =>
        _svg.Append($"<text x=\"{F(x)}\" y=\"{F(y)}\" text-anchor=\"{anchor}\">{Markup.Html(text)}</text>");

    private double X(double value) => Left + value / _across * (Width - Left - Right);

    private double Y(double value) => Height - Bottom - Math.Min(value, _most) / _most * (Height - Top - Bottom);

    // So that quarters are short numbers.
    private static double Round(double most)
    {
        if (!(most > 0))
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return new[] { 1.0, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10 }.First(factor => factor * power >= most * 0.999) * power;
    }
}
