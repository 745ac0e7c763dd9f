using Microsoft.DotNet.Interactive.Formatting;

namespace Urial;

/// <summary>How notebook hosts show an <see cref="HtmlView"/>; found through its <see cref="TypeFormatterSourceAttribute"/>.</summary>
internal sealed class HtmlViewFormatters : ITypeFormatterSource
{
    /// <summary>One formatter for <c>text/html</c>, one for <c>text/plain</c>.</summary>
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        new HtmlFormatter<HtmlView>((view, context) => context.Writer.Write(view.Html)),
        new PlainTextFormatter<HtmlView>((view, context) =>
        {
            context.Writer.Write(view.Text);
            return true;
        }),
    ];
}
