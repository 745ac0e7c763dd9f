using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Urial.Notebooks;
using static Urial.Tests.GalleryChapters;

namespace Urial.Tests;

public sealed class GalleryPagesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("urial-gallery-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("1 · One answer, two models", "1--one-answer-two-models")]
    [InlineData("What does \"N/A counts as 5\" do?", "what-does-na-counts-as-5-do")]
    [InlineData("Über_all — x", "über_all--x")]
    [InlineData("???", "section")]
    public void A_heading_s_id_is_GitHub_s(string text, string id) => Assert.Equal(id, Headings.Slug(text));

    [Fact]
    public void Contents_link_to_every_section_and_equal_headings_have_ids_of_their_own()
    {
        Write(Of("01-one", Prose("# One\n\n## The `same`\n\n### Below\n\ntext"), Prose("## The same\n\n## A < B"), Code("1")),
            Of("02-two", Prose("# Two\n\nSee [there](01-one.ipynb#the-same-1).")));

        var page = new HtmlParser().ParseDocument(Page("01-one.html"));
        string[] ids = ["the-same", "below", "the-same-1", "a--b"];
        Assert.Equal(ids, page.QuerySelectorAll("main h2, main h3").Select(h => h.Id));
        Assert.Equal(ids.Select(id => "#" + id), page.QuerySelectorAll(".side a").Select(a => a.GetAttribute("href")));
        Assert.Equal("below", page.QuerySelector(".side li li a")!.TextContent, ignoreCase: true);
        Assert.Equal(page.QuerySelector(".side ol")!.InnerHtml, page.QuerySelector("details.fold ol")!.InnerHtml);
        Assert.Contains("href=\"01-one.html#the-same-1\"", Page("02-two.html"));
        Assert.Contains("<a href=\"01-one.ipynb\">01-one.ipynb</a>", Page("01-one.html"));
    }

    [Fact]
    public void The_claims_of_all_chapters_stand_on_one_page_with_the_way_to_each()
    {
        Write(Of("01-one", Prose("# One"), Code("1")), WithClaims("07-seven"));

        var page = new HtmlParser().ParseDocument(Page("claims.html"));
        Assert.Equal(["7 · A chapter with claims"], page.QuerySelectorAll("main h2").Select(h => h.TextContent));
        Assert.Equal("Most are unshifted", page.QuerySelector(".urial-found table.urial-claims td")!.TextContent);
        Assert.Equal("07-seven.html#cell-2", page.QuerySelector(".place a")!.GetAttribute("href"));
        Assert.Contains("id=\"cell-2\"", Page("07-seven.html"));
        Assert.Contains(".urial-found{border", Page("claims.html"));
        Assert.DoesNotContain("Found: 54", Page("claims.html"));
        Assert.Contains("href=\"claims.html\"", Page("index.html"));
    }

    [Fact]
    public void Without_claims_there_is_no_page_of_them()
    {
        Write(Of("01-one", Prose("# One"), Code("1")));

        Assert.False(File.Exists(Path.Combine(_folder, "claims.html")));
        Assert.DoesNotContain("claims.html", Page("index.html"));
    }

    [Fact]
    public void The_committed_chapters_make_an_index_by_parts_and_every_link_of_every_page_leads_somewhere()
    {
        Write([.. Committed]);

        var index = new HtmlParser().ParseDocument(Page("index.html"));
        Assert.Equal(Committed.Count, index.QuerySelectorAll(".part .chapters > li").Length);
        var parts = index.QuerySelectorAll(".part h2").Select(h => h.TextContent).ToList();
        Assert.StartsWith("Part I ·", parts[0], StringComparison.Ordinal);
        Assert.Equal(["Appendix", "Ask it live"], parts[^2..]);
        Assert.Contains("-- explore", index.QuerySelector("#live code")!.TextContent);
        Assert.Equal("pictures/explore.png", index.QuerySelector("#live img")!.GetAttribute("src"));
        Assert.All(index.QuerySelectorAll(".chapters > li"),
            chapter => Assert.NotNull(chapter.QuerySelector(".look .urial-heat, .look img")));
        Assert.Empty(index.QuerySelectorAll(".look [tabindex], .look [role]"));
        var glossary = new HtmlParser().ParseDocument(Page("glossary.html"));
        Assert.NotEmpty(glossary.QuerySelectorAll(".urial-heat .s"));
        Assert.True(glossary.QuerySelectorAll("svg").Length >= 5);
        Assert.DoesNotMatch("</?(svg|g|path|rect|circle|text|figure|figcaption|div|p|style)\\b",
            glossary.QuerySelector("main")!.TextContent);

        var broken = new List<string>();
        foreach (var file in Directory.GetFiles(_folder, "*.html"))
            foreach (var link in new HtmlParser().ParseDocument(File.ReadAllText(file)).QuerySelectorAll("a[href], img[src], script[src]"))
                if ((link.GetAttribute("href") ?? link.GetAttribute("src")) is { } target && !Leads(file, target))
                    broken.Add($"{Path.GetFileName(file)}: {target}");
        Assert.Empty(broken);
    }

    [Fact]
    public void The_views_of_the_committed_chapters_come_through_whole()
    {
        Write([.. Committed]);

        foreach (var chapter in Committed)
        {
            var page = Page(chapter.Name + ".html");
            // An element or style of ours that the allow-list refused would stand there as text.
            Assert.DoesNotMatch("&lt;/?(div|span|td|th|tr|table|p|sup|sub|style|svg|path|details)[ &]",
                Regex.Replace(page, "<pre.*?</pre>", "", RegexOptions.Singleline));
        }
    }

    private bool Leads(string from, string target)
    {
        if (Regex.IsMatch(target, "^(https?:|mailto:|data:)"))
            return true;
        var (path, fragment) = target.Split('#') is [var p, var f] ? (p, f) : (target, null);
        var file = path.Length == 0 ? from : Path.Combine(_folder, Uri.UnescapeDataString(path));
        return Path.Exists(file)
            && (fragment is null || File.ReadAllText(file).Contains($"id=\"{fragment}\"", StringComparison.Ordinal));
    }

    private void Write(params Chapter[] chapters) => Gallery.Write(_folder, chapters);

    private string Page(string name) => File.ReadAllText(Path.Combine(_folder, name));
}
