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
    public async Task Every_chapter_fits_a_phone_with_all_its_charts_and_no_words_of_a_chart_meet()
    {
        if (browser.IsMissing(output))
            return;
        var (page, complaints) = await browser.OpenAsync(390);
        foreach (var chapter in GalleryChapters.Committed)
        {
            await Look(page, chapter.Name, script: true);
            Assert.Equal((chapter.Name, ""), (chapter.Name, string.Join('\n', await page.EvaluateAsync<string[]>(Overlaps))));
        }
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    // What a reader must not have to look for: of each claim on a phone, all of its row lies on the screen.
    private const string ClaimsOff = """
        () => [...document.querySelectorAll('.urial-claims tr > *')].filter(cell => cell.offsetParent)
          .filter(cell => {
            const box = cell.getBoundingClientRect(), frame = cell.closest('.urial-table, .urial-found').getBoundingClientRect();
            return box.right > Math.min(window.innerWidth, frame.right) + 1 || box.left < frame.left - 1; })
          .map(cell => cell.textContent)
        """;

    private const string Overlaps = """
        () => [...document.querySelectorAll('.live-chart')].flatMap(chart => {
          const edge = chart.querySelector('.main-svg').getBoundingClientRect();
          const texts = [...chart.querySelectorAll('svg text')].filter(text => text.textContent.trim())
            .filter(text => {
              const turned = /rotate\((-?[\d.]+)/.exec(text.getAttribute('transform') || '');
              return !turned || turned[1] % 90 === 0;
            })
            .map(text => ({ words: text.textContent, box: text.getBoundingClientRect() })).filter(text => text.box.width > 2);
          const off = texts.filter(({ box }) => box.left < edge.left - 4 || box.right > edge.right + 4).map(text => 'cut: ' + text.words);
          return off.concat(texts.flatMap((one, i) => texts.slice(i + 1).filter(two =>
            Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left) > 6
            && Math.min(one.box.bottom, two.box.bottom) - Math.max(one.box.top, two.box.top) > 6)
            .map(two => one.words + ' | ' + two.words)));
        })
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_a_phone_no_column_of_a_claim_lies_outside_the_screen(bool script)
    {
        if (browser.IsMissing(output))
            return;
        var (page, _) = await browser.OpenAsync(390, script: script);
        await browser.GoAsync(page, "claims", script);
        Assert.True(await page.Locator(".urial-claims td:visible").CountAsync() > 200);
        Assert.Equal("", string.Join('\n', await page.EvaluateAsync<string[]>(ClaimsOff)));
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
        foreach (var name in names)
        {
            await browser.GoAsync(page, name);
            // Charts are drawings with a name; their thousands of parts tell axe nothing and take it a minute.
            Assert.Equal((name, ""), (name, await Axe.FindAsync(page, ["serious", "critical"], except: ".live-chart")));
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
