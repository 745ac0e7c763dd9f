namespace Urial.Tests.Shift;

/// <summary>What chapters call by a name is what they would work out by hand.</summary>
public sealed class ShiftVocabularyTests
{
    private static readonly ShiftedAnswer Cut = Made.Ranks("cut", 1, 1, 1, 1, 1, 1, 1) with
    {
        Labels = Repeated("style", 7),
        Segments = Repeated("body", 7),
    };
    private static readonly ShiftedAnswer Long = Made.Ranks("long", 9, 9, 1, 4, 1, 1, -40) with
    {
        Labels = ["style", "style", "fact", "style", "fact", "glue", "style"],
        Segments = ["opener", "body", "body", "body", "body", "body", "end of turn"],
    };
    private static readonly ShiftedAnswer Short = Made.Ranks("short", 2, 1, -40) with
    {
        Labels = ["style", "fact", "style"],
        Segments = ["opener", "body", "end of turn"],
    };
    private static readonly ShiftedAnswer[] Answers = [Cut, Long, Short], Ended = [Long, Short];

    [Fact]
    public void Lengths_are_told_by_the_shortest_the_middle_and_the_longest()
    {
        Assert.Equal("shortest 3, longest 7, half have 7 or fewer", AnswerLengths.Of(Answers).ToString());
        Assert.Throws<ArgumentException>(() => AnswerLengths.Of([]));
    }

    [Fact]
    public void A_group_counts_its_positions_by_class()
    {
        foreach (var group in ShiftGroups.Shares(Answers, ShiftGroups.Label))
        {
            ShiftedAnswer[] own = [.. Answers.Select(answer => answer.Only((a, i) => a.Labels![i] == group.Group)).OfType<ShiftedAnswer>()];
            Assert.Equal(own.Sum(answer => answer.Positions.Count(p => p.IsShifted)), group.Count(ShiftClass.Shifted));
        }

    }

    [Fact]
    public void Groups_both_ways_stand_first_over_all_answers_then_over_those_that_ended()
    {
        var groups = ShiftGroups.MeanBothWays(Answers, ShiftGroups.Segment, p => p.BaseRank, ["opener", "body"]);

        Assert.Equal(["opener", "body", "opener, ended only", "body, ended only"], groups.Select(group => group.Group));
        Assert.Equal([.. Values(Answers), .. Values(Ended)], groups.Select(group => group.Value.Value));

        static IEnumerable<double> Values(ShiftedAnswer[] some) =>
            ShiftGroups.Mean(some, ShiftGroups.Segment, p => p.BaseRank, order: ["opener", "body"]).Select(group => group.Value.Value);
    }

    [Fact]
    public void A_window_inside_a_part_counts_from_the_parts_first_token()
    {
        Assert.Equal(new[] { 9, 1, 4 }.Average(), PositionCurve.Window([Long], p => p.BaseRank, 0, 2, "body").Value, 12);
        Assert.Equal(2, PositionCurve.Window(Answers, p => p.BaseRank, 4, 4, "body").N);
        Assert.Equal(["opener", "body"], Curve.Within(["opener", "body"], Ended, p => p.BaseRank, atLeast: 1).Select(curve => curve.Name));
    }

    [Fact]
    public void Numbers_both_ways_are_those_of_all_and_of_the_answers_that_ended()
    {
        Same(some => PositionCurve.Window(some, p => p.BaseRank, 0, 1), BothWays.Window(Answers, p => p.BaseRank, 0, 1));
        Same(some => PositionCurve.Window(some, p => p.IsUnshifted ? 1 : 0, 0, 1), BothWays.Window(Answers, p => p.IsUnshifted, 0, 1));
        Same(some => PositionCurve.EarlyLessLate(some, p => p.BaseRank), BothWays.EarlyLessLate(Answers, p => p.BaseRank));
        Same(some => ShiftGroups.Difference(some, ShiftClass.Shifted, Style, Fact), BothWays.MoreShifted(Answers, Style, Fact));
        ShiftedAnswer[] control = [.. Answers.Select(a => a with { Positions = [.. a.Positions.Select(p => p with { BaseRank = 1 })] })];
        Assert.Equal(ShiftComparison.Of(Answers, control).Micro.Shifted, BothWays.Difference(Answers, control, d => d.Micro.Shifted).All);

        static void Same(Func<IReadOnlyList<ShiftedAnswer>, Estimate> measure, BothWays measured) =>
            Assert.Equal((measure(Answers), measure(Ended), 1), (measured.All, measured.Ended, measured.NotEnded));
    }

    [Fact]
    public void Shares_are_counted_in_every_way()
    {
        var rows = ShareRow.InEveryWay(Answers);

        Assert.Equal(8, rows.Count);
        Assert.Equal(("micro, with end of sequence", "macro, without end of sequence, ended only"), (rows[0].Name, rows[7].Name));
        Assert.Equal(new ShiftTable(Answers).Summary().Micro.Shifted.Value, rows[0].Share(ShiftClass.Shifted));
        Assert.Equal(new ShiftTable(Ended).Summary(withEos: false).Macro.Shifted.Value, rows[7].Share(ShiftClass.Shifted));
        Assert.Equal((17, 10, 15, 8), (rows[0].Positions, rows[1].Positions, rows[4].Positions, rows[5].Positions));
    }

    private static bool Style(ShiftedAnswer answer, int index) => answer.Labels![index] == "style";

    private static bool Fact(ShiftedAnswer answer, int index) => answer.Labels![index] == "fact";

    private static string[] Repeated(string what, int times) => [.. Enumerable.Repeat(what, times)];
}
