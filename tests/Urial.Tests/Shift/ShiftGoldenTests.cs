using System.Text.Json;

namespace Urial.Tests.Shift;

/// <summary>Positions and summary of the golden pair against another implementation's (tests/golden/shift).</summary>
public sealed class ShiftGoldenTests : IClassFixture<ShiftGoldenTests.Scored>
{
    private readonly IReadOnlyList<ShiftedAnswer> _answers;

    public ShiftGoldenTests(Scored scored) => _answers = scored.Answers;

    /// <summary>The golden queries, scored once for all tests.</summary>
    public sealed class Scored
    {
        public Scored()
        {
            using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);
            Answers = ShiftAnalysis.Run(pair, [.. ShiftQueries.Read(GoldenPair.Queries).Select(line => line.Item!)],
                new ShiftOptions { Top = 5 });
        }

        public IReadOnlyList<ShiftedAnswer> Answers { get; }
    }

    [Fact]
    public void Every_position_agrees()
    {
        var ours = _answers.SelectMany(a => a.Positions.Select(p => (a.Id, Shift: p))).ToArray();
        var theirs = File.ReadLines(GoldenPair.File("positions.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();

        Assert.Equal(329, theirs.Length);
        Assert.Equal(theirs.Select(t => (t.GetProperty("id").GetString()!, t.GetProperty("position").GetInt32())),
            ours.Select(o => (o.Id, o.Shift.Position)));
        foreach (var ((id, shift), golden) in ours.Zip(theirs))
        {
            var where = $"{id} position {shift.Position}";
            Assert.Equal(golden.GetProperty("token_id").GetInt32(), shift.TokenId);
            Assert.Equal(golden.GetProperty("is_eos").GetBoolean(), shift.IsEos);
            Near(golden, "base_prob", shift.BaseProbability, where);
            Near(golden, "aligned_prob", shift.AlignedProbability, where);
            Near(golden, "kl_aligned_base", shift.KlAlignedBase, where);
            Near(golden, "kl_base_aligned", shift.KlBaseAligned, where);
            Near(golden, "js", shift.Js, where);
            Near(golden, "base_entropy", shift.BaseEntropy, where);
            Near(golden, "aligned_entropy", shift.AlignedEntropy, where);
            if (golden.GetProperty("margin").GetDouble() > 1e-3) // nearer than that, rounding decides the rank
            {
                Assert.Equal(golden.GetProperty("base_rank").GetInt32(), shift.BaseRank);
                Assert.Equal(golden.GetProperty("class").GetString(), shift.Class.Name());
            }
        }
    }

    [Fact]
    public void The_most_probable_tokens_agree()
    {
        // Equal sets except where two neighbours are closer than rounding; the tiny models leave few such places.
        var theirs = File.ReadLines(GoldenPair.File("positions.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var ours = _answers.SelectMany(a => a.Positions).ToArray();

        Assert.InRange(ours.Zip(theirs).Count(pair => Same(pair.Second, "base_top5", pair.First.BaseTop)), theirs.Length - 2,
            theirs.Length);
        Assert.InRange(ours.Zip(theirs).Count(pair => Same(pair.Second, "aligned_top5", pair.First.AlignedTop)), theirs.Length - 2,
            theirs.Length);
        Assert.InRange(ours.Zip(theirs).Count(pair =>
            pair.Second.GetProperty("aligned_argmax_id").GetInt32() == pair.First.AlignedArgmaxId), theirs.Length - 1, theirs.Length);

        static bool Same(JsonElement golden, string field, IReadOnlyList<TopToken> top) =>
            golden.GetProperty(field).EnumerateArray().Select(id => id.GetInt32()).SequenceEqual(top.Select(t => t.Id));
    }

    [Theory]
    [InlineData(true, "with_eos")]
    [InlineData(false, "without_eos")]
    public void The_summary_agrees(bool withEos, string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(GoldenPair.File("summary.json")));
        var golden = json.RootElement.GetProperty(name);

        var summary = new ShiftTable(_answers).Summary(withEos);

        Assert.Equal(golden.GetProperty("n_positions").GetInt32(), summary.Positions);
        Assert.Equal(golden.GetProperty("n_answers").GetInt32(), summary.Answers);
        foreach (var shift in Enum.GetValues<ShiftClass>())
        {
            Assert.Equal(golden.GetProperty("micro").GetProperty(shift.Name()).GetDouble(), summary.Micro.Of(shift).Value, 12);
            Assert.Equal(golden.GetProperty("macro").GetProperty(shift.Name()).GetDouble(), summary.Macro.Of(shift).Value, 12);
            Assert.True(summary.Micro.Of(shift).Interval.Contains(summary.Micro.Of(shift).Value));
        }
        Near(golden, "mean_kl_aligned_base", summary.MeanKlAlignedBase.Value, name);
        Near(golden, "mean_kl_base_aligned", summary.MeanKlBaseAligned.Value, name);
        Near(golden, "mean_js", summary.MeanJs.Value, name);
        Near(golden, "mean_base_rank", summary.MeanBaseRank.Value, name);
        Near(golden, "mean_base_prob", summary.MeanBaseProbability.Value, name);
    }

    private static void Near(JsonElement golden, string field, double ours, string where)
    {
        var theirs = golden.GetProperty(field).GetDouble();
        Assert.True(
            Math.Abs(theirs - ours) <= Math.Max(1e-4, 1e-3 * Math.Abs(theirs)),
            FormattableString.Invariant($"{where}: {field} is {ours} here and {theirs} in the reference."));
    }
}
