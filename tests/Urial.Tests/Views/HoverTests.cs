using System.Text.Json;

namespace Urial.Tests;

public sealed class HoverTests
{
    private static readonly AspectScoreRow[] Scored =
        [.. PublishedTable.Table1().Rows.Take(3).Select(row => row.Scores("Table 1"))];

    public static TheoryData<string> Names => [.. Charts.Keys];

    private static readonly IReadOnlyDictionary<string, Func<Figure>> Charts = new Dictionary<string, Func<Figure>>(SampleCharts.All)
    {
        ["dots"] = () => ScoreCharts.Dots(Scored),
        ["bars"] = () => ScoreCharts.Bars(Scored),
        ["win-tie-lose"] = () => ScoreCharts.WinTieLose([("one against two", WinTieLose.Of([1, 1, 0, -1]))]),
        ["estimates"] = () => Urial.Charts.Estimates([(Name: "some", Value: One)], "share", "Estimates"),
    };

    private static Estimate One => new(0.5, new Interval(0.25, 0.75, 0.95), 42);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_value_says_what_it_is_when_pointed_at(string name)
    {
        using var figure = JsonDocument.Parse(Charts[name]().PlotlyJson);
        var values = figure.RootElement.GetProperty("data").EnumerateArray()
            .Where(trace => !(trace.TryGetProperty("hoverinfo", out var info) && info.GetString() == "skip")).ToArray();

        Assert.NotEmpty(values);
        Assert.All(values, trace => Assert.True(trace.TryGetProperty("hovertext", out _) || trace.TryGetProperty("hovertemplate", out _)));
        Assert.All(values.Where(trace => trace.GetProperty("type").GetString() == "bar"), trace => Assert.True(
            trace.TryGetProperty("hovertemplate", out _)
            || trace.GetProperty("hovertext").GetArrayLength() == trace.GetProperty("x").GetArrayLength()));
    }

    [Fact]
    public void Pointing_at_a_value_tells_name_value_interval_and_n()
    {
        Assert.Contains("\"some<br>0.500 [0.250, 0.750]<br>n = 42\"", Charts["estimates"]().PlotlyJson);
        Assert.Contains("\"one against two<br>the first wins<br>50.0 % [", Charts["win-tie-lose"]().PlotlyJson);
        Assert.Contains("<br>n = 4\"", Charts["win-tie-lose"]().PlotlyJson);
        Assert.Contains("shifted<br>24.0 % [22.2, 25.8]<br>n = 24,310 tokens of 300 answers<br>measured here",
            Charts["shares"]().PlotlyJson);
        Assert.Contains("[%{customdata[0]:.4g}, %{customdata[1]:.4g}]<br>n = %{customdata[2]}", Charts["by-position"]().PlotlyJson);
        Assert.Contains("a &lt;b&gt;<br>0.500", Urial.Charts.Estimates([(Name: "a <b>", Value: One)], "share", "Estimates").PlotlyJson);
    }

    [Fact]
    public void Two_decimals_stand_beside_a_dot_and_three_where_all_is_small()
    {
        Assert.Contains("0.50<br><span style=\\\"font-size:12px\\\">[0.25, 0.75], n = 42", Charts["estimates"]().PlotlyJson);
        Assert.Contains("\"0.005<br>", Urial.Charts.Estimates([("few", new Estimate(0.005, new Interval(0.001, 0.029, 0.95), 193))], "share",
            "Small").PlotlyJson);
    }

    [Fact]
    public void A_chart_of_rows_grows_with_what_stands_above_and_in_them()
    {
        ShareRow[] rows = [SampleCharts.Rows[0]];
        string[] shortLabel = ["zero-shot"], longLabel = ["prompt: URIAL, K = 3, against<br>zero-shot, ended only"];

        Assert.True(Plot.Height("t", 1020, 250, longLabel, []) > Plot.Height("t", 1020, 250, shortLabel, []));
        Assert.True(Plot.Height("t", 1020, 250, shortLabel, ["a long name of a class", "another of them", "and a third one, longer yet"])
            > Plot.Height("t", 1020, 250, shortLabel, ["a"]));
        Assert.True(Plot.Height(new string('t', 50) + " " + new string('u', 60), 1020, 250, shortLabel, [])
            > Plot.Height("t", 1020, 250, shortLabel, []));
        Assert.DoesNotContain("measured here</span>", ShiftCharts.Shares(rows).PlotlyJson);
    }
}
