using Microsoft.Playwright;
using Urial.Notebooks;
using Xunit.Abstractions;

namespace Urial.Tests.Explore;

/// <summary>One Chromium for the tests that use the live page.</summary>
public sealed class ExploreBrowser : IAsyncLifetime
{
    private const float Patience = 120_000; // milliseconds: other tests run beside

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Console errors and errors of scripts.</summary>
    public List<string> Complaints { get; } = [];

    public async Task InitializeAsync()
    {
        if (!ChartPictures.Available(out _))
            return;
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ChromiumFinder.Find(out _),
            ChromiumSandbox = false,
            Timeout = Patience,
            Args = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
    }

    /// <summary>Whether there is none: the test says so and ends, or fails where everything is asked for.</summary>
    public bool IsMissing(ITestOutputHelper output)
    {
        if (ChartPictures.Available(out var why))
            return false;
        Assert.False(Environment.GetEnvironmentVariable("URIAL_REQUIRE_ALL") == "1", why);
        output.WriteLine($"Skipped: {why}");
        return true;
    }

    /// <summary>A window.</summary>
    public async Task<IPage> OpenAsync(int width, ColorScheme scheme, bool bypassPolicy)
    {
        Complaints.Clear();
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            BypassCSP = bypassPolicy,
            ViewportSize = new ViewportSize { Width = width, Height = 844 },
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        return page;
    }
}
