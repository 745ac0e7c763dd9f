using Microsoft.Playwright;
using Urial.Notebooks;
using Xunit.Abstractions;

namespace Urial.Tests;

/// <summary>
/// One Chromium and one gallery for the tests that look at pages: the committed chapters, one that means harm, one with claims.
/// </summary>
public sealed class GalleryBrowser : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("urial-gallery-").FullName;
    private TestChromium? _chromium;

    public async Task InitializeAsync()
    {
        _chromium = await TestChromium.TryStartAsync();
        if (_chromium is null)
            return;
        Gallery.Write(_folder, [.. GalleryChapters.Committed, GalleryChapters.WithClaims("97-claims"), GalleryChapters.Hostile()]);
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Whether there is none: the test says so and ends, or fails where everything is asked for.</summary>
    public bool IsMissing(ITestOutputHelper output) => TestChromium.IsMissing(output);

    /// <summary>A window of the browser, and what it complains about: console errors, requests that are not for a file.</summary>
    /// <param name="width">390 is a phone, 1280 a desktop.</param>
    /// <param name="dark">What the reader's system prefers.</param>
    /// <param name="script">Whether scripts run.</param>
    /// <param name="bypassPolicy">Whether the page's own policy is switched off.</param>
    public async Task<(IPage Page, List<string> Complaints)> OpenAsync(
        int width, bool dark = false, bool script = true, bool bypassPolicy = false)
    {
        var context = await _chromium!.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 844 : 800 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
            BypassCSP = bypassPolicy,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var complaints = new List<string>();
        await context.RouteAsync("**/*", route =>
        {
            if (route.Request.Url.StartsWith("file://", StringComparison.Ordinal))
                return route.ContinueAsync();
            complaints.Add($"asked for {route.Request.Url}");
            return route.AbortAsync();
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(TestChromium.Patience);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                complaints.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
        return (page, complaints);
    }

    /// <summary>Opens a page of the gallery and waits for its charts.</summary>
    /// <param name="page">The window.</param>
    /// <param name="name">The page's name, with a fragment or without.</param>
    /// <param name="script">Whether scripts run.</param>
    public async Task GoAsync(IPage page, string name, bool script = true)
    {
        var (file, fragment) = name.Split('#') is [var f, var place] ? (f, "#" + place) : (name, "");
        await page.GotoAsync(new Uri(Path.Combine(_folder, file + ".html")).AbsoluteUri + fragment);
        if (script)
            await page.WaitForFunctionAsync("() => document.querySelectorAll('figure.plot:not(.live)').length === 0");
    }
}
