namespace Urial.Tests;

/// <summary>The values that tables and charts are made of.</summary>
public sealed class TableValuesTests
{
    [Fact]
    public void Kl_terms_sum_to_the_positions_kl()
    {
        foreach (var position in Enumerable.Range(0, MadeUp.France.Positions.Count))
        {
            var terms = KlTerm.At(MadeUp.France, position);
            Assert.Equal(MadeUp.France.Positions[position].KlAlignedBase, terms.Sum(term => term.Nats), 9);
            Assert.Equal(1, terms.Sum(term => term.Aligned), 6);
            Assert.Equal(1, terms.Sum(term => term.Base), 6);
            Assert.Equal(KlTerm.Others, terms[^1].Token);
            Assert.Single(terms, term => term.Chosen);
        }
    }

    [Fact]
    public void Kl_terms_of_whole_distributions_keep_the_chosen_token_and_sum_to_the_divergence()
    {
        double[] p = [0.5, 0.25, 0.15, 0.06, 0.04], q = [0.1, 0.3, 0.2, 0.2, 0.2];
        var logs = (q.Select(x => Math.Log(x)).ToArray(), p.Select(x => Math.Log(x)).ToArray());
        var terms = KlTerm.Largest(logs, id => $"t{id}", chosen: 2, count: 2);
        Assert.Equal(["t0", "t2", KlTerm.Others], terms.Select(term => term.Token));
        Assert.Equal(p.Zip(q, (a, b) => a * Math.Log(a / b)).Sum(), terms.Sum(term => term.Nats), 12);
        Assert.Equal(0.35, terms[^1].Aligned, 12);
        Assert.True(terms[1].Chosen);
        Assert.Throws<ArgumentException>(() => KlTerm.Largest(([0], [0, 0]), id => "", 0));
    }

    [Fact]
    public void A_term_is_p_times_the_log_ratio()
    {
        Assert.Equal(0.5 * Math.Log(2), KlTerm.Of("a", 0.5, 0.25).Nats, 12);
        Assert.Equal(0, KlTerm.Of("a", 0, 0.25).Nats);
        Assert.True(KlTerm.Of("a", 0.1, 0.2).Nats < 0);
    }

    [Fact]
    public void Shifted_tokens_are_counted_by_id_with_their_commonest_label()
    {
        var answer = MadeUp.Of("q", "q", "a", "a", "a", "b") with { Labels = ["glue", "style", "style", "fact"] };
        answer = answer with { Positions = [.. answer.Positions.Select((p, i) => p with { BaseRank = i == 3 ? 1 : i == 0 ? 2 : 9 })] };
        var token = Assert.Single(ShiftedToken.Of([answer]));
        Assert.Equal(("a", "style", 2, 3), (token.Token.Shown, token.Label, token.Shifted, token.Total));
    }

    [Fact]
    public void Shares_have_to_sum_to_one()
    {
        Assert.Throws<ArgumentException>(() => ShareRow.Published("p", 77.7, 14.5, 17.8, "paper"));
        Assert.Throws<ArgumentException>(() => ShareRow.Published("p", 120, -20, 0, "paper"));
        Assert.Equal(0.078, ShareRow.Published("p", 77.7, 14.5, 7.8, "paper").Share(ShiftClass.Shifted), 12);
    }

    [Fact]
    public void A_curve_stops_where_too_few_answers_are_left()
    {
        var curve = Curve.ByPosition("c", SampleCharts.Answers, p => p.BaseRank, atLeast: 4, resamples: 50);
        Assert.Equal(3, curve.Points.Count);
        Assert.All(curve.Points, point => Assert.Equal(4, point.N));
        Assert.Equal(37, curve.Points[0].Y);
        Assert.Throws<ArgumentException>(() => Curve.ByPosition("c", SampleCharts.Answers, p => p.BaseRank, atLeast: 5));
        Assert.Throws<ArgumentException>(() => new Curve("c", [new CurvePoint(1, 1), new CurvePoint(1, 2)]));
    }
}
