namespace Urial.Tests.Shift;

public sealed class ShiftTableTests
{
    [Fact]
    public void Micro_pools_positions_and_macro_averages_answers()
    {
        // One short answer, all unshifted; one long answer, all shifted.
        var table = new ShiftTable([Answer("short", 1, 1), Answer("long", 4, 5, 6, 7, 8, 9)]);

        var summary = table.Summary();

        Assert.Equal((8, 2), (summary.Positions, summary.Answers));
        Assert.Equal(0.25, summary.Micro.Unshifted.Value, 15);
        Assert.Equal(0.75, summary.Micro.Shifted.Value, 15);
        Assert.Equal(0.5, summary.Macro.Unshifted.Value, 15);
        Assert.Equal(0.5, summary.Macro.Shifted.Value, 15);
        Assert.Equal((1 + 1 + 4 + 5 + 6 + 7 + 8 + 9) / 8.0, summary.MeanBaseRank.Value, 12);
        Assert.Equal(2, summary.Macro.Shifted.N);
        Assert.Equal((0.0, 1.0), (summary.Macro.Shifted.Interval.Low, summary.Macro.Shifted.Interval.High));
    }

    [Fact]
    public void Shares_sum_to_one()
    {
        var summary = new ShiftTable([Answer("a", 1, 2, 3, 4), Answer("b", 3, 1, 50)]).Summary();

        foreach (var shares in new[] { summary.Micro, summary.Macro })
            Assert.Equal(1, Enum.GetValues<ShiftClass>().Sum(shift => shares.Of(shift).Value), 12);
    }

    [Fact]
    public void Without_end_of_sequence_an_answer_that_is_nothing_else_drops_out()
    {
        var table = new ShiftTable([Answer("words", 1, 2, -40), Answer("silent", -70)]); // negative: an end-of-sequence token of that rank

        Assert.Equal((4, 2), (table.Summary(withEos: true).Positions, table.Summary(withEos: true).Answers));
        var without = table.Summary(withEos: false);
        Assert.Equal((2, 1), (without.Positions, without.Answers));
        Assert.Equal(0, without.Micro.Shifted.Value);
        Assert.Equal(0.5, without.Macro.Unshifted.Value);
    }

    [Fact]
    public void Nothing_left_to_count_is_an_error()
    {
        var table = new ShiftTable([Answer("silent", -70)]);

        Assert.True(table.Any(withEos: true));
        Assert.False(table.Any(withEos: false));
        Assert.Contains("none of the 1 answers", Assert.Throws<UrialException>(() => table.Summary(withEos: false)).Message);
        Assert.Throws<UrialException>(() => new ShiftTable([]).Summary());
        Assert.Contains("share the id a", Assert.Throws<UrialException>(() => new ShiftTable([Answer("a", 1), Answer("a", 2)])).Message);
    }

    [Fact]
    public void Parts_of_an_answer_that_do_not_fit_are_refused()
    {
        Assert.Contains("2 tokens cannot have 1 labels",
            Assert.Throws<ArgumentException>(() => Answer("a", 1, 2) with { Labels = ["fact"] }).Message);
        Assert.Throws<ArgumentException>(() => Answer("a", 1, 2) with { Positions = [] });
        Assert.Throws<ArgumentException>(() => Answer("a", 1, 2) with { AnswerIds = [] });
    }

    private static ShiftedAnswer Answer(string id, params int[] ranks) => new()
    {
        Id = id,
        Query = "q",
        BasePrompt = "b",
        AlignedPrompt = "a",
        Text = "t",
        AnswerIds = [.. ranks.Select((_, i) => i)],
        Tokens = [.. ranks.Select((_, i) => new TokenText(i, $"t{i}", $"t{i}", $"t{i}", false, false))],
        Positions = [.. ranks.Select((rank, i) => new PositionShift
        {
            Position = i, TokenId = i, BaseRank = Math.Abs(rank), IsEos = rank < 0, AlignedArgmaxId = i,
            BaseProbability = 0.5, AlignedProbability = 0.5, KlAlignedBase = 0.1, KlBaseAligned = 0.2, Js = 0.05, BaseEntropy = 1,
            AlignedEntropy = 1,
        })],
    };
}
