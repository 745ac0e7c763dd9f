using Microsoft.Playwright;
using Xunit.Abstractions;

namespace Urial.Tests;

[Collection(GalleryCollection.Name)]
public sealed class GalleryUseTests(GalleryBrowser browser, ITestOutputHelper output)
{
    private const string Chapter = "01-one-answer-two-models";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Text_that_means_harm_is_text_and_runs_nothing(bool bypassPolicy)
    {
        if (browser.IsMissing(output))
            return;
        var (page, complaints) = await browser.OpenAsync(1280, bypassPolicy: bypassPolicy);
        foreach (var name in new[] { GalleryChapters.HostileName, "index", GalleryChapters.HostileName + "#slides-2" })
        {
            await browser.GoAsync(page, name);
            Assert.True(await page.EvaluateAsync<bool>($"() => {GalleryChapters.Ran} === undefined"), name);
            Assert.Equal(0, await page.Locator("[onerror], [onclick], [onload], iframe, form, a[href^='javascript' i]").CountAsync());
        }
        await browser.GoAsync(page, GalleryChapters.HostileName);
        var text = await page.Locator("main").InnerTextAsync();
        foreach (var shown in new[] { "<script>window.harmed=1</script>", "onerror=", "</pre>", "javascript:window.harmed=4",
            "⟨U+202E⟩", "⟨U+D83D⟩", "⟨U+0007⟩", "⟨U+001B⟩", "⟨U+009B⟩", "@import" })
            Assert.Contains(shown, text);
        Assert.DoesNotMatch("[\u202a-\u202e\u2066-\u2069\u0001-\u0008\u007f-\u009f]", await page.ContentAsync());
        Assert.Contains("<script>window.harmed=1</script>", await page.Locator(".live-chart .gtitle").TextContentAsync());
        // With the page's policy the browser says that it refused the chart's picture from elsewhere; it must never come to a request.
        Assert.DoesNotContain(complaints, complaint => !bypassPolicy && complaint.StartsWith("asked for", StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_style_sheet_of_an_output_styles_that_output_alone()
    {
        if (browser.IsMissing(output))
            return;
        var (page, _) = await browser.OpenAsync(1280);
        await browser.GoAsync(page, GalleryChapters.HostileName);
        Assert.Equal("rgb(1, 2, 3)", await Colour(page, ".harmed"));
        Assert.NotEqual("rgb(1, 2, 3)", await Colour(page, "footer p"));
        Assert.True(await page.Locator(".urial-heat").First.IsVisibleAsync());
        Assert.True(await page.Locator(".view:has(.harmed)").IsVisibleAsync());
        await page.Context.CloseAsync();

        static Task<string> Colour(IPage page, string of) =>
            page.EvaluateAsync<string>($"() => getComputedStyle(document.querySelector('{of}')).color");
    }

    [Fact]
    public async Task A_token_view_is_one_stop_and_the_arrows_walk_it()
    {
        if (browser.IsMissing(output))
            return;
        var (page, _) = await browser.OpenAsync(1280);
        await browser.GoAsync(page, Chapter);
        Assert.True(await page.EvaluateAsync<bool>("""
            () => [...document.querySelectorAll('.urial-heat')].filter(v => v.querySelector('.t span[aria-label]'))
              .every(v => v.querySelectorAll('.t span[tabindex="0"]').length === 1)
            """));
        await page.Locator(".urial-heat .t span[tabindex='0']").First.FocusAsync();
        foreach (var (key, place) in new[] { ("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("Home", 0), ("End", -1) })
        {
            await page.Keyboard.PressAsync(key);
            Assert.Equal(place, await page.EvaluateAsync<int>("""
                () => { const all = [...document.activeElement.closest('.urial-heat').querySelectorAll('.t span[aria-label]')];
                  const at = all.indexOf(document.activeElement); return at === all.length - 1 ? -1 : at; }
                """));
        }
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_chosen_colours_stay_and_charts_take_them()
    {
        if (browser.IsMissing(output))
            return;
        var (page, complaints) = await browser.OpenAsync(1280);
        await browser.GoAsync(page, Chapter);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Dark" }).ClickAsync();
        Assert.Equal("dark", await Theme(page));
        await page.WaitForFunctionAsync("() => /^rgb\\((\\d|[1-5]\\d),/.test(document.querySelector('.main-svg').style.background)");
        await browser.GoAsync(page, "glossary");
        Assert.Equal("dark", await Theme(page));
        Assert.Empty(complaints);
        await page.Context.CloseAsync();

        static Task<string> Theme(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).colorScheme");
    }

    [Fact]
    public async Task Slides_show_a_chapter_piece_by_piece_and_put_everything_back()
    {
        if (browser.IsMissing(output))
            return;
        var (page, complaints) = await browser.OpenAsync(1280);
        await browser.GoAsync(page, Chapter);
        var whole = await page.Locator("main").TextContentAsync();
        var headings = await page.Locator(".prose > h1, .prose > h2, .prose > h3").CountAsync();
        var pieces = await page.EvaluateAsync<int>("""
            () => [...document.querySelectorAll('.prose > blockquote, .cell > .view, .cell > .plot')]
              .map((piece, i) => piece.dataset.piece = i).length
            """);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Slides" }).ClickAsync();
        var first = await Count(page) ?? "";
        var wanted = int.Parse(first["1 of ".Length..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.False(await page.Locator("main").IsVisibleAsync());
        var seen = new List<string>();
        var shown = new List<string?> { await Piece(page) };
        for (var i = 1; i < wanted; i++)
        {
            await page.Keyboard.PressAsync(i % 2 == 0 ? "PageDown" : "ArrowRight");
            seen.Add(await page.Locator(".stage-body > *").First.GetAttributeAsync("class") ?? "");
            shown.Add(await Piece(page));
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"));
        }
        // Every heading has a slide, and every piece one, or as many as it needs one behind the other.
        Assert.Equal(headings, shown.Count(piece => piece is null));
        var followed = shown.OfType<string>().ToArray();
        Assert.Equal(Enumerable.Range(0, pieces).Select(i => $"{i}"), followed.Where((piece, i) => i == 0 || piece != followed[i - 1]));
        Assert.Equal($"{wanted} of {wanted}", await Count(page));
        Assert.Contains(seen, kind => kind.Split(' ').Contains("view"));
        Assert.Contains(seen, kind => kind.StartsWith("plot", StringComparison.Ordinal));
        await page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal($"{wanted - 1} of {wanted}", await Count(page));
        await page.Keyboard.PressAsync("Escape");
        Assert.True(await page.Locator("main").IsVisibleAsync());
        Assert.Equal(whole, await page.Locator("main").TextContentAsync());
        Assert.Empty(complaints);
        await page.Context.CloseAsync();

        static Task<string?> Piece(IPage page) =>
            page.EvaluateAsync<string?>("() => document.querySelector('.stage-body [data-piece]')?.dataset.piece");

        static async Task<string?> Count(IPage page) => await page.Locator(".stage-foot span").TextContentAsync();
    }

    [Theory]
    [InlineData("02-token-distribution-shift")]
    [InlineData("10-ablations")]
    public async Task Slides_can_be_read_from_the_last_row_and_hide_nothing_below(string chapter)
    {
        if (browser.IsMissing(output))
            return;
        var (page, _) = await browser.OpenAsync(1920);
        await page.SetViewportSizeAsync(1920, 1080);
        await browser.GoAsync(page, chapter);
        var rows = await page.Locator(".urial-found tbody tr").CountAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Slides" }).ClickAsync();
        var found = 0;
        for (var before = ""; await page.Locator(".stage-foot span").TextContentAsync() is { } count && count != before; before = count)
        {
            Assert.True(await page.EvaluateAsync<bool>(
                "() => { const b = document.querySelector('.stage-body'); return b.scrollHeight <= b.clientHeight + 1 }"), count);
            var smallest = await page.EvaluateAsync<double>("""
                () => Math.min(99, ...[...document.querySelectorAll('.stage-body > .view :is(td, th, p)')].filter(e => e.offsetHeight > 0)
                    .map(e => parseFloat(getComputedStyle(e).fontSize) * e.closest('.view').style.zoom))
                """);
            Assert.True(smallest >= 20, $"{count}: {smallest} pixels");
            found += await page.Locator(".stage .urial-found tbody tr:visible").CountAsync();
            await page.Keyboard.PressAsync("ArrowRight");
        }
        Assert.Equal(rows, found);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Print_has_pictures_open_folds_and_no_bars()
    {
        if (browser.IsMissing(output))
            return;
        var (page, _) = await browser.OpenAsync(1280, dark: true);
        await browser.GoAsync(page, Chapter);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await page.EvaluateAsync("() => window.dispatchEvent(new Event('beforeprint'))");
        Assert.True(await page.Locator("figure.plot .picture img").First.IsVisibleAsync());
        Assert.False(await page.Locator("figure.plot .live-chart").First.IsVisibleAsync());
        Assert.False(await page.Locator("header.top").IsVisibleAsync());
        Assert.True(await page.Locator("figure.plot details p").First.IsVisibleAsync());
        Assert.Equal("light", await page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).colorScheme"));
        Assert.Equal("none", await Style(page, "figure.plot .picture img", "filter"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_narrow_sheet_of_paper_is_no_phone_and_a_table_may_go_on_overleaf()
    {
        if (browser.IsMissing(output))
            return;
        var (page, _) = await browser.OpenAsync(700);
        await browser.GoAsync(page, "claims");
        Assert.Equal("grid", await Style(page, ".urial-claims tbody tr", "display"));
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.Equal("table-row", await Style(page, ".urial-claims tbody tr", "display"));
        Assert.Equal("block", await Style(page, ".urial-claims tbody tr", "display", ".urial-table"));
        Assert.Equal("auto", await Style(page, ".view:has(.urial-claims)", "break-inside"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_script_too_a_chart_is_dark_on_a_dark_page()
    {
        if (browser.IsMissing(output))
            return;
        foreach (var dark in new[] { true, false })
        {
            var (page, _) = await browser.OpenAsync(1280, dark, script: false);
            await browser.GoAsync(page, Chapter, script: false);
            Assert.Equal(dark ? "invert(0.9) hue-rotate(180deg)" : "none", await Style(page, "figure.plot .picture img", "filter"));
            await page.Context.CloseAsync();
        }
    }

    private static Task<string> Style(IPage page, string of, string property, string? around = null) => page.EvaluateAsync<string>(
        "([of, property, around]) => { const found = document.querySelector(of); "
            + "return getComputedStyle(around ? found.closest(around) : found).getPropertyValue(property); }",
        new[] { of, property, around });
}
