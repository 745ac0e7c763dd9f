using System.Text;

namespace Urial.Notebooks;

/// <summary>What all pages of a gallery have around their text: head, ways to the other pages, the paper's addresses.</summary>
/// <param name="HasClaims">Whether there is a page of claims to lead to.</param>
internal sealed record PageFrame(bool HasClaims)
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Urial.Notebooks";

    // No script but the gallery's own files and nothing over the network, whatever a page may hold. 'self' is not every browser's word
    // for a file's neighbours, so the scheme is named too.
    private const string Policy = "default-src 'none'; script-src 'self' file:; style-src 'self' file: 'unsafe-inline'; "
        + "img-src 'self' file: data: blob:; base-uri 'none'; form-action 'none'";

    private const string Sources = """
        <p>The paper: <a href="https://arxiv.org/abs/2312.01552">The Unlocking Spell on Base LLMs</a> (Lin et al., ICLR 2024).
        Its code: <a href="https://github.com/Re-Align/URIAL">URIAL</a>, <a href="https://github.com/Re-Align/AlignTDS">AlignTDS</a>.</p>
        """;

    /// <summary>A whole page.</summary>
    /// <param name="title">Its title, not escaped.</param>
    /// <param name="content">What stands between the bars: a <c>main</c> with the id <c>page-text</c>.</param>
    /// <param name="steps">The links to the neighbouring chapters, or nothing.</param>
    /// <param name="figures">Whether charts may become interactive.</param>
    /// <param name="about">What the foot says before the paper's addresses.</param>
    public string Page(string title, string content, string steps = "", bool figures = false, string about = "") =>
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{Policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{PageText.Html(title)}</title>
        <link rel="stylesheet" href="gallery.css">
        <script src="gallery.js"></script>{(figures ? ChartScripts : "")}
        <script defer src="slides.js"></script>
        </head>
        <body>
        <a class="skip" href="#page-text">Skip to the text</a>
        <header class="top">
        <nav aria-label="Gallery"><a href="index.html">{Name}</a> <a href="glossary.html">Glossary</a>{Claims}</nav>
        {steps}<div class="tools"></div>
        </header>
        {content}<footer>
        {about}{Sources}
        </footer>
        </body>
        </html>

        """;

    private const string ChartScripts = "\n<script defer src=\"plotly.min.js\"></script>\n<script defer src=\"charts.js\"></script>";

    private string Claims => HasClaims ? " <a href=\"claims.html\">Claims</a>" : "";

    /// <summary>The headings of a page below its title, as nested lists of links.</summary>
    public static string Contents(IEnumerable<Heading> headings)
    {
        var html = new StringBuilder("<ol>");
        var open = 0;
        foreach (var heading in headings.Where(h => h.Level is 2 or 3))
        {
            if (heading.Level == 3 && open == 1)
                html.Append("<ol>");
            else if (open > 0)
                html.Append("</li>").Append(heading.Level < open ? "</ol></li>" : "");
            open = heading.Level == 3 && open > 0 ? 3 : 1;
            html.Append($"<li><a href=\"#{PageText.Html(heading.Id)}\">{PageText.Html(heading.Text)}</a>");
        }
        return html.Append(open == 3 ? "</li></ol>" : "").Append(open > 0 ? "</li>" : "").Append("</ol>").ToString();
    }
}
