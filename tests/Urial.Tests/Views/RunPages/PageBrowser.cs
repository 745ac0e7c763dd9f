using Microsoft.Playwright;
using Urial.Notebooks;

namespace Urial.Tests;

/// <summary>A browser that opens pages from files, offline, and keeps what they complain of.</summary>
public sealed class PageBrowser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private PageBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Console errors, errors of scripts, and requests that left the file.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<PageBrowser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return new PageBrowser(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ChromiumFinder.Find(out _),
            ChromiumSandbox = false,
            Timeout = 180_000,
            Args = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
        }));
    }

    public async Task<IPage> OpenAsync(string file, int width, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            Offline = true,
            JavaScriptEnabled = script,
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = 844 },
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(180_000);
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

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
