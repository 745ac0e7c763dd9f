using Microsoft.Playwright;
using Urial.Notebooks;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Urial.Tests.Explore;

/// <summary>The live page in a browser: asked, looked at, changed, branched and blended, by mouse and by keyboard alone.</summary>
public sealed partial class ExploreBrowserTests(ExploreSite site, ExploreBrowser browser, ITestOutputHelper output)
    : IClassFixture<ExploreSite>, IClassFixture<ExploreBrowser>
{
    private const string Idle = "body[data-busy=no] .answer .strip";

    [Fact]
    public async Task A_reader_asks_looks_changes_the_prompt_branches_blends_and_goes_back()
    {
        if (browser.IsMissing(output))
            return;
        var page = await Open(1320);
        await Ask(page);
        var tokens = page.Locator(".answer .tokens > span");
        var count = await tokens.CountAsync();
        Assert.True(count > 20);
        Assert.Contains($"of {count}; without end of sequence", await page.Locator(".shares").InnerTextAsync());
        Assert.Equal(count, await page.Locator(".strip rect").CountAsync());
        Assert.Equal(count, await page.Locator(".tokens > span[data-label]").CountAsync());

        await tokens.Nth(3).ClickAsync();
        await Expect(Part(page, "look")).ToContainTextAsync("the base side ranks it");
        Assert.True(await page.Locator(".bars tbody tr").CountAsync() >= 6);

        var asked = page.Url;
        await Part(page, "style").SelectOptionAsync(new SelectOptionValue { Label = "URIAL, K = 3" });
        await Expect(Part(page, "changed")).ToContainTextAsync($"of {count} tokens change their class");
        var moved = await page.Locator(".tokens .moved").CountAsync();
        Assert.Contains($": {moved} of {count} tokens", await Part(page, "changed").InnerTextAsync());
        Assert.True(moved > 0);
        await Part(page, "control").CheckAsync();
        await Expect(Part(page, "changed")).ToContainTextAsync("Under “URIAL, K = 3, control”");
        await Part(page, "control").UncheckAsync();
        await Expect(Part(page, "changed")).ToContainTextAsync("compared with “URIAL, K = 3, control”");

        var other = page.Locator(".bars button:not(:disabled)").First;
        var forced = await other.InnerTextAsync();
        await page.GetByLabel("the base model", new() { Exact = true }).CheckAsync();
        await other.ClickAsync();
        await Expect(page.Locator(".answer")).ToHaveCountAsync(2);
        await page.WaitForSelectorAsync(Idle);
        await Expect(page.Locator(".answer").Nth(1)).ToContainTextAsync($"at token 4, “{forced}”; the base model goes on");
        Assert.Equal(await tokens.Nth(2).InnerTextAsync(),
            await page.Locator(".answer").Nth(1).Locator(".tokens > span").Nth(2).InnerTextAsync());

        await Part(page, "blend").FillAsync("0.4");
        await Expect(page.Locator(".answer")).ToHaveCountAsync(3);
        await Expect(page.Locator(".answer").Nth(2)).ToContainTextAsync("λ = 0.4");
        await page.WaitForSelectorAsync(Idle);

        await Part(page, "undo").ClickAsync();
        await Expect(page.Locator(".answer")).ToHaveCountAsync(2);
        for (var back = 0; back < 4; back++)
        {
            await page.WaitForSelectorAsync(Idle);
            await page.GoBackAsync();
        }
        await Expect(page.Locator(".answer")).ToHaveCountAsync(1);
        Assert.Equal(asked, page.Url);
        await Expect(Part(page, "style")).ToHaveValueAsync("{\"name\":\"zero-shot\"}");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_link_shows_the_same_state_in_another_window_and_a_broken_one_says_so()
    {
        if (browser.IsMissing(output))
            return;
        var page = await Open(1320);
        await Ask(page);
        await Part(page, "style").SelectOptionAsync(new SelectOptionValue { Label = "URIAL, K = 8" });
        await Expect(Part(page, "changed")).ToBeVisibleAsync();
        await page.Locator(".tokens > span").Nth(5).ClickAsync();
        var other = await Open(1320, url: page.Url);
        await other.WaitForSelectorAsync(Idle);
        foreach (var name in new[] { "views", "changed", "look" })
            Assert.Equal(await Part(page, name).InnerTextAsync(), await Part(other, name).InnerTextAsync());
        foreach (var broken in new[] { "#abc", "#" + Convert.ToBase64String("{\"pair\":\"x\"}"u8), page.Url[page.Url.IndexOf('#')..^9] })
        {
            var wrong = await Open(1320, url: site.Server.Address + broken);
            await Expect(Part(wrong, "error")).ToBeVisibleAsync();
            await Ask(wrong);
            await Expect(Part(wrong, "error")).ToBeHiddenAsync();
        }
    }

    [Fact]
    public async Task Keys_alone_do_it_all()
    {
        if (browser.IsMissing(output))
            return;
        var page = await Open(1320);
        await Tab(page, "question");
        await page.Keyboard.TypeAsync(ExploreSite.Question);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(Idle);
        await Tab(page, "style");
        await page.Keyboard.PressAsync("End"); // the last choice: the chat template
        await Expect(Part(page, "changed")).ToContainTextAsync("chat template");
        await Tab(page, "control");
        await page.Keyboard.PressAsync("Space");
        await Expect(Part(page, "status")).ToContainTextAsync("control");
        for (var press = 0; press < 30 && !await IsToken(page); press++)
            await page.Keyboard.PressAsync("Tab");
        Assert.True(await IsToken(page));
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator(".tokens > span").Nth(2)).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal(1, await page.Locator(".tokens > span[tabindex='0']").CountAsync());
        await page.Keyboard.PressAsync("Enter"); // to what could stand here instead
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".answer")).ToHaveCountAsync(2);
        await page.WaitForSelectorAsync(Idle);
        Assert.True(await IsToken(page));
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Locator(".answer").First.Locator(".tokens > span").Nth(2)).ToHaveAttributeAsync("aria-pressed", "true");
        await Tab(page, "blend", back: true);
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator(".answer")).ToHaveCountAsync(3);
        await Expect(page.Locator(".answer").Nth(2)).ToContainTextAsync("λ = 0.9");
        Assert.Empty(browser.Complaints);
    }

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1320, ColorScheme.Light)]
    [InlineData(1320, ColorScheme.Dark)]
    public async Task It_fits_and_Axe_finds_nothing(int width, ColorScheme scheme)
    {
        if (browser.IsMissing(output))
            return;
        var page = await Open(width, scheme, bypassPolicy: true); // axe is put into the page as a script
        await Ask(page);
        await Part(page, "style").SelectOptionAsync(new SelectOptionValue { Label = "URIAL, K = 3" });
        await Expect(Part(page, "changed")).ToBeVisibleAsync();
        await page.Locator(".tokens > span").Nth(3).ClickAsync();
        await page.Locator(".bars button:not(:disabled)").First.ClickAsync();
        await Expect(page.Locator(".answer")).ToHaveCountAsync(2);
        await page.WaitForSelectorAsync(Idle);
        await Part(page, "promptfold").Locator("summary").ClickAsync();
        await Expect(Part(page, "prompttokens")).ToContainTextAsync("tokens");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        Assert.Equal(scheme == ColorScheme.Light ? "rgb(255, 255, 255)" : "rgb(22, 24, 27)",
            await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.Equal("", await Axe.FindAsync(page, ["moderate", "serious", "critical"]));
    }

    [Fact]
    public async Task Hostile_text_is_text_and_what_fails_is_a_line_on_a_page_that_lives_on()
    {
        if (browser.IsMissing(output))
            return;
        var page = await Open(1320);
        const string Hostile = "<img src=x onerror='document.hacked=1'>\u202E {{x}} What do you know about Nepal?";
        await Ask(page, Hostile);
        await Expect(Part(page, "turns")).ToContainTextAsync("<img src=x onerror='document.hacked=1'>⟨U+202E⟩");
        Assert.True(await page.EvaluateAsync<bool>("document.hacked === undefined && !document.querySelector('main img')"));
        await Part(page, "question").FillAsync(string.Concat(Enumerable.Repeat("Nepal ", 1_000)));
        await Part(page, "ask").ClickAsync();
        await Expect(Part(page, "error")).ToContainTextAsync("Context overflow");
        await Ask(page);
        await Expect(Part(page, "error")).ToBeHiddenAsync();
        Assert.DoesNotContain(browser.Complaints, complaint => !complaint.Contains("400"));
    }

    [Fact]
    public async Task Two_tabs_at_once_stay_right()
    {
        if (browser.IsMissing(output))
            return;
        var (one, other) = (await Open(1320), await Open(390));
        await Part(one, "question").FillAsync(ExploreSite.Question);
        await Part(other, "question").FillAsync("Which language do people speak in Peru?");
        await Task.WhenAll(Part(one, "ask").ClickAsync(), Part(other, "ask").ClickAsync());
        foreach (var (page, question) in new[] { (one, ExploreSite.Question), (other, "Which language do people speak in Peru?") })
        {
            await page.WaitForSelectorAsync(Idle);
            var expected = ShiftAnalysis.Ask(site.Pair, question, new ShiftOptions { MaxNewTokens = 160 });
            Assert.Equal(expected.Tokens.Length, await page.Locator(".tokens > span").CountAsync());
            Assert.Equal(expected.Positions.Select(position => position.Class.Name()[..1]), await page.Locator(".tokens > span")
                .EvaluateAllAsync<string[]>("spans => spans.map(span => span.className[0])"));
        }
    }

    private async Task<IPage> Open(int width, ColorScheme scheme = ColorScheme.Light, bool bypassPolicy = false, string? url = null)
    {
        var page = await browser.OpenAsync(width, scheme, bypassPolicy);
        await page.GotoAsync(url ?? $"{site.Server.Address}");
        await page.WaitForSelectorAsync("body[data-ready=yes]");
        return page;
    }

    private static ILocator Part(IPage page, string name) => page.Locator($"[data-part={name}]");

    private static async Task Ask(IPage page, string question = ExploreSite.Question)
    {
        await Part(page, "question").FillAsync(question);
        await Part(page, "ask").ClickAsync();
        await page.WaitForSelectorAsync(Idle);
        await Expect(Part(page, "status")).ToContainTextAsync("tokens; the answer");
    }

    private static Task<bool> IsToken(IPage page) => page.EvaluateAsync<bool>("document.activeElement.matches('.tokens > span')");

    private static async Task Tab(IPage page, string name, bool back = false)
    {
        for (var press = 0; press < 60; press++)
        {
            if (await page.EvaluateAsync<bool>($"document.activeElement.dataset.part === '{name}'"))
                return;
            await page.Keyboard.PressAsync(back ? "Shift+Tab" : "Tab");
        }
        Assert.Fail($"Tab does not lead to {name}.");
    }
}
