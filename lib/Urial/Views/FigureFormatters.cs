using Microsoft.DotNet.Interactive.Formatting;

namespace Urial;

/// <summary>How a live kernel shows a <see cref="Figure"/>; found through its <see cref="TypeFormatterSourceAttribute"/>.</summary>
public sealed class FigureFormatters : ITypeFormatterSource
{
    /// <summary>An interactive chart for <c>text/html</c>, the data in words for <c>text/plain</c>.</summary>
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        new HtmlFormatter<Figure>((figure, context) => context.Writer.Write(FigureHtml.Next(figure))),
        new PlainTextFormatter<Figure>((figure, context) =>
        {
            context.Writer.Write(figure.ToString());
            return true;
        }),
    ];
}
