using Microsoft.DotNet.Interactive.Formatting;

namespace Urial;

/// <summary>How a live kernel shows a <see cref="Figure"/>; found through its <see cref="TypeFormatterSourceAttribute"/>.</summary>
internal sealed class FigureFormatters : ITypeFormatterSource
{
    /// <summary>
    /// An interactive chart for <c>text/html</c>, the data in words for <c>text/plain</c>, and on request the figure's JSON,
    /// which is what a saved notebook keeps.
    /// </summary>
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        new HtmlFormatter<Figure>((figure, context) => context.Writer.Write(FigureHtml.Next(figure))),
        new FigureJsonFormatter(),
        new PlainTextFormatter<Figure>((figure, context) =>
        {
            context.Writer.Write(figure.ToString());
            return true;
        }),
    ];
}
