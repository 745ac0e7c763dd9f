namespace Urial.Tests.Shift;

/// <summary>The statistics over answers, each where its value can be written down.</summary>
public sealed class ShiftStatisticsTests
{
    [Fact]
    public void Groups_are_counted_apart_and_resample_the_answers_that_have_them()
    {
        ShiftedAnswer[] answers =
        [
            Made.Ranks("a", 9, 1, 9) with { Labels = ["style", "fact", "style"], Kind = "Single" },
            Made.Ranks("b", 1, 2) with { Labels = ["style", "style"], Kind = "Unsafe" },
        ];

        var byLabel = ShiftGroups.Shares(answers, ShiftGroups.Label);

        Assert.Equal([("style", 4, 2), ("fact", 1, 1)], byLabel.Select(g => (g.Group, g.Positions, g.Answers)));
        Assert.Equal((0.5, 0.25, 0.25),
            (byLabel[0].Shares.Shifted.Value, byLabel[0].Shares.Marginal.Value, byLabel[0].Shares.Unshifted.Value));
        Assert.Equal((1.0, 1), (byLabel[1].Shares.Unshifted.Value, byLabel[1].Shares.Unshifted.N));
        // Two answers: a resample is a twice, one of each, or b twice.
        Assert.Equal((0, 1), (byLabel[0].Shares.Shifted.Interval.Low, byLabel[0].Shares.Shifted.Interval.High));
        var byKind = ShiftGroups.Mean(answers, ShiftGroups.Kind, p => p.BaseRank);
        Assert.Equal([("Single", 19 / 3.0), ("Unsafe", 1.5)], byKind.Select(g => (g.Group, g.Value.Value)));
        Assert.Equal([("later tokens", 3), ("first token", 2)],
            ShiftGroups.Mean(answers, ShiftGroups.FirstToken, p => p.Js).Select(g => (g.Group, g.Positions)));
        Assert.Contains("None of the 2 answers",
            Assert.Throws<ArgumentException>(() => ShiftGroups.Shares(answers, ShiftGroups.Segment)).Message);
    }

    [Fact]
    public void Groups_leave_the_end_of_sequence_out_on_request()
    {
        ShiftedAnswer[] answers = [Made.Ranks("a", 1, 9, -30)];

        Assert.Equal(3, ShiftGroups.Shares(answers, (_, _) => "all")[0].Positions);
        Assert.Equal(2, ShiftGroups.Shares(answers, (_, _) => "all", withEos: false)[0].Positions);
    }

    [Fact]
    public void A_curve_over_survivors_has_the_same_answers_at_every_point()
    {
        // Short answers shift everywhere, the long one nowhere: over all answers the curve falls, though no answer's own curve does.
        ShiftedAnswer[] answers = [Made.Kl("short", 2, 2), Made.Kl("other", 2, 2), Made.Kl("long", 0, 0, 0, 0)];

        var all = PositionCurve.Of(answers, p => p.KlAlignedBase, atLeast: 1);
        var survivors = PositionCurve.Of(answers, p => p.KlAlignedBase, atLeast: 1, survivors: 4);
        var two = PositionCurve.Of(answers, p => p.KlAlignedBase, atLeast: 3);

        Assert.Equal([(0, 3), (1, 3), (2, 1), (3, 1)], all.Select(p => (p.Position, p.Value.N)));
        Assert.Equal([4 / 3.0, 4 / 3.0, 0, 0], all.Select(p => p.Value.Value));
        Assert.Equal([0.0, 0, 0, 0], survivors.Select(p => p.Value.Value));
        Assert.All(survivors, p => Assert.Equal(1, p.Value.N));
        Assert.Equal(2, two.Count);
        Assert.Contains("needs 5 answers",
            Assert.Throws<ArgumentException>(() => PositionCurve.Of(answers, p => p.Js, atLeast: 5)).Message);
    }

    [Fact]
    public void A_curve_within_a_part_starts_where_the_part_starts()
    {
        ShiftedAnswer[] answers =
        [
            Made.Kl("a", 9, 1, 2) with { Segments = ["opener", "body", "body"] },
            Made.Kl("b", 3, 4) with { Segments = ["body", "closer"] },
        ];

        var body = PositionCurve.Within(answers, "body", p => p.KlAlignedBase, atLeast: 1);

        Assert.Equal([(0, 2.0, 2), (1, 2.0, 1)], body.Select(p => (p.Position, p.Value.Value, p.Value.N)));
        Assert.Contains("does not say",
            Assert.Throws<ArgumentException>(() => PositionCurve.Within([Made.Kl("c", 1)], "body", p => p.Js)).Message);
    }

    [Fact]
    public void Early_less_late_and_windows_by_hand()
    {
        ShiftedAnswer[] answers =
        [
            Made.Kl("a", 4, 2, 1, 1) with { Segments = ["opener", "opener", "body", "body"] },
            Made.Kl("b", 2, 2, 0) with { Segments = ["opener", "body", "body"] },
            Made.Kl("short", 9, 9),
        ];

        var fall = PositionCurve.EarlyLessLate(answers, p => p.KlAlignedBase, first: 2);
        var inBody = PositionCurve.EarlyLessLate(answers, p => p.KlAlignedBase, first: 1, segment: "body");
        var window = PositionCurve.Window(answers, p => p.KlAlignedBase, 1, 2);

        Assert.Equal((2.0, 2), (fall.Value, fall.N));       // (3 − 1 and 2 − 0); the answer of two tokens has nothing later
        Assert.Equal((1.0, 2), (inBody.Value, inBody.N));   // (1 − 1 and 2 − 0)
        Assert.Equal((1.25, 2), (window.Value, window.N));  // (1.5 and 1); the answer of two tokens does not reach position 2
        Assert.Equal(5 / 9.0, ShiftGroups.Share(answers, p => p.KlAlignedBase == 2 || p.KlAlignedBase == 9).Value, 12);
    }

    [Fact]
    public void Precision_and_recall_by_hand()
    {
        // Ranks 9 and 5 are style, 4 is a fact, 1 is style, 1 is a fact.
        ShiftedAnswer[] answers =
        [
            Made.Ranks("a", 9, 4, 1) with { Labels = ["style", "fact", "fact"] },
            Made.Ranks("b", 5, 1) with { Labels = ["style", "style"] },
        ];

        var points = ShiftDetection.Of(answers, (a, i) => a.Labels![i] == "style");

        Assert.Equal([0, 1, 4, 5], points.Select(p => p.Threshold)); // above 9 nothing is left
        Assert.Equal([(5, 3, 3), (3, 2, 3), (2, 2, 3), (1, 1, 3)], points.Select(p => (p.Flagged, p.Right, p.Sought)));
        Assert.Equal([3 / 5.0, 2 / 3.0, 1, 1], points.Select(p => p.Precision!.Value));
        Assert.Equal([1, 2 / 3.0, 2 / 3.0, 1 / 3.0], points.Select(p => p.Recall!.Value));
        var shifted = Assert.Single(ShiftDetection.Of(answers, (a, i) => a.Labels![i] == "style", [3]));
        Assert.Equal((3, 2, 2 / 3.0), (shifted.Flagged, shifted.Right, shifted.Precision!.Value));
        // Drawing b twice gives precision 1; drawing a twice gives 1/2.
        Assert.Equal((0.5, 1.0), (shifted.Precision.Interval.Low, shifted.Precision.Interval.High));
    }

    [Fact]
    public void A_rule_that_flags_nothing_has_no_precision()
    {
        var point = Assert.Single(ShiftDetection.Of([Made.Ranks("a", 1, 2)], (_, _) => true, [10]));

        Assert.Null(point.Precision);
        Assert.Equal((0, 0.0), (point.Flagged, point.Recall!.Value));
        Assert.Null(ShiftDetection.Of([Made.Ranks("a", 1, 2)], (_, _) => false, [0])[0].Recall);
        Assert.Throws<ArgumentException>(() => ShiftDetection.Of([Made.Ranks("a", 1)], (_, _) => true, [-1]));
        Assert.Throws<ArgumentException>(() => ShiftDetection.Of([], (_, _) => true));
    }

    [Fact]
    public void Concentration_of_an_even_spread_and_of_one_spike()
    {
        var even = ShiftConcentration.Of([Made.Kl("a", 1, 1, 1, 1)], [0.1, 0.5, 1]);
        Assert.Equal([0.1, 0.5, 1], even.Select(p => Math.Round(p.Share.Value, 12)));

        var spike = ShiftConcentration.Of([Made.Kl("a", 0, 8, 0, 0)], [0.125, 0.25, 1]);
        Assert.Equal([0.5, 1, 1], spike.Select(p => Math.Round(p.Share.Value, 12)));

        // 4 + 3 of 10 in the top half, whatever the order of the shares asked for.
        var stairs = ShiftConcentration.Of([Made.Kl("a", 1, 4), Made.Kl("b", 2, 3)], [1, 0.5]);
        Assert.Equal([1, 0.7], stairs.Select(p => Math.Round(p.Share.Value, 12)));
        // b twice: 3 of 5; a twice: 4 of 5
        Assert.Equal((0.6, 0.8), (Math.Round(stairs[1].Share.Interval.Low, 12), Math.Round(stairs[1].Share.Interval.High, 12)));
        Assert.Throws<ArgumentException>(() => ShiftConcentration.Of([Made.Kl("a", 0, 0)], [0.5]));
        Assert.Throws<ArgumentException>(() => ShiftConcentration.Of([Made.Kl("a", 1)], [0]));
    }

    [Fact]
    public void A_paired_difference_cancels_what_queries_have_in_common()
    {
        // One more shifted position in every answer of the first; queries themselves differ widely.
        ShiftedAnswer[] first = [Made.Ranks("a", 9, 9, 9, 9), Made.Ranks("b", 9, 1, 1, 1)];
        ShiftedAnswer[] second = [Made.Ranks("b", 1, 1, 1, 1), Made.Ranks("a", 9, 9, 9, 1)];

        var difference = ShiftComparison.Of(first, second);

        Assert.Equal(2, difference.Queries);
        Assert.Equal((0.25, 0.0, -0.25),
            (difference.Micro.Shifted.Value, difference.Micro.Marginal.Value, difference.Micro.Unshifted.Value));
        Assert.Equal((0.25, 0.25), (difference.Micro.Shifted.Interval.Low, difference.Micro.Shifted.Interval.High));
        Assert.Equal((0.25, 0.25), (difference.Macro.Shifted.Interval.Low, difference.Macro.Shifted.Interval.High));
        Assert.Equal(2, difference.MeanBaseRank.Value, 12);
        var own = ShiftComparison.Of(first, first);
        Assert.Equal((0.0, 0.0, 0.0), (own.Micro.Shifted.Value, own.MeanKlAlignedBase.Value, own.MeanKlAlignedBase.Interval.High));
    }

    [Fact]
    public void A_query_without_its_counterpart_is_named()
    {
        Assert.Contains("Query b", Assert.Throws<UrialException>(
            () => ShiftComparison.Of([Made.Ranks("a", 1), Made.Ranks("b", 1)], [Made.Ranks("a", 1)])).Message);
        Assert.Contains("nothing to compare", Assert.Throws<UrialException>(() => ShiftComparison.Of([], [])).Message);
    }

    [Fact]
    public void Substitutions_count_pairs_of_tokens()
    {
        var answer = Made.Ranks("a", 9, 2, 9, 1);
        ShiftedAnswer[] answers = [answer with
        {
            AnswerIds = [5, 6, 5, 7],
            Labels = ["style", "fact", "style", "fact"],
            Positions = [.. answer.Positions
                .Zip([5, 6, 5, 7], (p, id) => p with { TokenId = id, BaseTop = [new TopToken(40, 0.9) { Shown = "x" }] })],
        }];

        Assert.Equal([(5, 40, 2, "style"), (6, 40, 1, "fact")],
            Substitution.Of(answers).Select(s => (s.Said.Id == 0 ? 5 : 6, s.Instead.Id, s.Count, s.Label!)));
        Assert.Equal(2, Assert.Single(Substitution.Of(answers, ShiftClass.Shifted)).Count);
        Assert.Contains("ShiftOptions.Top", Assert.Throws<ArgumentException>(() => Substitution.Of([Made.Ranks("b", 9)])).Message);
    }
}
