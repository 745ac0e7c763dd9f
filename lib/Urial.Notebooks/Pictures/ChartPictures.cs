using System.Text.Json;
using Microsoft.Playwright;

namespace Urial.Notebooks;

/// <summary>
/// Makes the picture of a figure for a saved notebook: the very figure a live kernel shows, drawn by plotly.js in
/// headless Chromium through Playwright. Nothing is fetched; one browser serves many pictures.
/// </summary>
internal sealed class ChartPictures : IAsyncDisposable
{
    /// <summary>Pixels of the picture for each pixel of the figure: sharp when projected, and still small.</summary>
    public const float Scale = 1.5f;

    // A browser starts in two seconds, but not on a machine that is busy training.
    private const float PatienceInMilliseconds = 180_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IPage _page;

    private ChartPictures(IPlaywright playwright, IBrowser browser, IPage page) =>
        (_playwright, _browser, _page) = (playwright, browser, page);

    /// <summary>Whether pictures can be made here.</summary>
    /// <param name="why">If not, what is missing and what to do; empty otherwise.</param>
    public static bool Available(out string why) => ChromiumFinder.Find(out why) is not null && ChromiumFinder.DriverIsThere(out why);

    /// <summary>Starts the browser.</summary>
    /// <exception cref="UrialException">There is no Chromium, or it does not start.</exception>
    public static async Task<ChartPictures> OpenAsync()
    {
        var chromium = ChromiumFinder.Find(out var why);
        if (chromium is null || !ChromiumFinder.DriverIsThere(out why))
            throw new UrialException(why);
        IPlaywright? playwright = null;
        try
        {
            playwright = await Playwright.CreateAsync().ConfigureAwait(false);
            var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = chromium,
                Headless = true,
                Timeout = PatienceInMilliseconds,
                ChromiumSandbox = false,
                // The same glyph edges and colours on every machine, as far as a browser allows.
                Args = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--font-render-hinting=none",
                    "--disable-lcd-text", "--force-color-profile=srgb", "--hide-scrollbars"],
            }).ConfigureAwait(false);
            var context = await browser.NewContextAsync(new BrowserNewContextOptions
            {
                Offline = true,
                DeviceScaleFactor = Scale,
                ViewportSize = new ViewportSize { Width = 1200, Height = 900 },
                Locale = "en-US",
            }).ConfigureAwait(false);
            var page = await context.NewPageAsync().ConfigureAwait(false);
            page.SetDefaultTimeout(PatienceInMilliseconds);
            await page.SetContentAsync(
                "<!doctype html><meta charset=\"utf-8\"><body style=\"margin:0;background:#fff\"><div id=\"figure\"></div>")
                .ConfigureAwait(false);
            await page.AddScriptTagAsync(new PageAddScriptTagOptions { Content = PlotlyScript.Source }).ConfigureAwait(false);
            return new ChartPictures(playwright, browser, page);
        }
        catch (PlaywrightException exception)
        {
            // Ends the driver, and with it a browser that was already up.
            playwright?.Dispose();
            throw new UrialException($"{chromium} does not start for chart pictures: {FirstLine(exception)}", exception);
        }
    }

    /// <summary>The figure as a PNG of <see cref="Scale"/> times its size.</summary>
    /// <exception cref="UrialException">plotly.js refuses the figure.</exception>
    public Task<byte[]> RenderAsync(Figure figure) => RenderAsync(figure.PlotlyJson, figure.Title, figure.Width, figure.Height);

    /// <summary>A figure as a saved notebook holds it, as a PNG of <see cref="Scale"/> times its size.</summary>
    /// <param name="plotlyJson">data, layout and config; the layout says the size.</param>
    /// <exception cref="UrialException">plotly.js refuses the figure.</exception>
    public Task<byte[]> RenderAsync(string plotlyJson)
    {
        using var figure = JsonDocument.Parse(plotlyJson);
        var layout = figure.RootElement.TryGetProperty("layout", out var given) ? given : default;
        return RenderAsync(plotlyJson, "of a notebook", Size("width", 940), Size("height", 480));

        int Size(string name, int fallback) =>
            layout.ValueKind == JsonValueKind.Object && layout.TryGetProperty(name, out var size) && size.TryGetInt32(out var pixels)
                && pixels > 0 ? pixels : fallback;
    }

    private async Task<byte[]> RenderAsync(string plotlyJson, string title, int width, int height)
    {
        try
        {
            await _page.SetViewportSizeAsync(width, height).ConfigureAwait(false);
            await _page.EvaluateAsync(
                """
                async json => {
                  const place = document.getElementById('figure');
                  Plotly.purge(place);
                  const figure = JSON.parse(json);
                  await document.fonts.ready;
                  await Plotly.newPlot(place, figure.data, figure.layout, { staticPlot: true });
                }
                """, plotlyJson).ConfigureAwait(false);
            return await _page.Locator("#figure .svg-container").ScreenshotAsync(new LocatorScreenshotOptions
            {
                Type = ScreenshotType.Png,
                Animations = ScreenshotAnimations.Disabled,
            }).ConfigureAwait(false);
        }
        catch (PlaywrightException exception)
        {
            throw new UrialException($"The figure '{title}' cannot be drawn: {FirstLine(exception)}", exception);
        }
    }

    /// <summary>Closes the browser.</summary>
    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync().ConfigureAwait(false);
        _playwright.Dispose();
    }

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0];
}
