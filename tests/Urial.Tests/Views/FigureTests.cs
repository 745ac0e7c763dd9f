using System.Globalization;
using System.Text.Json;
using Plotly.NET;
using Chart = Plotly.NET.CSharp.Chart;

namespace Urial.Tests;

public sealed class FigureTests
{
    public static TheoryData<string> Names => new(SampleCharts.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Json_is_a_figure_and_stable(string name)
    {
        var json = SampleCharts.All[name]().PlotlyJson;
        Assert.Equal(json, SampleCharts.All[name]().ToPlotlyJson());
        using var figure = JsonDocument.Parse(json);
        Assert.NotEqual(0, figure.RootElement.GetProperty("data").GetArrayLength());
        Assert.All(figure.RootElement.GetProperty("data").EnumerateArray(), trace => Assert.NotNull(trace.GetProperty("type").GetString()));
        var layout = figure.RootElement.GetProperty("layout");
        Assert.Equal(Theme.Paper, layout.GetProperty("paper_bgcolor").GetString());
        Assert.True(layout.GetProperty("width").GetInt32() > 0);
        Assert.False(layout.TryGetProperty("template", out _));
        Assert.InRange(json.Length, 0, 30_000);
        Assert.DoesNotMatch("[0-9a-f]{8}-[0-9a-f]{4}-", json);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Description_tells_the_data(string name)
    {
        var figure = SampleCharts.All[name]();
        Assert.Matches(@"\d", figure.Description);
        Assert.Equal($"{figure.Title}\n{figure.Description}", figure.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Axes_of_numbers_name_their_unit(string name)
    {
        using var figure = JsonDocument.Parse(SampleCharts.All[name]().PlotlyJson);
        var titles = figure.RootElement.GetProperty("layout").EnumerateObject()
            .Where(property => property.Name.StartsWith("xaxis", StringComparison.Ordinal))
            .Select(axis => axis.Value.GetProperty("title").GetProperty("text").GetString()!);
        Assert.All(titles, title => Assert.Matches("nats|%|tokens", title));
    }

    [Fact]
    public void Descriptions_are_stable() =>
        Snapshot.Matches("figures.txt", string.Join("\n\n",
            SampleCharts.All.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value().ToString())));

    [Fact]
    public void Json_of_shares_is_stable() => Snapshot.Matches("shares.json", SampleCharts.All["shares"]().PlotlyJson);

    [Fact]
    public void Numbers_are_rounded_in_any_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            var json = Of([1.0 / 3, 123456789.123, -2e-7, 5]).PlotlyJson;
            Assert.Contains("[0.333333,123457000,-2E-07,5]", json);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void A_chart_made_by_hand_gets_the_house_theme_and_keeps_its_own_settings()
    {
        var chart = Chart.Line<double, double, string>([1.0, 2], [3.0, 4], LineColor: Color.fromHex("#123456"));
        var json = new Figure(chart, "A <b>title</b> & more", "1 to 2").PlotlyJson;
        Assert.Contains("rgba(18, 52, 86, 1.0)", json);
        Assert.Contains("A &lt;b&gt;title&lt;/b&gt; &amp; more", json);
        Assert.DoesNotContain("template", json);
    }

    [Fact]
    public void Hostile_token_texts_are_escaped_for_plotly()
    {
        var json = ShiftCharts.KlTerms([KlTerm.Of("<script>$x$&", 0.5, 0.25, chosen: true), KlTerm.Of("b", 0.5, 0.75)]).PlotlyJson;
        Assert.DoesNotContain("<script", json);
        Assert.Contains("&lt;script&gt;$\u200bx$\u200b&amp;", json);
    }

    [Fact]
    public void A_figure_needs_title_and_words()
    {
        Assert.Throws<ArgumentException>(() => new Figure(SampleCharts.All["shares"]().Chart, " ", "words"));
        Assert.Throws<ArgumentException>(() => new Figure(SampleCharts.All["shares"]().Chart, "title", ""));
        Assert.Throws<ArgumentException>(() => new Figure(SampleCharts.All["shares"]().Chart, "title", "words", 0, 10));
    }

    [Fact]
    public void Charts_of_nothing_say_so()
    {
        Assert.Throws<ArgumentException>(() => ShiftCharts.Shares([]));
        Assert.Throws<ArgumentException>(() => ShiftCharts.KlTerms([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShiftCharts.Position(MadeUp.France, 10_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShiftCharts.KlTerms(MadeUp.France, -1));
    }

    private static Figure Of(double[] values) => new(Chart.Line<double, double, string>(values, values), "t", "d 1");
}
