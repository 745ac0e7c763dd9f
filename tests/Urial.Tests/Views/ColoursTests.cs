using System.Globalization;
using System.Text.RegularExpressions;

namespace Urial.Tests;

public sealed class ColoursTests
{
    private const double Readable = 4.5; // WCAG 2.2, 1.4.3

    private static readonly IReadOnlyDictionary<string, Func<HtmlView>> Views = new Dictionary<string, Func<HtmlView>>
    {
        ["tokens"] = () => TokenHeatmap.Of(MadeUp.France, new TokenHeatmapOptions { Labels = true }),
        ["table"] = () => Tables.Shares(SampleCharts.Rows),
        ["prompt"] = () => PromptView.Of(new ZeroShotStyle().Prompt("q")),
        ["data"] = () => AlignmentDataView.Of([WrittenExample.Whole("c", "Who?", "Nobody")]),
        ["card"] = () => new HtmlView(new Card("Type", "name", [("a", "b")]).Html, ""),
    };

    public static TheoryData<string> Names => [.. Views.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_dark_page_can_set_every_colour_that_text_stands_in_or_on(string name)
    {
        var html = Views[name]().Html;
        var colours = Regex.Matches(html, @"(?<![-\w])(background|color):([^;}""]+)").Select(match => match.Groups[2].Value).ToArray();

        Assert.Contains(colours, colour => colour.StartsWith("var(--urial-paper,#", StringComparison.Ordinal));
        Assert.All(colours, colour => Assert.Matches(
            @"^(var\(--urial-[a-z-]+,#[0-9a-f]{6}\)|color-mix\(in srgb,#[0-9a-f]{6} 16%,var\(--urial-paper,#[0-9a-f]{6}\)\)|inherit|none)$",
            colour));
        Assert.DoesNotContain("style=\"", html);
    }

    [Fact]
    public void Text_can_be_read_on_every_colour_behind_it_where_a_page_sets_none()
    {
        string[] behind = [Theme.Paper, .. Enum.GetValues<ShiftClass>().Select(Theme.Tint),
            .. new[] { "#009e73", "#7b4fa3", "#aa4499", "#777777" }.Select(Mixed)];

        Assert.All(behind, colour => Assert.InRange(Contrast(Theme.Ink, colour), Readable, 21));
        Assert.All(behind, colour => Assert.InRange(Contrast(Theme.Muted, colour), Readable, 21));
        Assert.InRange(Contrast("#999999", Theme.Paper), 1, Readable);
    }

    // What color-mix(in srgb, colour 16%, paper) is on the light paper.
    private static string Mixed(string colour) => "#" + string.Concat(Channels(colour).Zip(Channels(Theme.Paper), (one, paper) =>
        ((int)Math.Round(0.16 * one + 0.84 * paper)).ToString("x2", CultureInfo.InvariantCulture)));

    private static double Contrast(string one, string other)
    {
        double[] both = [.. new[] { Luminance(one), Luminance(other) }.Order()];
        return (both[1] + 0.05) / (both[0] + 0.05);
    }

    private static double Luminance(string colour) =>
        Channels(colour).Select(channel => channel / 255.0)
            .Select(channel => channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4))
            .Zip(new[] { 0.2126, 0.7152, 0.0722 }, (channel, weight) => channel * weight).Sum();

    private static int[] Channels(string colour) => [.. new[] { 1, 3, 5 }.Select(at => Convert.ToInt32(colour.Substring(at, 2), 16))];
}
