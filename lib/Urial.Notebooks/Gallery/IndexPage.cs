using System.Text;

namespace Urial.Notebooks;

/// <summary>The gallery's first page: the parts in a few words, each chapter with its first sentence and something to look at.</summary>
internal static class IndexPage
{
    private const string Purpose = "What alignment does to a language model, token by token.";

    private const string Welcome = """
        <div class="welcome">
        <p>Take a model that was tuned to be an assistant, and the base model it was made from. Let the assistant answer, and at every token
        ask the base model what it would have written there. How often is it the same? Where is it not? And can a prompt alone do what the
        tuning did?</p>
        <p>These chapters take such questions one at a time. All they show is computed by the code on the page, from the models or from
        stored runs, the smallest example first. Start with the first one, or wherever a picture holds you; the
        <a href="glossary.html">glossary</a> explains the words. To ask a question of your own, start the
        <a href="#live">live page</a>.</p>
        </div>
        <p class="key"><span>How to read tokens:</span> <span class="k u">the base model's first choice too</span>
        <span class="k m"><sup>○</sup>its second or third</span> <span class="k s"><sup>▲</sup>hardly what it would have said</span></p>

        """;

    private const string Live = """
        <section class="part" id="live">
        <h2>Ask it live</h2>
        <p>A question of your own, answered while you watch, each token marked by what the base model would have said. In a clone of the
        repository: <code>dotnet run --project lib/Urial.Cli -- explore</code></p>
        """;

    public static string Of(PageFrame frame, IReadOnlyList<ChapterPage> pages, GalleryFiles files)
    {
        var html = new StringBuilder($"<main class=\"index\" id=\"page-text\" tabindex=\"-1\">\n<h1>{PageFrame.Name}</h1>\n");
        html.Append($"<p class=\"purpose\">{Purpose}</p>\n{Welcome}");
        html.Append(OutputPart.StylesOf(pages.Select(page => page.Tokens).OfType<OutputPart>()));
        var shown = new HashSet<ChapterPage>();
        foreach (var part in Part.All)
        {
            var own = pages.Where(page => part.Holds(page.Number)).ToList();
            if (own.Count == 0)
                continue;
            html.Append($"<section class=\"part\">\n<h2>{PageText.Html(part.Title)}</h2>\n<p>{PageText.Html(part.Words)}</p>\n");
            Chapters(html, own);
            html.Append("</section>\n");
            shown.UnionWith(own);
        }
        if (shown.Count < pages.Count)
            Chapters(html, [.. pages.Except(shown)]);
        html.Append(Live).Append($"\n<p>{Shot(files).Html}</p>\n</section>\n</main>\n");
        return frame.Page(PageFrame.Name, html.ToString());
    }

    private static PagePicture Shot(GalleryFiles files) => new(files.Picture("explore.png"), "The live page: a question, the base model's "
        + "prompt and the blend, the answer token by token, and one token with both models' first choices", 620, 645);

    private static void Chapters(StringBuilder html, IReadOnlyList<ChapterPage> pages)
    {
        html.Append("<ol class=\"chapters\">\n");
        foreach (var page in pages)
        {
            html.Append($"<li{(page.Chapter.Failure is null ? "" : " class=\"failed\"")}>");
            html.Append($"<a href=\"{page.Href}\"><span class=\"about\"><span class=\"chapter\">{PageText.Html(page.Number)}</span> ");
            html.Append($"<strong>{PageText.Html(page.Name)}</strong><span>{PageText.Html(page.Sentence)}</span>");
            html.Append($"<small>{PageText.Html(page.Status)}</small></span>{Look(page)}</a></li>\n");
        }
        html.Append("</ol>\n");
    }

    private static string Look(ChapterPage page) => page switch
    {
        { Tokens: { } tokens } => $"<div class=\"look view\" aria-hidden=\"true\">{tokens.Html}</div>",
        { Picture: { } picture } => $"<div class=\"look\"><img src=\"{picture.Link}\" alt=\"\"{picture.Size} loading=\"lazy\"></div>",
        _ => "",
    };
}
