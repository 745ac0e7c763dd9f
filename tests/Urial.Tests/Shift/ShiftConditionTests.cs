namespace Urial.Tests.Shift;

public sealed class ShiftConditionTests
{
    private static readonly ShiftCondition First = new("first",
        [Made.Ranks("a", 1, 9, 2, -1), Labelled(Made.Ranks("b", 9, 1)), Made.Ranks("c", 9, 9, -1)]);
    private static readonly ShiftCondition Second = new("second",
        [Made.Ranks("a", 1, 1, 2, -9), Labelled(Made.Ranks("b", 1, 1)), Made.Ranks("c", 9, 1, -9)]);

    [Fact]
    public void Statistics_leave_out_the_end_token_and_know_which_answers_ended()
    {
        Assert.Equal((4, 3, 7), (First.Whole[0].Positions.Count, First.Answers[0].Positions.Count, First.Row.Positions));
        Assert.Equal([true, false, true], First.Answers.Select(answer => answer.Ended));
        Assert.Equal(4 / 7.0, First.Row.Share(ShiftClass.Shifted), 12);
        Assert.Equal(ShareRow.Measured("first", new ShiftTable(First.Whole).Summary(withEos: false)).Interval(ShiftClass.Shifted),
            First.Row.Interval(ShiftClass.Shifted));
        Assert.Throws<ArgumentException>(() => new ShiftCondition("empty", [Made.Ranks("a", -1)]));
    }

    [Fact]
    public void A_condition_less_another_is_paired_and_made_with_and_without_what_did_not_end()
    {
        var less = First.Less(Second, difference => difference.Micro.Shifted);

        Assert.Equal((4 / 7.0 - 1 / 7.0, 3, 1), (less.All.Value, less.All.N, less.NotEnded));
        Assert.Equal(3 / 5.0 - 1 / 5.0, less.Ended!.Value, 12);
        Assert.Equal(ShiftComparison.Of(First.Whole, Second.Whole, withEos: false).Micro.Shifted, First.Less(Second).Micro.Shifted);
        Assert.True(First.SameAlignedSide(Second));
        Assert.False(First.SameAlignedSide(First.Among(Second, ShiftClass.Unshifted)));
    }

    [Fact]
    public void Groups_are_rows_of_the_condition_and_parts_of_what_something_holds_of()
    {
        Assert.Equal(["style, first"], First.By(ShiftGroups.Label, "style", "fact").Select(row => row.Name));
        Assert.Equal((0.5, null), (First.Shifted(ShiftGroups.Label, "style")!.Value, First.Shifted(ShiftGroups.Label, "fact")));
        Assert.Equal(1 / 4.0, First.Part(ShiftGroups.Label, "style", p => p.IsShifted).All.Value);
        Assert.Equal(2 / 7.0, First.Part(ShiftGroups.Label, "style").All.Value);
        Assert.Equal([1, 0, 0, 1],
            Second.Among(First, ShiftClass.Shifted).Answers.SelectMany(answer => answer.Positions).Select(p => p.Position));
    }

    private static ShiftedAnswer Labelled(ShiftedAnswer answer) => answer with { Labels = [.. answer.Tokens.Select(_ => "style")] };
}
