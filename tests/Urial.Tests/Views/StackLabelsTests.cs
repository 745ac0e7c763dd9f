using System.Text.Json;

namespace Urial.Tests;

public sealed class StackLabelsTests
{
    [Fact]
    public void A_value_stands_in_the_widest_stretch_that_no_error_bar_crosses()
    {
        Assert.Equal(20, StackLabels.Middle(0, 40, []));
        Assert.Equal(14.6, StackLabels.Middle(0, 40, [Bar(30, 50)])!.Value, 9);
        Assert.Equal(30.4, StackLabels.Middle(0, 40, [Bar(-5, 20)])!.Value, 9);
        Assert.Equal(70.4, StackLabels.Middle(10, 90, [Bar(20, 40), Bar(30, 38.4)])!.Value, 9);
    }

    [Fact]
    public void A_value_without_room_is_left_to_the_numbers_beside()
    {
        Assert.Null(StackLabels.Middle(0, 8, []));
        Assert.Null(StackLabels.Middle(0, 12, [Bar(3, 9)]));
        Assert.Null(StackLabels.Middle(40, 20, [Bar(30, 70)]));
    }

    [Fact]
    public void No_error_bar_of_a_chart_crosses_a_value()
    {
        var outcomes = WinTieLose.Of([.. Enumerable.Range(0, 90).Select(i => i % 3 - 1)]);
        using var figure = JsonDocument.Parse(ScoreCharts.WinTieLose([("a against b", outcomes)]).PlotlyJson);
        var traces = figure.RootElement.GetProperty("data").EnumerateArray().ToArray();
        var bars = traces.Where(trace => trace.TryGetProperty("error_x", out _)).Select(trace => (
            Low: Number(trace, "x") - trace.GetProperty("error_x").GetProperty("arrayminus")[0].GetDouble(),
            High: Number(trace, "x") + trace.GetProperty("error_x").GetProperty("array")[0].GetDouble())).ToArray();
        var values = traces.Where(trace => trace.TryGetProperty("mode", out var mode) && mode.GetString() == "text"
            && trace.GetProperty("x").GetArrayLength() > 0).Select(trace => Number(trace, "x")).ToArray();

        Assert.Equal(2, bars.Length);
        Assert.NotEmpty(values);
        Assert.All(values, value => Assert.All(bars, bar => Assert.False(value > bar.Low - 4 && value < bar.High + 4)));

        static double Number(JsonElement trace, string name) => trace.GetProperty(name)[0].GetDouble();
    }

    private static Interval Bar(double low, double high) => new(low, high, 0.95);
}
