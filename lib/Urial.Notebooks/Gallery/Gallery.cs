using System.Text;

namespace Urial.Notebooks;

/// <summary>
/// Writes executed chapters as plain HTML: an index, a page for each chapter, a glossary, the claims where chapters state some, and the
/// executed notebooks beside them. All links are relative and nothing is fetched, so the folder can be put anywhere or sent to anybody.
/// Pages are complete without script; where scripts run, charts become interactive and a chapter can be shown as slides.
/// </summary>
internal static class Gallery
{
    private static readonly string[] Always = ["gallery.css", "gallery.js", "slides.js"];

    /// <summary>Writes the gallery.</summary>
    /// <param name="folder">Its folder; it is made where it is missing, and files of the same name are replaced.</param>
    /// <param name="chapters">The chapters in reading order.</param>
    /// <returns>The path of <c>index.html</c>.</returns>
    /// <exception cref="UrialException">The folder cannot be written.</exception>
    public static string Write(string folder, IReadOnlyList<Chapter> chapters)
    {
        var files = new GalleryFiles(folder, chapters);
        var pages = chapters.Select(chapter => new ChapterPage(chapter, files)).ToList();
        var frame = new PageFrame(pages.Any(page => page.Found.Count > 0));
        foreach (var asset in Always)
            files.Write(asset, GalleryAssets.Text(asset));
        if (pages.Any(p => p.HasFigures))
        {
            files.Write("charts.js", $"{PlotlyScript.Dark}\n{GalleryAssets.Text("charts.js")}");
            files.Write("plotly.min.js", PlotlyScript.Source);
        }
        for (var i = 0; i < pages.Count; i++)
        {
            files.Write(pages[i].File, Page(frame, pages[i], pages.ElementAtOrDefault(i - 1), pages.ElementAtOrDefault(i + 1)));
            pages[i].Chapter.Executed.Save(Path.Combine(folder, pages[i].Chapter.Executed.Name));
        }
        files.Write("glossary.html", GlossaryPage.Of(frame, files));
        if (frame.HasClaims)
            files.Write("claims.html", ClaimsPage.Of(frame, pages));
        files.Write("index.html", IndexPage.Of(frame, pages, files));
        return Path.Combine(folder, "index.html");
    }

    private static string Page(PageFrame frame, ChapterPage page, ChapterPage? previous, ChapterPage? next)
    {
        var main = new StringBuilder();
        if (page.Chapter.Failure is { } failure)
            main.Append("<p class=\"stopped\" role=\"alert\">This chapter did not run to its end. ")
                .Append($"<a href=\"#cell-{FormattableString.Invariant($"{failure.Cell}")}\">")
                .Append($"{PageText.Html(failure.Place)}</a>: {PageText.Html(failure.Name)}.</p>\n");
        main.Append(page.Body);

        var content = new StringBuilder(ContentsColumn.Around(page.Headings, main.ToString(), "lesson"));
        if (previous is not null || next is not null)
            content.Append("<nav class=\"bottom\" aria-label=\"Neighbouring chapters\">")
                .Append(previous is null ? "<span></span>"
                    : $"<a rel=\"prev\" href=\"{previous.Href}\"><small>Before</small>{PageText.Html(previous.Title)}</a>")
                .Append(next is null ? ""
                    : $"<a rel=\"next\" href=\"{next.Href}\"><small>Next</small>{PageText.Html(next.Title)}</a>")
                .Append("</nav>\n");
        var steps = previous is null && next is null ? ""
            : $"<nav class=\"steps\" aria-label=\"Chapters\">{Step(previous, "prev", "←", "")} {Step(next, "next", "", "→")}</nav>\n";
        var notebook = page.Chapter.Executed.Name;
        return frame.Page($"{page.Title} · {PageFrame.Name}", content.ToString(), steps, page.HasFigures,
            $"<p>This page is a notebook, with its outputs: <a href=\"{Uri.EscapeDataString(notebook)}\">{PageText.Html(notebook)}</a>. "
                + "Open it in VS Code or Jupyter to run it.</p>\n");
    }

    private static string Step(ChapterPage? page, string rel, string before, string after) =>
        page is null ? "" : $"<a rel=\"{rel}\" href=\"{page.Href}\" title=\"{PageText.Html(page.Title)}\" "
            + $"aria-label=\"{(rel == "prev" ? "Previous" : "Next")} chapter, {PageText.Html(page.Number)}\">"
            + $"{before} {PageText.Html(page.Number)} {after}</a>";
}
