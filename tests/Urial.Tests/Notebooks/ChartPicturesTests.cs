using System.Buffers.Binary;
using Urial.Notebooks;
using Xunit.Abstractions;

namespace Urial.Tests;

public sealed class ChartPicturesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task One_browser_makes_many_pictures_and_the_same_figure_is_the_same_picture()
    {
        if (TestChromium.IsMissing(output))
            return;
        await using var pictures = await ChartPictures.OpenAsync();
        var (shares, training) = (SampleCharts.All["shares"](), SampleCharts.All["training"]());
        var first = await pictures.RenderAsync(shares);
        var other = await pictures.RenderAsync(training);
        Assert.Equal(first, await pictures.RenderAsync(shares));
        Assert.NotEqual(first, other);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], first[..4]);
        Assert.Equal((int)(shares.Width * ChartPictures.Scale), BinaryPrimitives.ReadInt32BigEndian(first.AsSpan(16)));
        Assert.Equal((int)(shares.Height * ChartPictures.Scale), BinaryPrimitives.ReadInt32BigEndian(first.AsSpan(20)));
        Assert.InRange(first.Length, 5_000, 300_000);
    }

    [Fact]
    public void A_browser_that_is_not_there_is_named()
    {
        Assert.Null(ChromiumFinder.Find("/nowhere/chromium", "/bin", [], out var why));
        Assert.Contains("/nowhere/chromium", why);
        Assert.Contains("URIAL_CHROMIUM", why);
        Assert.Null(ChromiumFinder.Find(null, "/nowhere", [], out why));
        Assert.Contains("apt-get install chromium", why);
    }

    [Fact]
    public void The_named_browser_comes_before_the_path_and_one_without_windows_before_others()
    {
        var folder = Directory.CreateTempSubdirectory("urial-chromium-").FullName;
        try
        {
            var (named, onPath) = (Path.Combine(folder, "mine"), Path.Combine(folder, "chromium"));
            File.WriteAllText(named, "");
            File.WriteAllText(onPath, "");
            Assert.Equal(named, ChromiumFinder.Find(named, folder, [], out _));
            Assert.Equal(onPath, ChromiumFinder.Find(null, folder, [], out var why));
            Assert.Equal("", why);
            var withoutWindows = Path.Combine(folder, "chromium-headless-shell");
            File.WriteAllText(withoutWindows, "");
            Assert.Equal(withoutWindows, ChromiumFinder.Find(null, folder, [], out _));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
