namespace Urial.Notebooks;

/// <summary>The forms in which outputs are saved.</summary>
public static class MimeTypes
{
    /// <summary>Plain text: always there.</summary>
    public const string Text = "text/plain";

    /// <summary>HTML without script.</summary>
    public const string Html = "text/html";

    /// <summary>A picture in base64.</summary>
    public const string Png = "image/png";

    /// <summary>A vector picture, as text.</summary>
    public const string Svg = "image/svg+xml";

    /// <summary>A Plotly figure (data, layout, config) as a JSON object.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>Whether a form is saved as a JSON value; everything else is a string.</summary>
    public static bool IsJson(string mimeType) =>
        mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);

    /// <summary>Whether a form is saved as a list of lines, which keeps differences readable.</summary>
    internal static bool IsLines(string mimeType) =>
        mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType is Svg or "application/javascript";
}
