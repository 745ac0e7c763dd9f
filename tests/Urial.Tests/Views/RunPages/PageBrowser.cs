using Microsoft.Playwright;

namespace Urial.Tests;

/// <summary>A browser that opens pages from files, offline, and keeps what they complain of.</summary>
public sealed class PageBrowser : IAsyncDisposable
{
    private readonly TestChromium _chromium;

    private PageBrowser(TestChromium chromium) => _chromium = chromium;

    /// <summary>Console errors, errors of scripts, and requests that left the file.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<PageBrowser> StartAsync() => new(await TestChromium.StartAsync());

    public async Task<IPage> OpenAsync(string file, int width, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        var context = await _chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            Offline = true,
            JavaScriptEnabled = script,
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = 844 },
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(TestChromium.Patience);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file://", StringComparison.Ordinal) && !request.Url.StartsWith("about:", StringComparison.Ordinal))
                Complaints.Add($"asked for {request.Url}");
        };
        await page.GotoAsync("file://" + file);
        return page;
    }

    /// <summary>One browser for the tests of a class, started when the first one needs it.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        private PageBrowser? _browser;

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task<PageBrowser> BrowserAsync()
        {
            _browser ??= await StartAsync();
            _browser.Complaints.Clear();
            return _browser;
        }

        public async Task DisposeAsync()
        {
            if (_browser is not null)
                await _browser.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => _chromium.DisposeAsync();
}
