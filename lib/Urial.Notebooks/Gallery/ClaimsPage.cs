using System.Text;

namespace Urial.Notebooks;

/// <summary>The claims of all chapters with their verdicts, each table under its chapter's title.</summary>
internal static class ClaimsPage
{
    private const string Opening = """
        <h1>Claims</h1>
        <p>What the paper says or we asked, and what these chapters measured, in one place; the <a href="glossary.html#verdict">glossary</a>
        says what a verdict is. Each table is taken from the box at the end of its chapter,
        where the numbers, their caveats and the code behind them stand.</p>

        """;

    public static string Of(PageFrame frame, IReadOnlyList<ChapterPage> pages)
    {
        var headings = new Headings();
        headings.Add(1, "Claims");
        var html = new StringBuilder(Opening).Append(OutputPart.StylesOf(pages.SelectMany(page => page.Found)));
        foreach (var page in pages.Where(page => page.Found.Count > 0))
        {
            html.Append($"<h2 id=\"{PageText.Html(headings.Add(2, page.Title))}\">{PageText.Html(page.Title)}</h2>\n");
            foreach (var found in page.Found)
                html.Append($"<div class=\"view\">{found.Html}</div>\n<p class=\"place\"><a href=\"{page.Href}#cell-")
                    .Append(FormattableString.Invariant($"{found.Cell}\">"))
                    .Append($"Chapter {PageText.Html(page.Number)}, where this was found</a></p>\n");
        }
        return frame.Page($"Claims · {PageFrame.Name}", ContentsColumn.Around(headings.All, html.ToString(), "claims prose"));
    }
}
