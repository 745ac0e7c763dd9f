namespace Urial.Tests.Shift;

public sealed class ShiftTransitionTests
{
    [Fact]
    public void Among_the_shifted_of_one_condition_the_classes_of_the_other_are_counted()
    {
        ShiftedAnswer[] first = [Made.Ranks("a", 1, 9, 2, 50), Made.Ranks("b", 1, 1), Made.Ranks("c", 4)];
        ShiftedAnswer[] second = [Made.Ranks("a", 7, 1, 1, 3), Made.Ranks("b", 9, 9), Made.Ranks("c", 5)];

        var among = ShiftTransition.Among(first, ShiftClass.Shifted, second);

        // Positions 1 and 3 of a (ranks 1 and 3 now) and 0 of c (rank 5 now); b has none.
        Assert.Equal(["a", "c"], among.Select(a => a.Id));
        Assert.Equal([1, 3], among[0].Positions.Select(p => p.Position));
        var shares = new ShiftTable(among).Summary(withEos: true).Micro;
        Assert.Equal((1 / 3.0, 1 / 3.0, 1 / 3.0), (shares.Unshifted.Value, shares.Marginal.Value, shares.Shifted.Value));
    }

    [Fact]
    public void Other_answers_and_an_empty_class_are_refused()
    {
        ShiftedAnswer[] first = [Made.Ranks("a", 1, 1)];

        Assert.Contains("same answers",
            Assert.Throws<UrialException>(() => ShiftTransition.Among(first, ShiftClass.Unshifted, [Made.Ranks("b", 1, 1)])).Message);
        Assert.Contains("same answers",
            Assert.Throws<UrialException>(() => ShiftTransition.Among(first, ShiftClass.Unshifted, [Made.Ranks("a", 1, 1, 1)])).Message);
        Assert.Contains("marginal", Assert.Throws<UrialException>(() => ShiftTransition.Among(first, ShiftClass.Marginal, first)).Message);
    }
}
