using Microsoft.Playwright;
using Urial.Notebooks;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Urial.Tests;

/// <summary>A run's page in a browser, from a file and without a network.</summary>
public sealed class RunPageBrowserTests(PageBrowser.Shared shared, ITestOutputHelper output)
    : IClassFixture<PageBrowser.Shared>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-page-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_reader_searches_sorts_filters_and_moves_through_an_answer()
    {
        var browser = await Browser();
        if (browser is null)
            return;
        var page = await browser.OpenAsync(File(MadeUpRun.Of()), 1280);
        Assert.Equal(20, await page.Locator("article").CountAsync());
        Assert.Contains("1–20 of 50 answers", await page.Locator("[role=status]").InnerTextAsync());

        await page.GetByLabel("Search in queries and answers").FillAsync("NUMBER 33.");
        await Expect(page.Locator("article")).ToHaveCountAsync(1);
        Assert.Equal("q33", await page.Locator("article h3 a").InnerTextAsync());
        await page.GetByLabel("Search in queries and answers").FillAsync("");
        await Expect(page.Locator("article")).ToHaveCountAsync(20);

        await page.GetByLabel("Sort by").SelectOptionAsync("length");
        var longest = MadeUpRun.Of().Answers.MaxBy(answer => answer.Positions.Count)!;
        Assert.Equal(longest.Id, await page.Locator("article h3 a").First.InnerTextAsync());
        await page.GetByText("⇅ reverse").ClickAsync();
        Assert.NotEqual(longest.Id, await page.Locator("article h3 a").First.InnerTextAsync());
        await page.GetByLabel("Kind", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("odd");
        var odd = MadeUpRun.Of().Answers.Count(answer => answer.Kind == "odd");
        Assert.Contains($"of {odd} answers found among 50", await page.Locator("[role=status]").InnerTextAsync());

        // A link shows its answer whatever is filtered; q17 is an id here, and the seventeenth of a run without such ids.
        await page.EvaluateAsync("location.hash = '#q50'");
        await page.WaitForSelectorAsync("article.found");
        Assert.Equal("q50", await page.Locator("article.found h3 a").InnerTextAsync());
        var tokens = page.Locator("article.found .tokens > span");
        Assert.Equal(1, await page.Locator("article.found .tokens > span[tabindex='0']").CountAsync());
        await tokens.First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Contains("base rank", await page.Locator(".card").InnerTextAsync());
        Assert.Contains("(position 1 of", await page.Locator(".card").InnerTextAsync());
        Assert.True(await page.Locator(".card .pairs td").CountAsync() >= 8);
        await page.Keyboard.PressAsync("End");
        Assert.True(await tokens.Last.EvaluateAsync<bool>("token => token === document.activeElement && token.tabIndex === 0"));
        Assert.Equal(1, await page.Locator("article.found .tokens > span[tabindex='0']").CountAsync());
        await page.Keyboard.PressAsync("Escape");
        Assert.False(await page.Locator(".card").IsVisibleAsync());
        await page.GetByText("next ›").ClickAsync(new LocatorClickOptions { Trial = true });
        Assert.Empty(browser.Complaints);
    }

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task It_fits_the_width_says_what_it_shows_and_runs_nothing_of_a_models_text(int width, ColorScheme scheme)
    {
        var browser = await Browser();
        if (browser is null)
            return;
        var page = await browser.OpenAsync(File(MadeUpRun.Of()), width, scheme);
        Assert.Equal(0, await page.Locator(".tokens[data-drawn]").CountAsync()); // only what comes on screen is drawn
        await page.Locator("article").First.ScrollIntoViewIfNeededAsync();
        await page.Locator("article:first-child .tokens[data-drawn] > span").First.WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        foreach (var token in await page.Locator("article").First.Locator(".tokens > span").AllAsync())
            await token.FocusAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.hacked === undefined"));
        Assert.Equal(MadeUpRun.Hostile.Select(VisibleText.Of), await page.Locator("article h3 a").EvaluateAllAsync<string[]>(
            $"links => links.slice(0, {MadeUpRun.Hostile.Length}).map(link => link.textContent)"));
        var paper = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Assert.Equal(scheme == ColorScheme.Light ? "rgb(255, 255, 255)" : "rgb(22, 24, 27)", paper);

        await page.EvaluateAsync("document.activeElement.blur()");
        Assert.Equal("", await Axe.FindAsync(page, ["serious", "critical"]));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_written_answer_shows_its_parts()
    {
        var browser = await Browser();
        if (browser is null)
            return;
        var answer = MadeUp.Of("w1", "Why?", "Well", " so", ".", "<eos>") with { Segments = ["opener", "body", "body", "end of turn"] };
        foreach (var script in new[] { true, false })
        {
            var page = await browser.OpenAsync(File(MadeUpRun.Of([answer])), 1280, script: script);
            await page.Locator("article").First.ScrollIntoViewIfNeededAsync(); // only what comes on screen is drawn
            await page.Locator(".tokens > span").First.WaitForAsync();
            Assert.Equal(["opener", "body", "end of turn"], await page.Locator(".tokens .part").AllInnerTextsAsync());
            Assert.Equal(4, await page.Locator(".tokens > span").CountAsync());
        }
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_compressed_run_and_a_page_without_script_are_read_too()
    {
        var browser = await Browser();
        if (browser is null)
            return;
        var large = File(MadeUpRun.Of([.. Enumerable.Range(0, 150).Select(i => MadeUp.Long with { Id = $"a{i}" })]));
        var page = await browser.OpenAsync(large + "#q140", 1280);
        await page.WaitForSelectorAsync("article.found");
        Assert.Equal("a139", await page.Locator("article.found h3 a").InnerTextAsync());
        Assert.Equal(MadeUp.Long.Tokens.Length, await page.Locator("article.found .tokens > span").CountAsync());
        Assert.Empty(browser.Complaints);

        var still = await browser.OpenAsync(File(MadeUpRun.Of()), 390, script: false);
        Assert.Equal(RunPage.FirstAnswers, await still.Locator("article .tokens").CountAsync());
        Assert.True(await still.Locator("svg").First.IsVisibleAsync());
        Assert.False(await still.Locator("[data-part=controls]").IsVisibleAsync());
        Assert.True(await still.Locator(".manifest").IsVisibleAsync());
    }

    private string File(StoredRun run)
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.html");
        AtomicFile.Write(path, stream => RunPage.Write(run, stream));
        return path;
    }

    private async Task<PageBrowser?> Browser() => TestChromium.IsMissing(output) ? null : await shared.BrowserAsync();
}
