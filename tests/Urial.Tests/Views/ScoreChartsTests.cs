using System.Text.Json;

namespace Urial.Tests;

public sealed class ScoreChartsTests
{
    private static readonly AspectScoreRow[] Rows = [Measured("URIAL, K = 3", 4, 1), Measured("zero-shot <base>", 3, 0),
        Measured("SFT", 4, 0)];

    private static readonly IReadOnlyDictionary<string, Func<Figure>> Figures = new Dictionary<string, Func<Figure>>
    {
        ["dots"] = () => ScoreCharts.Dots(Rows),
        ["bars"] = () => ScoreCharts.Bars(Rows),
        ["table-1"] = () => ScoreCharts.Bars([.. PublishedTable.Table1().Rows.Skip(7).Take(4).Select(row => row.Scores("Table 1"))],
            "Table 1"),
        ["mt-bench"] = () => ScoreCharts.Bars([.. PublishedTable.UrialBench().Rows.Take(3)
            .Select(row => BarSeries.Of(row, ["Turn 1", "Turn 2"]))], ["turn 1", "turn 2"], "score (1–10)", "MT-bench", 1, 10),
        ["win-tie-lose"] = () => ScoreCharts.WinTieLose([("URIAL against SFT", WinTieLose.Of([1, 1, 0, 0, 0, 0, 0, 0, -1, 1])),
            ("URIAL against zero-shot", WinTieLose.Of([1, 1, 1, 0, 1, 1, 1, 1, -1, 1]))]),
    };

    public static TheoryData<string> Names => new(Figures.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_figure_is_stable_has_words_and_escapes_names(string name)
    {
        var figure = Figures[name]();
        Assert.Equal(figure.PlotlyJson, Figures[name]().PlotlyJson);
        Assert.Matches(@"\d", figure.Description);
        Assert.DoesNotContain("<base>", figure.PlotlyJson);
        using var json = JsonDocument.Parse(figure.PlotlyJson);
        Assert.NotEqual(0, json.RootElement.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public void Words_are_stable() => Snapshot.Matches("scores.txt",
        string.Join("\n\n", Figures.Select(pair => pair.Value().ToString())
            .Append(ScoreCharts.Table([.. Rows, PublishedTable.Table1().Rows[0].Scores("Table 1")], "Scores").Text)));

    [Fact]
    public void A_series_is_told_by_pattern_and_form_too()
    {
        using var bars = JsonDocument.Parse(Figures["bars"]().PlotlyJson);
        Assert.Equal(3, bars.RootElement.GetProperty("data").EnumerateArray()
            .Select(trace => trace.GetProperty("marker").GetProperty("pattern").GetProperty("shape").GetString()).Distinct().Count());
        using var dots = JsonDocument.Parse(Figures["dots"]().PlotlyJson);
        Assert.Equal(3, dots.RootElement.GetProperty("data").EnumerateArray()
            .Select(trace => trace.GetProperty("marker").GetProperty("symbol").GetString()).Distinct().Count());
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ScoreCharts.Bars([]));
        Assert.Throws<ArgumentException>(() => ScoreCharts.WinTieLose([]));
        Assert.Contains("at most 7", Assert.Throws<ArgumentException>(() => ScoreCharts.Dots([.. Enumerable.Repeat(Rows[0], 8)])).Message);
        Assert.Contains("1 values for 2 groups", Assert.Throws<ArgumentException>(
            () => ScoreCharts.Bars([new BarSeries("a", [(1, null)])], ["x", "y"], "y", "t", 1, 5)).Message);
    }

    private static AspectScoreRow Measured(string name, int level, int na)
    {
        Judgment[] judgments =
        [
            .. Enumerable.Range(0, 40).Select(i => Judgment.Scored($"q{i}", "judge", "", Aspects.All.ToDictionary(
                aspect => aspect, aspect =>
                    i < na && aspect == Aspect.Factuality ? null : (int?)Math.Clamp(level + (i * 7 + (int)aspect * 3) % 4 - 1, 1, 5)))),
            Judgment.Failed("q40", "judge", "", "no reply"),
        ];
        return AspectScoreRow.Measured(name, judgments, NaPolicy.AsFive,
            [new AnswerToJudge("q0", "", "two words"), new AnswerToJudge("q1", "", "and three more")]);
    }
}
