namespace Urial.Tests.Shift;

public sealed class SegmentLossesTests
{
    private static readonly double Ln2 = Math.Log(2);

    // Probabilities are powers of a half, so that losses are whole numbers of ln 2.
    private static readonly ShiftedAnswer First = Answer("a", ("opener", 3, 1), ("opener", 2, 1), ("body", 4, 3), ("body", 1, 1),
        ("closer", 5, 3), ("end of turn", 7, 1));

    private static readonly ShiftedAnswer Second = Answer("b", ("body", 2, 3), ("body", 3, 2), ("closer", 2, 1), ("end of turn", 1, 0));

    [Fact]
    public void Losses_are_summed_by_part()
    {
        var losses = SegmentLosses.Of([First, Second]);

        Assert.Equal(
            [("a", AnswerSegment.Opener, 2), ("a", AnswerSegment.Body, 2), ("a", AnswerSegment.Closer, 1), ("a", AnswerSegment.End, 1),
                ("b", AnswerSegment.Opener, 0), ("b", AnswerSegment.Body, 2), ("b", AnswerSegment.Closer, 1), ("b", AnswerSegment.End, 1)],
            losses.Rows.Select(row => (row.Id, row.Segment, row.Tokens)));
        Near([5, 5, 5, 7, 0, 5, 2, 1], losses.Rows.Select(row => row.BaseNats));
        Near([2, 4, 3, 1, 0, 5, 1, 0], losses.Rows.Select(row => row.AlignedNats));
        Assert.Equal("opener", losses.ToFrame()["segment"][0]);
        Assert.Equal(8, losses.ToFrame().Rows.Count);
    }

    [Fact]
    public void An_arm_has_means_per_answer_and_per_token()
    {
        var arm = SegmentLosses.Of([First, Second]).Base("zero-shot");

        Near([2.5, 5, 3.5, 4], AnswerSegmentNames.All.Select(part => arm.PerAnswer(part).Value));
        Near([2.5, 10 / 4.0, 3.5, 4], AnswerSegmentNames.All.Select(part => arm.PerToken(part)!.Value));
        Near([15, 11], [arm.PerAnswer().Value, arm.PerAnswer(withEnd: false).Value]);
        Assert.Equal(2, arm.PerAnswer().N);
        Assert.Null(SegmentLosses.Of([Second]).Base("b").PerToken(AnswerSegment.Opener));
    }

    [Fact]
    public void Shares_of_a_gain_are_ratios_of_sums()
    {
        var losses = SegmentLosses.Of([First, Second]);

        var gain = losses.Aligned("sft").Over(losses.Base("zero-shot")); // 3, 1, 2, 6 and 0, 0, 1, 1 times ln 2

        Near([1.5, .5, 1.5, 3.5], AnswerSegmentNames.All.Select(part => gain.PerAnswer(part).Value));
        Near([1.5, 1 / 4.0, 1.5, 3.5], AnswerSegmentNames.All.Select(part => gain.PerToken(part)!.Value));
        Near([7, 3.5], [gain.PerAnswer().Value, gain.PerAnswer(withEnd: false).Value]);
        Shares([3 / 14.0, 1 / 14.0, 3 / 14.0, 7 / 14.0], gain, withEnd: true);
        Shares([3 / 7.0, 1 / 7.0, 3 / 7.0], gain, withEnd: false);
        Assert.Null(gain.Share(AnswerSegment.End));
        // Of two answers a resample is the first alone (3 of 6), the second alone (0 of 1), or both.
        Assert.Equal((0, .5), Ends(gain.Share(AnswerSegment.Opener)!));
        Assert.Equal(("sft", "zero-shot", 2), (gain.Name, gain.Reference, gain.Share(AnswerSegment.Opener)!.N));
    }

    [Fact]
    public void Answers_that_gain_alike_leave_no_doubt()
    {
        var losses = SegmentLosses.Of([.. "abcd".Select(id => First with { Id = $"{id}" })]);
        var gain = losses.Aligned("sft").Over(losses.Base("zero-shot"));

        Assert.All(AnswerSegmentNames.All, part => Assert.Equal(gain.Share(part, withEnd: true)!.Interval.Low,
            gain.Share(part, withEnd: true)!.Interval.High, 12));
    }

    [Fact]
    public void A_part_may_lose_and_a_loss_on_the_whole_has_no_shares()
    {
        var losses = SegmentLosses.Of([Answer("a", ("opener", 6, 1), ("body", 2, 3), ("end of turn", 1, 1))]);

        var gain = losses.Aligned("sft").Over(losses.Base("zero-shot"));

        Shares([5 / 4.0, -1 / 4.0, 0], gain, withEnd: false);
        Assert.Null(losses.Base("zero-shot").Over(losses.Aligned("sft")).Share(AnswerSegment.Opener));
    }

    [Fact]
    public void Parts_and_arms_are_set_against_each_other()
    {
        var losses = SegmentLosses.Of(
            [Answer("a", ("opener", 6, 1), ("body", 2, 1), ("body", 2, 2), ("end of turn", 9, 1)), Answer("b", ("body", 3, 3))]);
        var smaller = SegmentLosses.Of(
            [Answer("a", ("opener", 6, 4), ("body", 2, 2), ("body", 2, 2), ("end of turn", 9, 0)), Answer("b", ("body", 3, 3))]);
        var zero = losses.Base("zero-shot");
        var (many, few) = (losses.Aligned("many").Over(zero), smaller.Aligned("few").Over(zero));

        Assert.Equal((5 - 1 / 3.0) * Ln2, many.PerTokenLead(AnswerSegment.Opener, AnswerSegment.Body)!.Value, 12);
        Assert.Equal(-many.PerTokenLead(AnswerSegment.Opener, AnswerSegment.Body)!.Value,
            many.PerTokenLead(AnswerSegment.Body, AnswerSegment.Opener)!.Value, 12);
        Assert.Null(many.PerTokenLead(AnswerSegment.Closer, AnswerSegment.Body));
        Assert.Equal(2 / 6.0, few.ShareOf(many)!.Value, 12);
        Assert.Equal(1, many.ShareOf(many)!.Value, 12);
        Refused("one reference", () => few.ShareOf(losses.Aligned("many").Over(smaller.Aligned("few"))));
    }

    [Fact]
    public void Arms_are_paired_by_question_whatever_their_order()
    {
        var (one, other) = (SegmentLosses.Of([First, Second]).Base("one"), SegmentLosses.Of([Second, First]).Aligned("other"));

        var gain = other.Over(one);

        Assert.Equal(["a", "b"], gain.Ids);
        Shares([3 / 7.0, 1 / 7.0, 3 / 7.0], gain, withEnd: false);
        Assert.Equal((0, .5), Ends(gain.Share(AnswerSegment.Opener)!));
    }

    [Fact]
    public void Some_tokens_of_a_part_have_a_share_of_its_tokens_and_of_its_gain()
    {
        ShiftedAnswer[] answers = [First, Answer("b", ("body", 6, 1), ("body", 3, 5), ("end of turn", 1, 0))];

        var groups = TokenGain.Of(answers, AnswerSegment.Body,
            ("first", (answer, i) => i == 0 || answer.Segments![i - 1] != "body"), ("all", (_, _) => true));

        Assert.Equal([("first", 2), ("all", 4)], groups.Select(group => (group.Name, group.Tokens)));
        Assert.Equal(.5, groups[0].OfTokens.Value, 12);
        Assert.Equal(6 / 4.0, groups[0].OfGain!.Value, 12);
        Assert.Equal(3 * Ln2, groups[0].PerToken.Value, 12);
        Assert.Equal(1, groups[1].OfGain!.Value, 12); // gains of 1, 0, 5 and -2 halvings
        Refused("No token of closer is 'none'", () => TokenGain.Of(answers, AnswerSegment.Closer, ("none", (_, _) => false)));
        Assert.Null(TokenGain.Of([Answer("c", ("body", 1, 2))], AnswerSegment.Body, ("all", (_, _) => true))[0].OfGain);
    }

    [Fact]
    public void Marks_and_first_words_of_lines_are_told_by_their_text()
    {
        string[] texts = ["-", " **", "One", "**", ":", " a", " word", ".\n", "1", ".", " Two"];
        var answer = Answer("a", [.. texts.Select(_ => ("body", 1, 1))]) with
        {
            Tokens = [.. texts.Select(text => new TokenText(0, text, text, text, IsSpecial: false, IsByteFragment: false))],
        };

        string[] Where(Func<ShiftedAnswer, int, bool> holds) => [.. texts.Where((_, i) => holds(answer, i))];
        Assert.Equal(["-", " **", "**", ":", ".\n", "."], Where(TokenGain.IsMark));
        Assert.Equal(["One", "1"], Where(TokenGain.IsFirstWord));
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        var arm = SegmentLosses.Of([First, Second]).Base("one");

        Refused("the same answers under both", () => arm.Over(SegmentLosses.Of([First]).Base("two")));
        Refused("the same answers under both", () => arm.Over(SegmentLosses.Of([First, Second with { Id = "c" }]).Base("two")));
        Refused("Answer b, closer: 1 tokens in 'one' and 0 in 'two'", () => arm.Over(SegmentLosses.Of(
            [First, Answer("b", ("body", 2, 3), ("body", 3, 2), ("end of turn", 1, 0))]).Base("two")));
        Refused("Answer a: which part", () => SegmentLosses.Of([First with { Segments = null }]));
        Refused("There are no answers", () => SegmentLosses.Of([]));
        Refused("Answer x, position 1: the aligned side's probability is 0", () => SegmentLosses.Of([First with
        {
            Id = "x", Positions = [.. First.Positions.Select((p, i) => i == 1 ? p with { AlignedProbability = 0 } : p)],
        }]));
    }

    [Fact]
    public void A_frame_and_tables_hold_the_same_numbers()
    {
        var losses = SegmentLosses.Of([.. "abcd".Select(id => First with { Id = $"{id}" })]);
        var (before, after) = (losses.Base("zero-shot"), losses.Aligned("sft"));
        SegmentGain[] gains = [after.Over(before)];

        var frame = SegmentGain.ToFrame(gains);
        var (table, arms) = (SegmentTables.Gains(gains, "Gains").Text, SegmentTables.Losses([before, after], caption: "Losses").Text);

        Assert.Equal(4, frame.Rows.Count);
        Assert.Equal(8, frame["tokens"][0]);
        Assert.Equal(.25, (double)frame["share_with_end"][0], 12);
        Assert.Null(frame["share"][3]);
        Assert.Contains("50.0 [50.0, 50.0]", table);
        Assert.Contains("Gained on zero-shot", table);
        Assert.Contains("together", table);
        Assert.Contains("15.25 [15.25, 15.25]", arms); // 22 ln 2
        Assert.Contains("1.73 [1.73, 1.73]", SegmentTables.Losses([before], perToken: true).Text); // 2.5 ln 2
        Assert.Throws<ArgumentException>(() => SegmentTables.Gains([]));
    }

    private static void Refused(string message, Action act) => Assert.Contains(message, Assert.Throws<UrialException>(act).Message);

    private static (double, double) Ends(Estimate estimate) =>
        (Math.Round(estimate.Interval.Low, 12), Math.Round(estimate.Interval.High, 12));

    private static void Shares(double[] expected, SegmentGain gain, bool withEnd)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], gain.Share(AnswerSegmentNames.All[i], withEnd)!.Value, 12);
    }

    /// <summary>Numbers that are multiples of ln 2.</summary>
    private static void Near(double[] expected, IEnumerable<double> nats)
    {
        double[] actual = [.. nats];
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First * Ln2, pair.Second, 12));
    }

    private static ShiftedAnswer Answer(string id, params (string Segment, int Base, int Aligned)[] tokens)
    {
        var made = Made.Ranks(id, [.. tokens.Select(_ => 1)]);
        return made with
        {
            Segments = [.. tokens.Select(token => token.Segment)],
            Positions = [.. made.Positions.Zip(tokens, (position, token) => position with
            {
                BaseProbability = Math.Pow(.5, token.Base), AlignedProbability = Math.Pow(.5, token.Aligned),
            })],
        };
    }
}
