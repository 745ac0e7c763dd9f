using Xunit.Abstractions;

namespace Urial.Tests;

/// <summary>A figure as a live kernel shows it, in a page that says as its host does whether it is dark.</summary>
[Collection(GalleryCollection.Name)]
public sealed class LiveFigureTests(GalleryBrowser browser, ITestOutputHelper output)
{
    [Theory]
    [InlineData("class=\"vscode-dark\"", true)]
    [InlineData("class=\"vscode-high-contrast\"", true)]
    [InlineData("data-jp-theme-light=\"false\"", true)]
    [InlineData("class=\"vscode-light\"", false)]
    [InlineData("class=\"vscode-high-contrast vscode-high-contrast-light\"", false)]
    [InlineData("data-jp-theme-light=\"true\"", false)]
    [InlineData("", false)]
    public async Task A_live_chart_is_dark_where_its_host_is(string host, bool dark)
    {
        if (browser.IsMissing(output))
            return;
        var figure = SampleCharts.All["shares"]();
        var (page, complaints) = await browser.OpenAsync(1280);
        await page.SetContentAsync($"<body {host}>{FigureHtml.Of(figure, 1, figure.Title, PlotlyScript.Source)}</body>");
        await page.WaitForSelectorAsync(".main-svg");
        var paper = await page.EvaluateAsync<int[]>(
            "() => getComputedStyle(document.querySelector('.main-svg')).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)");
        Assert.All(paper, part => Assert.InRange(part, dark ? 0 : 250, dark ? 60 : 255));
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }
}
