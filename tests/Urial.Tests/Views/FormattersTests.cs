using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive.Formatting;

namespace Urial.Tests;

public sealed class FormattersTests
{
    [Theory]
    [InlineData(typeof(HtmlView))]
    [InlineData(typeof(Figure))]
    [InlineData(typeof(DataFrame))]
    public void Hosts_are_offered_html_and_plain_text(Type type)
    {
        Formatters.Register();
        Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(type).Order());
    }

    [Fact]
    public void A_view_comes_out_as_it_is()
    {
        var view = TokenHeatmap.Of(MadeUp.France);
        Assert.Equal(view.Html, view.ToDisplayString("text/html"));
        Assert.Equal(view.Text, view.ToDisplayString("text/plain"));
    }

    [Fact]
    public void A_data_frame_comes_out_as_a_table()
    {
        Formatters.Register();
        var frame = new DataFrame(new StringDataFrameColumn("token", ["<b>"]));
        Assert.Equal(Tables.Of(frame).Html, frame.ToDisplayString("text/html"));
        Assert.Equal(Tables.Of(frame).Text, frame.ToDisplayString("text/plain"));
    }

    [Fact]
    public void A_figure_is_live_in_html_and_words_in_plain_text()
    {
        var figure = SampleCharts.All["shares"]();
        Assert.Equal(figure.ToString(), figure.ToDisplayString("text/plain"));
        Assert.Contains("Plotly.newPlot", figure.ToDisplayString("text/html"));
    }

    [Fact]
    public void One_figure_of_a_process_brings_plotly_along_each_time_it_is_shown_and_nothing_is_ever_fetched()
    {
        var carrier = SampleCharts.All["position"]();
        var (first, other) = (FigureHtml.Of(carrier, 1, carrier.Title, PlotlyScript.Source),
            FigureHtml.Of(SampleCharts.All["shares"](), 2, carrier.Title, null));
        Assert.Contains(PlotlyScript.Source, first);
        Assert.InRange(other.Length, 1, 20_000);
        Assert.Contains($"“{Markup.Html(carrier.Title)}” brings along: run its cell", other);
        Assert.Contains(Markup.Html(SampleCharts.All["shares"]().Description[..20]), other);
        foreach (var html in new[] { first.Replace(PlotlyScript.Source, "", StringComparison.Ordinal), other })
        {
            Assert.DoesNotMatch("<script[^>]*src=", html);
            Assert.DoesNotContain("https://", html);
        }
        Assert.InRange(PlotlyScript.Source.Length, 1_000_000, 6_000_000);

        // Whatever came before in this process, what is shown twice is either the carrier both times or neither time.
        var shown = SampleCharts.All.Values.Select(make => make()).DistinctBy(figure => figure.Title).ToList();
        bool[] Carriers() =>
            [.. shown.Select(figure => figure.ToDisplayString("text/html").Contains(PlotlyScript.Source, StringComparison.Ordinal))];
        _ = carrier.ToDisplayString("text/html");
        var (one, again) = (Carriers(), Carriers());
        Assert.Equal(one, again);
        Assert.InRange(one.Count(carries => carries), 0, 1);
    }

    [Fact]
    public void A_view_refuses_script() => Assert.Throws<ArgumentException>(() => new HtmlView("<p><SCRIPT>x</script>", ""));
}
