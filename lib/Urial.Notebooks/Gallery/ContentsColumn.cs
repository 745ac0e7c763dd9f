namespace Urial.Notebooks;

/// <summary>A page's contents beside its text on a wide screen, and folded above it on a narrow one; without any script.</summary>
internal static class ContentsColumn
{
    /// <summary>A page's <c>main</c> with its contents.</summary>
    /// <param name="headings">The page's headings; two sections or more make contents.</param>
    /// <param name="main">What the page holds.</param>
    /// <param name="kind">The class of the <c>main</c> element.</param>
    public static string Around(IReadOnlyList<Heading> headings, string main, string kind)
    {
        if (headings.Count(h => h.Level == 2) < 2)
            return $"<div class=\"page\">\n<main id=\"page-text\" class=\"{kind}\" tabindex=\"-1\">\n{main}</main>\n</div>\n";
        var list = PageFrame.Contents(headings);
        return $"""
            <div class="page with-contents">
            <nav class="contents side" aria-label="Contents of this page"><p>On this page</p>{list}</nav>
            <main id="page-text" class="{kind}" tabindex="-1">
            <details class="contents fold"><summary>On this page</summary>{list}</details>
            {main}</main>
            </div>

            """;
    }
}
