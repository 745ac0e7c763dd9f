using System.Text;
using static System.Net.WebUtility;

namespace Urial.Notebooks;

/// <summary>
/// Writes executed chapters as plain HTML: an index, a page for each chapter, the executed notebooks beside them. All links
/// are relative and nothing is fetched, so the folder can be put anywhere or sent to anybody. Pages are complete without
/// script; where scripts run, charts become interactive.
/// </summary>
internal static class Gallery
{
    private const string Name = "Urial.Notebooks";
    private const string Purpose = "What alignment does to a language model, token by token.";

    /// <summary>Writes the gallery.</summary>
    /// <param name="folder">Its folder; it is made where it is missing, and files of the same name are replaced.</param>
    /// <param name="chapters">The chapters in reading order.</param>
    /// <returns>The path of <c>index.html</c>.</returns>
    /// <exception cref="UrialException">The folder cannot be written.</exception>
    public static string Write(string folder, IReadOnlyList<Chapter> chapters)
    {
        var files = new GalleryFiles(folder, chapters);
        var pages = chapters.Select(chapter => new ChapterPage(chapter, files)).ToList();
        files.Write("gallery.css", Asset("gallery.css"));
        if (pages.Any(p => p.HasFigures))
        {
            files.Write("gallery.js", Asset("gallery.js"));
            files.Write("plotly.min.js", PlotlyScript.Source);
        }
        for (var i = 0; i < pages.Count; i++)
        {
            files.Write(pages[i].File, Page(pages[i], pages.ElementAtOrDefault(i - 1), pages.ElementAtOrDefault(i + 1)));
            pages[i].Chapter.Executed.Save(Path.Combine(folder, pages[i].Chapter.Executed.Name));
        }
        files.Write("index.html", Index(pages));
        return Path.Combine(folder, "index.html");
    }

    private static string Page(ChapterPage page, ChapterPage? previous, ChapterPage? next)
    {
        var html = new StringBuilder();
        html.Append($"<nav class=\"top\" aria-label=\"Chapters\"><a href=\"index.html\">{Name}</a><span>");
        html.Append($"{Step(previous, "prev", "←", "")} {Step(next, "next", "", "→")}</span></nav>\n<main>\n");
        if (page.Chapter.Failure is { } failure)
            html.Append("<p class=\"stopped\" role=\"alert\">This chapter did not run to its end. ")
                .Append($"<a href=\"#cell-{FormattableString.Invariant($"{failure.Cell}")}\">")
                .Append($"{HtmlEncode(failure.Place)}</a>: {HtmlEncode(failure.Name)}.</p>\n");
        html.Append(page.Body).Append("</main>\n<nav class=\"bottom\" aria-label=\"Neighbouring chapters\">");
        html.Append(previous is null ? "<span></span>"
            : $"<a rel=\"prev\" href=\"{Href(previous)}\"><small>Before</small>{HtmlEncode(previous.Title)}</a>");
        html.Append(next is null ? "" : $"<a rel=\"next\" href=\"{Href(next)}\"><small>Next</small>{HtmlEncode(next.Title)}</a>")
            .Append("</nav>\n");
        return Document($"{page.Title} · {Name}", html.ToString(), page.HasFigures);
    }

    private static string Index(IReadOnlyList<ChapterPage> pages)
    {
        var html = new StringBuilder(
            $"<main class=\"index\">\n<h1>{Name}</h1>\n<p class=\"purpose\">{Purpose}</p>\n<ol class=\"chapters\">\n");
        foreach (var page in pages)
        {
            html.Append($"<li{(page.Chapter.Failure is null ? "" : " class=\"failed\"")}>");
            html.Append($"<a href=\"{Href(page)}\"><span class=\"chapter\">{HtmlEncode(page.Number)}</span>");
            html.Append($"<span class=\"about\"><strong>{HtmlEncode(WithoutNumber(page))}</strong>");
            html.Append($"<span>{HtmlEncode(page.Sentence)}</span><small>{HtmlEncode(page.Status)}</small></span>");
            html.Append(page.Thumbnail is { } picture ? $"<img src=\"{picture}\" alt=\"\" loading=\"lazy\">" : "").Append("</a></li>\n");
        }
        html.Append("</ol>\n</main>\n");
        return Document(Name, html.ToString(), figures: false);
    }

    private const string Scripts = "\n<script defer src=\"plotly.min.js\"></script>\n<script defer src=\"gallery.js\"></script>";

    private static string Document(string title, string body, bool figures) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light">
        <title>{HtmlEncode(title)}</title>
        <link rel="stylesheet" href="gallery.css">{(figures ? Scripts : "")}
        </head>
        <body>
        {body}</body>
        </html>

        """;

    private static string Step(ChapterPage? page, string rel, string before, string after) =>
        page is null ? "" : $"<a rel=\"{rel}\" href=\"{Href(page)}\" title=\"{HtmlEncode(page.Title)}\">"
            + $"{before} {HtmlEncode(page.Number)} {after}</a>";

    private static string Href(ChapterPage page) => Uri.EscapeDataString(page.File);

    /// <summary>The title; its number, where it begins with it, stands beside it already.</summary>
    private static string WithoutNumber(ChapterPage page)
    {
        var number = page.Number.TrimStart('0');
        var title = page.Title.TrimStart('0');
        return title.StartsWith(number, StringComparison.OrdinalIgnoreCase) && title.Length > number.Length
            && !char.IsLetterOrDigit(title[number.Length])
            ? title[number.Length..].TrimStart(' ', '.', ':', '·', '–', '—')
            : page.Title;
    }

    private static string Asset(string name)
    {
        using var reader = new StreamReader(typeof(Gallery).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
