using System.Text.Json;
using Urial.MicroWorld;

namespace Urial.Tests.Training;

/// <summary>SFT and DPO losses, rewards and gradient norms against TRL's, on the tiny pair of tests/golden/shift.</summary>
public sealed class LossesGoldenTests : IDisposable
{
    private readonly JsonElement _golden =
        JsonDocument.Parse(File.ReadAllText(Repository.Path("tests", "golden", "losses", "golden.json"))).RootElement;
    private readonly Decoder _policy = Decoder.Load(Repository.Path("tests", "golden", "shift", "aligned"));
    private readonly Decoder _reference = Decoder.Load(Repository.Path("tests", "golden", "shift", "base"));

    public void Dispose()
    {
        _policy.Dispose();
        _reference.Dispose();
    }

    [Fact]
    public void Sft_loss_and_gradient_agree()
    {
        using var weights = new TrainableWeights(_policy, Precision.F32);
        var batch = _golden.GetProperty("batch").EnumerateArray().Select(b => new TokenPair(Ids(b, "prompt_ids"), Ids(b, "chosen_ids")))
            .ToList();
        var loss = SupervisedTuning.Loss(weights.Model, batch, pad: 0);
        var expected = _golden.GetProperty("expected").GetProperty("sft");
        Close(expected.GetProperty("loss").GetDouble(), loss);
        Close(expected.GetProperty("grad_norm").GetDouble(), weights.Parameters.GatherGradient());
        Assert.Equal(expected.GetProperty("tokens").GetInt32(), batch.Sum(b => b.AnswerIds.Length));
    }

    [Theory]
    [InlineData(0.1, "dpo_beta_0.1")]
    [InlineData(0.5, "dpo_beta_0.5")]
    public void Dpo_loss_rewards_and_gradient_agree(double beta, string name)
    {
        using var weights = new TrainableWeights(_policy, Precision.F32);
        var batch = _golden.GetProperty("batch").EnumerateArray()
            .Select(b => new PreferencePair(Ids(b, "prompt_ids"), Ids(b, "chosen_ids"), Ids(b, "rejected_ids"))).ToList();
        var (loss, chosen, rejected) = PreferenceTuning.Loss(weights.Model, _reference, batch, pad: 0, beta);
        var expected = _golden.GetProperty("expected").GetProperty(name);
        Close(expected.GetProperty("loss").GetDouble(), loss);
        Close(expected.GetProperty("grad_norm").GetDouble(), weights.Parameters.GatherGradient());
        Close(expected.GetProperty("chosen_rewards").EnumerateArray().Average(r => r.GetDouble()), chosen);
        Close(expected.GetProperty("rejected_rewards").EnumerateArray().Average(r => r.GetDouble()), rejected);
    }

    private static int[] Ids(JsonElement line, string name) => [.. line.GetProperty(name).EnumerateArray().Select(i => i.GetInt32())];

    private static void Close(double expected, double actual) =>
        Assert.InRange(actual, expected - Math.Abs(expected) * 1e-4 - 1e-6, expected + Math.Abs(expected) * 1e-4 + 1e-6);
}
