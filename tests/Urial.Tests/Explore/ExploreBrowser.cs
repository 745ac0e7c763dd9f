using Microsoft.Playwright;
using Xunit.Abstractions;

namespace Urial.Tests.Explore;

/// <summary>One Chromium for the tests that use the live page.</summary>
public sealed class ExploreBrowser : IAsyncLifetime
{
    private TestChromium? _chromium;

    /// <summary>Console errors and errors of scripts.</summary>
    public List<string> Complaints { get; } = [];

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(TestChromium.Patience);
        _chromium = await TestChromium.TryStartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
    }

    /// <summary>Whether there is none: the test says so and ends, or fails where everything is asked for.</summary>
    public bool IsMissing(ITestOutputHelper output) => TestChromium.IsMissing(output);

    /// <summary>A window.</summary>
    public async Task<IPage> OpenAsync(int width, ColorScheme scheme, bool bypassPolicy)
    {
        Complaints.Clear();
        var context = await _chromium!.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            BypassCSP = bypassPolicy,
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
        return page;
    }
}
