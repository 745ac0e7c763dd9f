using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace Urial.Tests;

[Collection(GalleryCollection.Name)]
public sealed class GalleryBrowserTests(GalleryBrowser browser, ITestOutputHelper output)
{
    private static readonly string[] Pages =
        ["index", "glossary", "claims", "01-one-answer-two-models", "09-what-urial-changes"];

    // Charts that neither show their picture nor are drawn; and pictures that did not load.
    private const string Unseen = """
        () => [...document.querySelectorAll('figure.plot')].filter(plot => {
          const seen = element => element && element.getBoundingClientRect().width > 200 && element.getBoundingClientRect().height > 100;
          const picture = plot.querySelector('.picture img');
          return !(seen(picture) && picture.naturalWidth > 0) && !seen(plot.querySelector('.live-chart .main-svg'));
        }).map(plot => plot.textContent.slice(0, 80))
        """;

    private const string TooWide = """
        () => document.documentElement.scrollWidth <= window.innerWidth ? [] : [...document.querySelectorAll('body *')]
          .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 160))
        """;

    [Theory]
    [InlineData(390, false, true)]
    [InlineData(390, true, true)]
    [InlineData(1280, false, true)]
    [InlineData(1280, true, true)]
    [InlineData(390, false, false)]
    [InlineData(390, true, false)]
    [InlineData(1280, false, false)]
    [InlineData(1280, true, false)]
    public async Task Pages_fit_show_every_chart_and_ask_for_nothing(int width, bool dark, bool script)
    {
        if (browser.IsMissing(output))
            return;
        var (page, complaints) = await browser.OpenAsync(width, dark, script);
        foreach (var name in Pages)
            await Look(page, name, script);
        Assert.Equal(dark, await page.EvaluateAsync<bool>(
            "() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).every(part => part < 80)"));
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Every_chapter_fits_a_phone_with_all_its_charts()
    {
        if (browser.IsMissing(output))
            return;
        var (page, complaints) = await browser.OpenAsync(390);
        foreach (var chapter in GalleryChapters.Committed)
            await Look(page, chapter.Name, script: true);
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(390, true, "index", "glossary", "12-reading-the-papers-tables")]
    [InlineData(1280, false, "index", "claims", "01-one-answer-two-models")]
    public async Task Axe_finds_nothing_serious(int width, bool dark, params string[] names)
    {
        if (browser.IsMissing(output))
            return;
        // Axe is put into the page as a script, which the page's policy forbids.
        var (page, _) = await browser.OpenAsync(width, dark, bypassPolicy: true);
        // Charts are drawings with a name; their thousands of parts tell axe nothing and take it a minute.
        var context = new AxeRunContext { Exclude = [new AxeSelector(".live-chart")] };
        foreach (var name in names)
        {
            await browser.GoAsync(page, name);
            var serious = (await page.RunAxe(context)).Violations.Where(found => found.Impact is "serious" or "critical")
                .SelectMany(found => found.Nodes.Take(3).Select(node => $"{name}: {found.Id} ({found.Nodes.Length}): {node.Html}"));
            Assert.Equal("", string.Join('\n', serious));
        }
        await page.Context.CloseAsync();
    }

    private async Task Look(IPage page, string name, bool script)
    {
        await browser.GoAsync(page, name, script);
        Assert.Equal((name, ""), (name, string.Join('\n', await page.EvaluateAsync<string[]>(TooWide))));
        Assert.Equal((name, ""), (name, string.Join('\n', await page.EvaluateAsync<string[]>(Unseen))));
    }
}
