using System.Text.Json;

namespace Urial.Tests.Shift;

/// <summary>
/// The reference code's metrics against values that the public code itself printed (tests/golden/shift/at_k.jsonl), and by hand.
/// </summary>
public sealed class ReferenceMetricsTests
{
    [Fact]
    public void Every_position_of_the_golden_pair_agrees_with_the_public_code()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);
        var answers = ShiftAnalysis.Run(pair, [.. ShiftQueries.Read(GoldenPair.Queries).Select(line => line.Item!)],
            new ShiftOptions { Top = 31 });
        var ours = answers.SelectMany(a => a.Positions.Select(p => (a.Id, Shift: p))).ToArray();
        var theirs = File.ReadLines(GoldenPair.File("at_k.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var ties = 0;

        Assert.Equal(theirs.Length, ours.Length);
        foreach (var ((id, shift), golden) in ours.Zip(theirs))
        {
            Assert.Equal((golden.GetProperty("id").GetString()!, golden.GetProperty("position").GetInt32()), (id, shift.Position));
            if (IsTied(shift.BaseTop) || IsTied(shift.AlignedTop))
            {
                ties++;
                continue;
            }
            var metrics = ReferenceMetrics.Of(shift, pair.Tokenizer);
            Assert.Equal(metrics.Place(pair.Tokenizer.Token(shift.TokenId).Text) + 1, ReferenceMetrics.RankByText(shift, pair.Tokenizer));
            (string Name, double Ours)[] values =
            [
                ("jaccard", metrics.Jaccard()), ("jaccard@10", metrics.Jaccard(10)), ("nDCG", metrics.Ndcg()),
                ("KL", metrics.OverlapKl()), ("KL@10", metrics.OverlapKl(10)), ("WS", metrics.WeightedSum()),
                ("WS@10", metrics.WeightedSum(10)),
                ("TR", metrics.TopRank()), ("TP", metrics.TopProbability()),
            ];
            foreach (var (name, value) in values)
                Assert.True(Math.Abs(golden.GetProperty(name).GetDouble() - value) <= 1e-4,
                    FormattableString.Invariant(
                        $"{id} position {shift.Position}: {name} is {value} here and {golden.GetProperty(name)} in the reference."));
        }
        Assert.InRange(ties, 0, theirs.Length / 50); // a tie is the exception; were it the rule, nothing would be tested
    }

    // Two of the 31 logits that rounding could swap: the order inside the list and its last entry depend on it.
    private static bool IsTied(IReadOnlyList<TopToken> top) =>
        top.Zip(top.Skip(1)).Any(pair => Math.Log(pair.First.Probability / pair.Second.Probability) < 2e-6);

    [Fact]
    public void Two_short_lists_by_hand()
    {
        ReferenceToken[] baseList = [new(1, "a", 0.5), new(2, "b", 0.3), new(3, "c", 0.2)];
        ReferenceToken[] alignedList = [new(2, "b", 0.6), new(1, "a", 0.3), new(4, "d", 0.1)];

        var metrics = new ReferenceMetrics(baseList, alignedList);

        Assert.Equal(2.0 / 4, metrics.Jaccard(), 12);                                    // {a, b} of {a, b, c, d}
        Assert.Equal(0, metrics.Jaccard(1), 12);                                         // {a} and {b}
        Assert.Equal(0.5 * Math.Log(0.5 / 0.3) + 0.3 * Math.Log(0.3 / 0.6), metrics.OverlapKl(), 12);
        Assert.Equal(0.5 * 0.3 + 0.3 * 0.6, metrics.WeightedSum(), 12);
        Assert.Equal(1, metrics.TopRank());                                              // "b" is the base list's second
        Assert.Equal(0.3, metrics.TopProbability(), 12);
        var (second, third) = (1 / Math.Log2(3), 1 / Math.Log2(4));
        // gains: a 2nd at 1st place, b 1st at 2nd place
        Assert.Equal((second + second) / (1 + second * second + third * third), metrics.Ndcg(), 12);
    }

    [Fact]
    public void The_overlap_KL_is_no_divergence()
    {
        // The base list puts little on the one text that both have, the aligned list much: the sum is below zero.
        var negative = new ReferenceMetrics([new(1, "a", 0.9), new(2, "b", 0.1)], [new(2, "b", 0.8), new(3, "c", 0.2)]);
        Assert.Equal(0.1 * Math.Log(0.1 / 0.8), negative.OverlapKl(), 12);
        Assert.True(negative.OverlapKl() < 0);

        // Nothing in common scores like perfect agreement.
        var apart = new ReferenceMetrics([new(1, "a", 1)], [new(2, "b", 1)]);
        Assert.Equal((0, 0), (apart.OverlapKl(), apart.TopProbability()));
        Assert.Equal(ReferenceMetrics.DefaultCut, apart.TopRank());
        Assert.Equal(10, apart.TopRank(10));
        Assert.Equal([1, 30, 50, 50], new[] { 1, 30, 31, 2000 }.Select(ReferenceMetrics.CappedRank));
    }

    [Fact]
    public void Tokens_that_share_a_text_are_taken_for_one()
    {
        ReferenceToken[] list = [new(1, "x", 0.6), new(2, "x", 0.4)];

        var metrics = new ReferenceMetrics(list, [new(2, "x", 0.7), new(3, "y", 0.3)]);

        Assert.Equal(0.5, metrics.Jaccard(), 12);
        Assert.Equal(0, metrics.TopRank());               // id 2 stands second, its text first
        Assert.Equal(0.6, metrics.TopProbability(), 12);
        Assert.Equal(0.6 * Math.Log(0.6 / 0.7), metrics.OverlapKl(), 12);
        Assert.Null(metrics.Place("y"));
    }

    [Fact]
    public void Too_few_top_tokens_are_refused()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);
        var query = ShiftQueries.Read(GoldenPair.Queries).First().Item!;
        var answer = ShiftAnalysis.Run(pair, [query], new ShiftOptions { Top = 29 })[0];

        Assert.Contains("ShiftOptions.Top = 30",
            Assert.Throws<UrialException>(() => ReferenceMetrics.Of(answer.Positions[0], pair.Tokenizer)).Message);
        Assert.Throws<ArgumentException>(() => new ReferenceMetrics([new(1, "a", 1)], []));
    }
}
