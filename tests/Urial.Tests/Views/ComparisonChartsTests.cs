using System.Text.Json;

namespace Urial.Tests;

public sealed class ComparisonChartsTests
{
    private static readonly (string Name, double Left, double Right)[] Items =
        [("a <i>", 4, 3), ("b", 3, 3), ("c", 2, 4), ("d", 1, 1)];

    private static readonly (string Query, PairwiseOutcome First, PairwiseOutcome Second)[] Verdicts =
    [
        ("q1", PairwiseOutcome.Win, PairwiseOutcome.Win), ("q2", PairwiseOutcome.Tie, PairwiseOutcome.Win),
        ("q3", PairwiseOutcome.Lose, PairwiseOutcome.Win), ("q4", PairwiseOutcome.Lose, PairwiseOutcome.Lose),
    ];

    public static IReadOnlyDictionary<string, Func<Figure>> Figures { get; } = new Dictionary<string, Func<Figure>>
    {
        ["dots"] = () => Charts.Dots(["by rules", "by <model>"], Items, (judge, item) =>
            judge == "by rules" ? Of(item.Left) : item.Name == "d" ? null : Of(item.Right), "points", "Two judges", line: 0),
        ["dumbbells"] = () => Charts.Dumbbells(Items, ("pair", item => Of(item.Left)), ("control <x>", item => Of(item.Right)), "share (%)",
            "Pair against control", item => Of(item.Left - item.Right)),
        ["slopes"] = () => Charts.Slopes(Items, ("all", item => Of(item.Left)), ("without", item => Of(item.Right)), "Two orders"),
        ["matrix"] = () => Charts.Matrix(Items, ["x", "<y>"], (item, column) => Of(column == "x" ? item.Left - 2 : -item.Right),
            "points", "Each less the whole"),
        ["agreement"] = () => ScoreCharts.Agreement(AgreementMatrix.Of(Verdicts, "judge", "<rules>"), "Who says what"),
        ["flow"] = () => ShiftCharts.Flow(ClassFlow.Of(Conditions), "From prompt to prompt"),
    };

    public static TheoryData<string> Names => new(Figures.Keys);

    private static ShiftCondition[] Conditions =>
        [new("zero-shot", [Ranked(1, 2, 9, 9, 9)]), new("<URIAL>", [Ranked(1, 1, 1, 9, 2)]), new("voice", [Ranked(4, 1, 1, 1, 1)])];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_figure_is_stable_has_words_and_hover_and_escapes_names(string name)
    {
        var figure = Figures[name]();
        Assert.Equal(figure.PlotlyJson, Figures[name]().PlotlyJson);
        Assert.Matches(@"\d", figure.Description);
        Assert.DoesNotMatch("<(i|y|model|rules|x|URIAL)>", figure.PlotlyJson);
        Assert.Contains(Data(figure), trace => trace.TryGetProperty("hovertemplate", out _));
        Assert.InRange(figure.PlotlyJson.Length, 0, 30_000);
    }

    [Fact]
    public void Words_are_stable() =>
        Snapshot.Matches("comparisons.txt", string.Join("\n\n", Figures.Select(pair => pair.Value().ToString())));

    [Fact]
    public void What_lies_below_zero_has_a_mark_of_its_own()
    {
        static Figure Of(params (double, double)[] points) => Charts.Against(points, "x", "y", "t");

        static string Name(JsonElement trace) => trace.GetProperty("name").GetString()!;

        var below = Data(Of((0.5, 0.4), (2, -0.0001), (3, 0))).Single(trace => Name(trace) == "below zero (n = 1)");
        Assert.Equal([-0.0001], below.GetProperty("y").EnumerateArray().Select(y => y.GetDouble()));
        Assert.DoesNotContain(Data(Of((0.5, 0.4), (3, 0))), trace => Name(trace).StartsWith("below", StringComparison.Ordinal));
    }

    [Fact]
    public void A_whisker_is_seen_on_the_bar_it_lies_on()
    {
        (double, Interval?)?[] value = [(0.5, new Interval(0.4, 0.6, 0.95))];
        BarSeries[] series = [.. Theme.Series.Select((_, i) => new BarSeries($"way {i}", value))];
        foreach (var bar in Data(ScoreCharts.Bars(series, ["a"], "share", "t", 0, 1)))
            Assert.NotEqual(bar.GetProperty("marker").GetProperty("color").GetString(),
                bar.GetProperty("error_y").GetProperty("color").GetString());
    }

    [Fact]
    public void Dots_of_a_row_never_lie_on_each_other_and_a_missing_one_is_missing()
    {
        var traces = Data(Figures["dots"]());
        Assert.Equal(2, traces.Select(trace => trace.GetProperty("marker").GetProperty("symbol").GetString()).Distinct().Count());
        Assert.Equal(7, traces.SelectMany(Y).Distinct().Count()); // 4 + 3 dots, each in a line of its own
        Assert.Equal(4, traces.SelectMany(Y).Select(y => Math.Round(y!.Value)).Distinct().Count());
    }

    [Fact]
    public void A_dumbbell_joins_its_own_dots_and_tells_the_difference()
    {
        var figure = Figures["dumbbells"]();
        var traces = Data(figure);
        double?[] joints = [.. X(traces[0])];
        Assert.Equal(new double?[] { 4, 3, null, 3, 3, null, 2, 4, null, 1, 1, null }, joints);
        Assert.NotEqual(traces[1].GetProperty("marker").GetProperty("symbol").GetString(),
            traces[2].GetProperty("marker").GetProperty("symbol").GetString());
        Assert.Equal(["+1.00", "0.00", "−2.00", "0.00", "<b>difference</b>"], Notes(figure).Select(note => note.Split("<br>")[0]));
    }

    [Fact]
    public void Equal_means_share_a_place()
    {
        Assert.Equal([(1, 1.0), (2, 2.5), (2, 2.5), (4, 4.0)], SlopeChart.Places([4, 3, 3 + 1e-12, 1]));
        var figure = Figures["slopes"]();
        Assert.Contains("without: 1. c 4.00 [3.50, 4.50] n=30; 2.= a <i>, b 3.00", figure.Description);
        Assert.Equal(["moves up", "moves down", "keeps its place"], Data(figure).Select(trace => trace.GetProperty("name").GetString()!));
        Assert.Equal(3, Data(figure).Select(trace => trace.GetProperty("line").GetProperty("dash").GetString()).Distinct().Count());
        Assert.Equal([1, 2.5], Y(Data(figure)[1]).Take(2).Select(y => y!.Value)); // a, alone on top, then beside b
        Assert.Equal(4 + 3 + 2, Notes(figure).Count()); // the tied two have one label
    }

    [Fact]
    public void A_cell_whose_interval_holds_zero_has_no_colour_and_stands_in_brackets()
    {
        var figure = Figures["matrix"]();
        Assert.Equal(["+2.00", "−3.00", "+1.00", "−3.00", "(0.00)", "−4.00", "−1.00", "−1.00"], Notes(figure));
        var (grey, told) = (Data(figure)[0].GetProperty("z"), Data(figure)[1].GetProperty("z"));
        Assert.Equal(JsonValueKind.Null, told[2][0].ValueKind);
        Assert.Equal(0, grey[2][0].GetDouble());
        Assert.Equal(JsonValueKind.Null, grey[0][0].ValueKind);
        Assert.Equal(-4, told[2][1].GetDouble());
        Assert.Equal(4, Data(figure)[1].GetProperty("zmax").GetDouble()); // white is 0, whatever the values
        Assert.Equal(-4, Data(figure)[1].GetProperty("zmin").GetDouble());
    }

    [Fact]
    public void Agreement_has_counts_shares_of_rows_and_a_framed_diagonal()
    {
        var figure = Figures["agreement"]();
        Assert.Contains("<rules> win (n=3): judge win 1 = 33 %, tie 1 = 33 %, lose 1 = 33 %.", figure.Description);
        Assert.Contains("The same: 2 of 4.", figure.Description);
        using var json = JsonDocument.Parse(figure.PlotlyJson);
        var frames = json.RootElement.GetProperty("layout").GetProperty("shapes").EnumerateArray().ToArray();
        Assert.Equal(3, frames.Length);
        Assert.Equal(frames.Select(frame => frame.GetProperty("x0").GetDouble() + 0.485), // each in its own row and column
            frames.Select(frame => frame.GetProperty("y0").GetDouble() + 0.47), (one, other) => Math.Abs(one - other) < 1e-9);
    }

    [Fact]
    public void Bands_of_a_flow_fill_their_bars()
    {
        var figure = Figures["flow"]();
        Assert.Contains("To <URIAL>: unshifted → marginal 0, unshifted → shifted 0, marginal → unshifted 1, marginal → shifted 0, "
            + "shifted → unshifted 1, shifted → marginal 1.", figure.Description);
        var bands = Data(figure).Where(trace => trace.GetProperty("type").GetString() == "scatter")
            .Where(trace => X(trace).First() < 1).Select(trace => Y(trace).Select(y => y!.Value).ToArray()).ToArray();
        Assert.Equal(100, bands.Sum(band => band[3] - band[0]), 6); // at the left bar
        Assert.Equal(100, bands.Sum(band => band[2] - band[1]), 6); // at the right one
    }

    [Fact]
    public void A_sketch_has_the_answer_so_far_and_the_place_of_its_token()
    {
        var answer = MadeUp.France;
        var shifted = answer.Positions.First(p => p.Position > 0 && p.IsShifted);
        var (sketch, token) = (ShiftCharts.Sketch(answer, shifted.Position), answer.Tokens[shifted.Position].Shown);
        Assert.Contains($"base rank {shifted.BaseRank}:<br><b>▲ shifted</b>", Notes(sketch).Single(note => note.Contains("base rank")));
        var before = string.Join(" ", answer.Tokens.Take(shifted.Position).Select(one => one.Shown));
        Assert.Contains($"the answer so far ({before})", sketch.Description);
        Assert.Contains($"{shifted.BaseRank}. “{token}”", List(sketch));

        var unshifted = answer.Positions.First(p => p.Position > 0 && p.IsUnshifted);
        Assert.DoesNotContain("…<br>", List(ShiftCharts.Sketch(answer, unshifted.Position))); // it stands among the first three
        Assert.Throws<ArgumentOutOfRangeException>(() => ShiftCharts.Sketch(answer, 0));
    }

    [Fact]
    public void Labels_of_a_slope_stand_inside_the_picture()
    {
        using var json = JsonDocument.Parse(Figures["slopes"]().PlotlyJson);
        Assert.All(json.RootElement.GetProperty("layout").GetProperty("annotations").EnumerateArray(), note =>
        {
            Assert.Equal("paper", note.GetProperty("xref").GetString()); // outside an axis' range plotly draws none
            Assert.Contains(note.GetProperty("x").GetDouble(), new[] { 0.0, 1.0 });
        });
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        string[] none = [];
        Assert.Throws<ArgumentException>(() => Charts.Dots(["x"], none, (_, _) => Of(1), "x", "t"));
        Assert.Contains("at most 7", Assert.Throws<ArgumentException>(
            () => Charts.Dots(Enumerable.Range(0, 8), ["row"], (_, _) => Of(1), "x", "t")).Message);
        Assert.Throws<ArgumentException>(() => Charts.Dumbbells(none, ("a", _ => Of(1)), ("b", _ => Of(1)), "x", "t"));
        Assert.Throws<ArgumentException>(() => Charts.Slopes(none, ("a", _ => Of(1)), ("b", _ => Of(1)), "t"));
        Assert.Throws<ArgumentException>(() => Charts.Matrix(none, none, (_, _) => Of(1), "x", "t"));
        Assert.Throws<ArgumentException>(() => ClassFlow.Of(Conditions.Take(1)));
    }

    private static string List(Figure sketch) => Notes(sketch).Single(note => note.Contains("most probable first"));

    internal static ShiftedAnswer Ranked(params int[] ranks)
    {
        var answer = MadeUp.Of("q", "a query", [.. Enumerable.Range(0, ranks.Length).Select(i => $" word{i}")]);
        return answer with { Positions = [.. answer.Positions.Zip(ranks, (position, rank) => position with { BaseRank = rank })] };
    }

    private static Estimate Of(double value) => new(value, new Interval(value - 0.5, value + 0.5, 0.95), 30);

    private static JsonElement[] Data(Figure figure) =>
        [.. JsonDocument.Parse(figure.PlotlyJson).RootElement.GetProperty("data").EnumerateArray()];

    private static IEnumerable<double?> X(JsonElement trace) => Numbers(trace, "x");

    private static IEnumerable<double?> Y(JsonElement trace) => Numbers(trace, "y");

    private static IEnumerable<double?> Numbers(JsonElement trace, string name) => trace.GetProperty(name).EnumerateArray()
        .Select(value => value.ValueKind == JsonValueKind.Null ? (double?)null : value.GetDouble());

    private static IEnumerable<string> Notes(Figure figure) => JsonDocument.Parse(figure.PlotlyJson).RootElement.GetProperty("layout")
        .GetProperty("annotations").EnumerateArray().Select(note => note.GetProperty("text").GetString()!);
}
