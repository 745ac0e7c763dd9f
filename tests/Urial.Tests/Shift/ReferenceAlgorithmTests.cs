using Urial.MicroWorld;

namespace Urial.Tests.Shift;

/// <summary>The single teacher-forced pass against a full pass per position.</summary>
public sealed class ReferenceAlgorithmTests
{
    [Fact]
    public void One_pass_finds_what_a_pass_per_position_finds()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);
        foreach (var answer in ShiftAnalysis.Run(pair, [.. ShiftQueries.Read(GoldenPair.Queries).Take(4).Select(line => line.Item!)]))
            AgreeEverywhere(answer.Positions, ReferenceAlgorithm.Score(pair, answer));
    }

    [Fact]
    public void So_it_does_on_the_embedded_pair()
    {
        using var pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        var answer = MicroShift.Ask(pair, QueryFile.HeldOut()[0]);

        AgreeEverywhere(answer.Positions, ReferenceAlgorithm.Score(pair, answer));
        var speed = ShiftSpeed.Measure(pair, answer, repeats: 1);
        Assert.Equal((answer.AnswerIds.Length, true, true), (speed.AnswerTokens, speed.MaxKlDifference < 1e-4, speed.Ratio > 1));
    }

    [Fact]
    public void Text_tokenised_anew_has_no_end_token()
    {
        using var pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        var answer = MicroShift.Ask(pair, QueryFile.HeldOut()[0]);

        var again = Assert.Single(ShiftAnalysis.Retokenised(pair, [answer]));

        Assert.True(answer.Positions[^1].IsEos);
        Assert.Equal(answer.AnswerIds[..^1], again.AnswerIds);
        Assert.Equal(answer.Text, again.Text);
    }

    private static void AgreeEverywhere(IReadOnlyList<PositionShift> single, IReadOnlyList<PositionShift> stepwise)
    {
        Assert.Equal(stepwise.Count, single.Count);
        foreach (var (one, other) in single.Zip(stepwise))
        {
            Assert.Equal((other.Position, other.TokenId, other.IsEos), (one.Position, one.TokenId, one.IsEos));
            Near(other.BaseProbability, one.BaseProbability);
            Near(other.AlignedProbability, one.AlignedProbability);
            Near(other.KlAlignedBase, one.KlAlignedBase);
            Near(other.KlBaseAligned, one.KlBaseAligned);
            Near(other.Js, one.Js);
            Near(other.BaseEntropy, one.BaseEntropy);
            Near(other.AlignedEntropy, one.AlignedEntropy);
            // Deep in the tail neighbours are closer than rounding.
            Assert.InRange(one.BaseRank, other.BaseRank - other.BaseRank / 50, other.BaseRank + other.BaseRank / 50);
        }

        static void Near(double expected, double actual) =>
            Assert.InRange(actual, expected - 1e-4 - 1e-3 * Math.Abs(expected), expected + 1e-4 + 1e-3 * Math.Abs(expected));
    }
}
