using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Urial.Notebooks;

/// <summary>Outputs as HTML: the richest form that needs no script, with words for whoever sees no picture.</summary>
internal sealed class OutputHtml
{
    private readonly GalleryFiles _files;
    private readonly Chapter _chapter;

    private readonly List<OutputPart> _found = [];

    public OutputHtml(GalleryFiles files, Chapter chapter) => (_files, _chapter) = (files, chapter);

    /// <summary>The chapter's first picture, once its outputs are written.</summary>
    public PagePicture? FirstPicture { get; private set; }

    /// <summary>The beginning of its first token view.</summary>
    public OutputPart? FirstTokens { get; private set; }

    /// <summary>The tables of claims that it found.</summary>
    public IReadOnlyList<OutputPart> Found => _found;

    /// <summary>Whether some figure can become interactive.</summary>
    public bool HasFigures { get; private set; }

    public string Of(CellOutput output, int cell, int number) => output switch
    {
        StreamOutput { Name: "stderr" } error => $"<pre class=\"out stderr\">{PageText.Html(error.Text)}</pre>\n",
        StreamOutput stream => $"<pre class=\"out\">{PageText.Html(stream.Text)}</pre>\n",
        ErrorOutput error => Error(error),
        DisplayOutput display => Display(display, cell, number),
        _ => throw new ArgumentException($"There is no page for {output.GetType().Name}.", nameof(output)),
    };

    private static string Error(ErrorOutput error) =>
        $"<div class=\"error\" role=\"alert\"><p><strong>{PageText.Html(error.Name)}</strong> {PageText.Html(error.Message)}</p>"
        + $"<pre>{PageText.Html(string.Join('\n', error.Traceback))}</pre></div>\n";

    private string Display(DisplayOutput display, int cell, int number)
    {
        var words = display.Text(MimeTypes.Text) ?? "";
        if (display.Data.ContainsKey(MimeTypes.Plotly))
            return Figure(display, words, cell, number);
        if (display.Text(MimeTypes.Html) is { } html && !(HasScript(html) && HasPicture(display)))
            return View(html, cell);
        if (display.Text(MimeTypes.Svg) is { } svg)
            return $"<p class=\"view\"><img alt=\"{PageText.Html(words)}\" "
                + $"src=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}\"></p>\n";
        return Picture(display, words, cell, number) is { } picture ? $"<p class=\"view\">{picture.Html}</p>\n"
            : $"<pre class=\"out\">{PageText.Html(words)}</pre>\n";
    }

    private static bool HasScript(string html) => html.Contains("<script", StringComparison.OrdinalIgnoreCase);

    private static bool HasPicture(DisplayOutput display) =>
        display.Data.ContainsKey(MimeTypes.Svg) || display.Data.ContainsKey(MimeTypes.Png);

    private string View(string html, int cell)
    {
        var name = SafeHtml.NameOf(html);
        var safe = SafeHtml.OfOutput(html, name);
        FirstTokens ??= OutputPart.Tokens(cell, safe, name);
        _found.AddRange(OutputPart.Claims(cell, safe, name));
        return $"<div class=\"view {name}\">{safe}</div>\n";
    }

    private string Figure(DisplayOutput display, string words, int cell, int number)
    {
        HasFigures = true;
        // "<" could end the element that holds the JSON.
        var json = NotebookJson.WriteCompact(Visible(display.Data[MimeTypes.Plotly])).Replace("<", "\\u003c", StringComparison.Ordinal);
        var picture = Picture(display, words.Split('\n')[0], cell, number)?.Html
            ?? "<p class=\"missing\">This chart has no picture yet: it shows where scripts run.</p>";
        return $"<figure class=\"plot\"><div class=\"picture\">{picture}</div><script type=\"application/json\">{json}</script>"
            + $"<details><summary>In words</summary><p>{PageText.Html(words).ReplaceLineEndings("<br>")}</p></details></figure>\n";
    }

    /// <summary>The figure with its texts as the page may show them.</summary>
    private static JsonNode? Visible(JsonNode? node) => node switch
    {
        JsonObject properties => new JsonObject(properties.Select(p => new KeyValuePair<string, JsonNode?>(p.Key, Visible(p.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Visible)]),
        JsonValue value when value.TryGetValue<string>(out var text) => PageText.Visible(text),
        _ => node?.DeepClone(),
    };

    private PagePicture? Picture(DisplayOutput display, string words, int cell, int number)
    {
        if (display.Text(MimeTypes.Png) is not { } base64)
            return null;
        var png = Convert.FromBase64String(base64.ReplaceLineEndings(""));
        var link = _files.Picture(_chapter, cell, number, png);
        var (width, height) = Size(png, display.Data.ContainsKey(MimeTypes.Plotly) ? ChartPictures.Scale : 1);
        var picture = new PagePicture(link, words, width, height);
        FirstPicture ??= picture;
        return picture;
    }

    /// <summary>Width and height as they are shown, from the PNG's header.</summary>
    private static (int Width, int Height) Size(byte[] png, float scale) => png.Length < 24 ? (0, 0)
        : ((int)Math.Round(BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)) / scale),
            (int)Math.Round(BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)) / scale));
}
