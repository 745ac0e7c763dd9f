using DynamicObj;
using Plotly.NET;

namespace Urial;

/// <summary>
/// Plotly.NET charts from plotly's own attribute names (plotly.com/javascript/reference). Plotly.NET's typed builders
/// for axes and error bars take F# options throughout, which C# cannot leave out.
/// </summary>
internal static class Plot
{
    /// <summary>Height of one row of a horizontal bar chart, in pixels.</summary>
    public const int RowHeight = 46;

    private const int LabelWidth = 32;
    private const double LetterWidth = 9; // pixels, of chart text
    private const int LegendKey = 50; // pixels of a legend's colour and the space around it

    /// <summary>A nested object, such as an axis; properties that are null are left out.</summary>
    public static DynamicObj.DynamicObj Object(params ReadOnlySpan<(string Name, object? Value)> properties) =>
        Fill(new DynamicObj.DynamicObj(), properties);

    /// <summary>A trace of a plotly type: <c>bar</c>, <c>scatter</c>.</summary>
    public static Trace Trace(string type, params ReadOnlySpan<(string Name, object? Value)> properties) =>
        Fill(new Trace(type), properties);

    /// <summary>A layout.</summary>
    public static Layout Layout(params ReadOnlySpan<(string Name, object? Value)> properties) =>
        Fill(new Layout(), properties);

    /// <summary>A chart of traces that share a layout.</summary>
    public static GenericChart Chart(Layout layout, IEnumerable<Trace> traces) =>
        GenericChart.setLayout(layout, GenericChart.combine(traces.Select(trace => GenericChart.ofTraceObject(false, trace)).ToList()));

    /// <summary>An axis in the house style. Numeric positions with their texts keep two equal texts two rows.</summary>
    public static DynamicObj.DynamicObj Axis(string title, params ReadOnlySpan<(string Name, object? Value)> properties)
    {
        var axis = Object(
            ("title", Object(("text", Markup.Plotly(title)), ("standoff", 12))),
            ("automargin", true),
            ("gridcolor", Theme.Grid),
            ("zeroline", false),
            ("showline", true),
            ("linecolor", Theme.Muted),
            ("ticks", "outside"));
        return Fill(axis, properties);
    }

    /// <summary>Error bars from a value to the ends of its interval; none where the interval is missing.</summary>
    public static DynamicObj.DynamicObj Whiskers(IReadOnlyList<(double Value, Interval? Interval)> values, string color = Theme.Ink) =>
        Object(
            ("type", "data"),
            ("symmetric", false),
            ("array", values.Select(v => v.Interval is null ? 0 : Math.Max(0, v.Interval.High - v.Value)).ToArray()),
            ("arrayminus", values.Select(v => v.Interval is null ? 0 : Math.Max(0, v.Value - v.Interval.Low)).ToArray()),
            ("color", color),
            ("thickness", 2),
            ("width", 5));

    /// <summary>A text placed on the picture.</summary>
    public static DynamicObj.DynamicObj Note(object x, object y, string text, string xref = "paper", string yref = "y",
        string anchor = "left", string align = "left") =>
        Object(
            ("x", x), ("y", y), ("xref", xref), ("yref", yref), ("text", text),
            ("xanchor", anchor), ("yanchor", "middle"), ("showarrow", false), ("align", align),
            ("font", Object(("size", Theme.FontSize - 2))));

    /// <summary>A vertical axis of named rows, first on top. Numeric places keep two rows of one name apart.</summary>
    public static DynamicObj.DynamicObj Rows(IEnumerable<string> labels)
    {
        var texts = labels.ToArray();
        return Object(
            ("tickvals", Enumerable.Range(0, texts.Length).ToArray()),
            ("ticktext", texts),
            ("range", new[] { texts.Length - 0.5, -0.5 }),
            ("automargin", true),
            ("showgrid", false),
            ("zeroline", false),
            ("ticks", "outside"),
            ("ticklen", 8),
            ("tickcolor", "rgba(0,0,0,0)"));
    }

    /// <summary>The name of a row, wrapped, with a smaller note below; escaped.</summary>
    public static string Label(string name, string? note = null)
    {
        var lines = string.Join("<br>", Markup.Lines(name.Replace(" = ", "\u00a0=\u00a0"), LabelWidth).Select(Markup.Plotly));
        return note is { Length: > 0 } ? $"{lines}<br>{Small(note)}" : lines;
    }

    /// <summary>How high the rows under these labels must be for the longest of them.</summary>
    public static int HeightOf(IEnumerable<string> labels) =>
        Math.Max(RowHeight, 18 + 18 * labels.Max(label => 1 + label.Split("<br>").Length - 1));

    /// <summary>How high a chart of named rows is, so that no label meets its neighbour: its rows, and what stands above them.</summary>
    /// <param name="title">The title, which wraps.</param>
    /// <param name="width">The chart's width in pixels.</param>
    /// <param name="beside">What is kept free on the right, in pixels.</param>
    /// <param name="labels">The rows' labels.</param>
    /// <param name="legend">What the legend names; it is as wide as the rows, and wraps.</param>
    public static int Height(string title, int width, int beside, IReadOnlyList<string> labels, IReadOnlyList<string> legend)
    {
        var left = 20 + LetterWidth
            * labels.SelectMany(label => label.Split("<br>")).Where(line => !line.StartsWith('<')).Max(line => line.Length);
        var columns = legend.Count == 0 ? 1
            : Math.Max(1, (int)((width - beside - left) / (LetterWidth * legend.Max(name => name.Length) + LegendKey)));
        var lines = Markup.Lines(title, FigureJson.TitleLetters(width)).Count() - 1
            + Math.Max(0, (legend.Count + columns - 1) / columns - 1);
        return (legend.Count == 0 ? 130 : 156) + 26 * lines + HeightOf(labels) * labels.Count;
    }

    /// <summary>What pointing at a value says, a line each; escaped, and empty lines left out.</summary>
    public static string Hover(params ReadOnlySpan<string> lines)
    {
        var shown = new List<string>();
        foreach (var line in lines)
            if (line.Length > 0)
                shown.Add(Markup.Plotly(line));
        return string.Join("<br>", shown);
    }

    /// <summary>A short text in small type; escaped.</summary>
    public static string Small(string text) => $"<span style=\"font-size:12px\">{Markup.Plotly(ShortText.Of(text, 56))}</span>";

    private static T Fill<T>(T target, ReadOnlySpan<(string Name, object? Value)> properties) where T : DynamicObj.DynamicObj
    {
        foreach (var (name, value) in properties)
            if (value is not null)
                target.SetProperty(name, value);
        return target;
    }
}
