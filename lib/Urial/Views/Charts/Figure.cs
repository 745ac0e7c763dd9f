using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;

namespace Urial;

/// <summary>
/// A Plotly.NET chart with what a saved notebook needs beside it: a title, and its data in words for readers and
/// hosts that show no picture. The live kernel shows it interactively; a saved notebook carries a PNG, the figure
/// and the words.
/// </summary>
[TypeFormatterSource(typeof(FigureFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Figure
{
    private readonly Lazy<string> _json;

    /// <summary>A figure in the house theme.</summary>
    /// <param name="chart">The chart; its own template is dropped for the house theme, its other settings win over it.</param>
    /// <param name="title">The title over the picture; <c>&lt;br&gt;</c> is not needed, long titles are wrapped.</param>
    /// <param name="description">The chart's data in words: what a reader who sees no picture is told.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <exception cref="ArgumentException">Title or description are empty, or the size is not positive.</exception>
    public Figure(GenericChart chart, string title, string description, int width = 940, int height = 480)
    {
        if (string.IsNullOrWhiteSpace(title))
            throw new ArgumentException("A figure needs a title.", nameof(title));
        if (string.IsNullOrWhiteSpace(description))
            throw new ArgumentException($"The figure '{title}' needs a description: its data in words.", nameof(description));
        if (width <= 0 || height <= 0)
            throw new ArgumentException($"The figure '{title}' cannot be {width} × {height} pixels.");
        (Chart, Title, Description, Width, Height) = (chart, VisibleText.Of(title), VisibleText.Of(description), width, height);
        _json = new Lazy<string>(() => FigureJson.Of(this));
    }

    /// <summary>The chart as it was given.</summary>
    public GenericChart Chart { get; }

    /// <summary>The title over the picture.</summary>
    public string Title { get; }

    /// <summary>The chart's data in words.</summary>
    public string Description { get; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>The figure as <c>application/vnd.plotly.v1+json</c>: data, layout and config in compact JSON.</summary>
    public string PlotlyJson => _json.Value;

    /// <summary>
    /// The same as <see cref="PlotlyJson"/>. Deterministic: keys sorted, numbers rounded to six significant digits,
    /// so that an unchanged figure is unchanged bytes.
    /// </summary>
    public string ToPlotlyJson() => PlotlyJson;

    /// <summary>Title and description: the plain form.</summary>
    public override string ToString() => $"{Title}\n{Description}";
}
