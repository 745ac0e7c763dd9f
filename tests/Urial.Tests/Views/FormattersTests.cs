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
        var figure = Charts.All["shares"]();
        Assert.Equal(figure.ToString(), figure.ToDisplayString("text/plain"));
        Assert.Contains("Plotly.newPlot", figure.ToDisplayString("text/html"));
    }

    [Fact]
    public void Plotly_comes_inlined_once_in_a_process_and_is_never_fetched()
    {
        var figure = Charts.All["position"]();
        _ = figure.ToDisplayString("text/html"); // the first of this process, unless another test came before
        var later = figure.ToDisplayString("text/html");
        Assert.InRange(later.Length, 1, 20_000);
        Assert.Contains("run the cells from the top", later);
        Assert.DoesNotMatch("<script[^>]*src=", later);
        Assert.DoesNotContain("https://", later);
        Assert.InRange(PlotlyScript.Source.Length, 1_000_000, 6_000_000);
    }

    [Fact]
    public void A_view_refuses_script() => Assert.Throws<ArgumentException>(() => new HtmlView("<p><SCRIPT>x</script>", ""));
}
