namespace Urial.Tests;

public sealed class ClassFlowTests
{
    private static readonly ShiftCondition First = new("first", [ComparisonChartsTests.Ranked(1, 2, 9, 9)]);
    private static readonly ShiftCondition Second = new("second", [ComparisonChartsTests.Ranked(1, 9, 3, 1)]);

    [Fact]
    public void Counts_are_those_of_the_positions()
    {
        var flow = ClassFlow.Of([First, Second]);

        Assert.Equal(4, flow.Positions);
        Assert.Equal([1, 1, 2], Enum.GetValues<ShiftClass>().Select(shift => flow.Count(0, shift)));
        Assert.Equal([2, 1, 1], Enum.GetValues<ShiftClass>().Select(shift => flow.Count(1, shift)));
        Assert.Equal(1, flow.Moved(0, ShiftClass.Marginal, ShiftClass.Shifted));
        Assert.Equal(1, flow.Moved(0, ShiftClass.Shifted, ShiftClass.Unshifted));
        Assert.Equal(0, flow.Moved(0, ShiftClass.Unshifted, ShiftClass.Shifted));
    }

    [Fact]
    public void Other_answers_are_refused_by_name()
    {
        var other = new ShiftCondition("other", [MadeUp.France]);
        var thrown = Assert.Throws<UrialException>(() => ClassFlow.Of([First, other]));
        Assert.Contains("'first' and 'other'", thrown.Message);
    }

    [Fact]
    public void A_share_beside_its_control_is_the_rows_of_the_table()
    {
        var answers = SampleCharts.Answers;
        var control = answers
            .Select(answer => answer with { Positions = [.. answer.Positions.Select(p => p with { BaseRank = 1 })] }).ToArray();
        var rows = ShareRow.ByGroup(answers, control, ShiftGroups.Label);

        foreach (var share in ControlledShare.ByGroup(answers, control, ShiftGroups.Label))
        {
            Assert.Equal(rows.Single(row => row.Name == share.Name).Share(ShiftClass.Shifted), share.Pair.Value, 12);
            Assert.Equal(0, share.PromptAlone.Value);
            var less = rows.Single(row => row.Name == $"{share.Name}: difference");
            Assert.Equal(less.Interval(ShiftClass.Shifted), share.Difference.Interval);
        }
        var ordered = ControlledShare.ByGroup(answers, control, ShiftGroups.Label, order: ["fact", "style"]);
        Assert.Equal(["fact", "style"], ordered.Select(share => share.Name));
    }
}
