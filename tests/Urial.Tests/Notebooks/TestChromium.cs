using Microsoft.Playwright;
using Urial.Notebooks;
using Xunit.Abstractions;

namespace Urial.Tests;

/// <summary>The Chromium of this machine, headless, as all tests that look at pages start it.</summary>
internal sealed class TestChromium : IAsyncDisposable
{
    /// <summary>How long a page may take, in milliseconds: other tests run beside.</summary>
    public const float Patience = 120_000;

    private readonly IPlaywright _playwright;

    private TestChromium(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    /// <summary>The browser.</summary>
    public IBrowser Browser { get; }

    /// <summary>Whether there is none: the test says so and ends, or fails where everything is asked for.</summary>
    public static bool IsMissing(ITestOutputHelper output)
    {
        if (ChartPictures.Available(out var why))
            return false;
        Assert.False(Environment.GetEnvironmentVariable("URIAL_REQUIRE_ALL") == "1", why);
        output.WriteLine($"Skipped: {why}");
        return true;
    }

    /// <summary>Starts it; null where there is none.</summary>
    public static async Task<TestChromium?> TryStartAsync() => ChartPictures.Available(out _) ? await StartAsync() : null;

    /// <summary>Starts it.</summary>
    public static async Task<TestChromium> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return new TestChromium(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ChromiumFinder.Find(out _),
            ChromiumSandbox = false,
            Timeout = Patience,
            Args = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
