using Microsoft.DotNet.Interactive.Formatting;

namespace Urial;

/// <summary>A figure as its JSON, for whoever saves it; a live kernel prefers the other forms.</summary>
internal sealed class FigureJsonFormatter : TypeFormatter<Figure>
{
    public override string MimeType => "application/vnd.plotly.v1+json";

    public override bool Format(Figure value, FormatContext context)
    {
        context.Writer.Write(value.PlotlyJson);
        return true;
    }
}
