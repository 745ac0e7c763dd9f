using System.Text;
using static System.Net.WebUtility;

namespace Urial.Notebooks;

/// <summary>Outputs as HTML: the richest form that needs no script, with words for whoever sees no picture.</summary>
internal sealed class OutputHtml
{
    private readonly GalleryFiles _files;
    private readonly Chapter _chapter;

    public OutputHtml(GalleryFiles files, Chapter chapter) => (_files, _chapter) = (files, chapter);

    /// <summary>The link to the chapter's first picture, once its outputs are written.</summary>
    public string? FirstPicture { get; private set; }

    /// <summary>Whether some figure can become interactive.</summary>
    public bool HasFigures { get; private set; }

    public string Of(CellOutput output, int cell, int number) => output switch
    {
        StreamOutput { Name: "stderr" } error => $"<pre class=\"out stderr\">{HtmlEncode(error.Text)}</pre>\n",
        StreamOutput stream => $"<pre class=\"out\">{HtmlEncode(stream.Text)}</pre>\n",
        ErrorOutput error => Error(error),
        DisplayOutput display => Display(display, cell, number),
        _ => throw new ArgumentException($"There is no page for {output.GetType().Name}.", nameof(output)),
    };

    private static string Error(ErrorOutput error) =>
        $"<div class=\"error\" role=\"alert\"><p><strong>{HtmlEncode(error.Name)}</strong> {HtmlEncode(error.Message)}</p>"
        + $"<pre>{HtmlEncode(string.Join('\n', error.Traceback))}</pre></div>\n";

    private string Display(DisplayOutput display, int cell, int number)
    {
        var words = display.Text(MimeTypes.Text) ?? "";
        if (display.Data.ContainsKey(MimeTypes.Plotly))
            return Figure(display, words, cell, number);
        if (display.Text(MimeTypes.Html) is { } html && !html.Contains("<script", StringComparison.OrdinalIgnoreCase))
            return $"<div class=\"view\">{html}</div>\n";
        if (display.Text(MimeTypes.Svg) is { } svg)
            return $"<p class=\"view\"><img alt=\"{HtmlEncode(words)}\" "
                + $"src=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}\"></p>\n";
        return Picture(display, words, cell, number) is { } picture ? $"<p class=\"view\">{picture}</p>\n"
            : $"<pre class=\"out\">{HtmlEncode(words)}</pre>\n";
    }

    private string Figure(DisplayOutput display, string words, int cell, int number)
    {
        HasFigures = true;
        // "<" could end the element that holds the JSON.
        var json = NotebookJson.WriteCompact(display.Data[MimeTypes.Plotly]).Replace("<", "\\u003c", StringComparison.Ordinal);
        var picture = Picture(display, words.Split('\n')[0], cell, number)
            ?? "<p class=\"missing\">This chart has no picture yet: it shows where scripts run.</p>";
        return $"<figure class=\"plot\"><div class=\"picture\">{picture}</div><script type=\"application/json\">{json}</script>"
            + $"<details><summary>In words</summary><p>{HtmlEncode(words).ReplaceLineEndings("<br>")}</p></details></figure>\n";
    }

    private string? Picture(DisplayOutput display, string words, int cell, int number)
    {
        if (display.Text(MimeTypes.Png) is not { } base64)
            return null;
        var png = Convert.FromBase64String(base64.ReplaceLineEndings(""));
        var link = _files.Picture(_chapter, cell, number, png);
        FirstPicture ??= link;
        var size = Size(png, display.Data.ContainsKey(MimeTypes.Plotly) ? ChartPictures.Scale : 1);
        return $"<img src=\"{link}\" alt=\"{HtmlEncode(words)}\"{size}>";
    }

    /// <summary>Width and height from the PNG's header, so that pages do not jump while they load.</summary>
    private static string Size(byte[] png, float scale)
    {
        if (png.Length < 24)
            return "";
        var width = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));
        var height = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20));
        return FormattableString.Invariant($" width=\"{width / scale:0}\" height=\"{height / scale:0}\"");
    }
}
