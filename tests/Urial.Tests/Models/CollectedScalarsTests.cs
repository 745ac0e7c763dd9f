using Urial.MicroWorld;
using Urial.Tests.Shift;
using static TorchSharp.torch;

namespace Urial.Tests.Models;

/// <summary>
/// A number that TorchSharp makes for the length of one call can be finalised while native code reads it (<see cref="PinnedScalars"/>).
/// It shows once in hours, unless the collector never rests.
/// </summary>
public sealed class CollectedScalarsTests
{
    [Theory]
    [InlineData("qwen3", 700)]
    [InlineData("gemma2", 300)]
    [InlineData("gpt2", 300)]
    [InlineData("gpt-neox", 300)]
    public void Passes_survive_a_collector_that_never_rests(string model, int passes)
    {
        using var decoder = Decoder.Load(Repository.Path("tests", "golden", "models", model));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var ids = tensor(new long[] { 1, 2, 3, 4 }).unsqueeze(0);
        var expected = decoder.Forward(ids).data<float>().ToArray();

        Stressed(passes, () =>
        {
            using var pass = NewDisposeScope();
            Assert.Equal(expected, decoder.Forward(ids).data<float>().ToArray());
        });
    }

    [Fact]
    public void Answers_and_scores_survive_it_too()
    {
        using var pair = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);
        var query = ShiftQueries.Read(GoldenPair.Queries).First().Item!;
        var options = new ShiftOptions { MaxNewTokens = 8, Top = 3 };
        var expected = ShiftAnalysis.Run(pair, [query], options)[0];

        Stressed(25, () => Assert.Equal(expected.Positions.Select(p => (p.TokenId, p.BaseRank, p.Js)),
            ShiftAnalysis.Run(pair, [query], options)[0].Positions.Select(p => (p.TokenId, p.BaseRank, p.Js))));
    }

    [Fact]
    public void Steps_of_training_survive_it_too()
    {
        using var model = Decoder.Random(MicroModels.Shape(layers: 2, width: 64, context: 32), seed: 1);
        using var weights = new TrainableWeights(model, Precision.F32);
        using var optimiser = new AdamW(weights.Parameters, decay: 0.1, clip: 1);
        var rows = tensor(new long[] { 5, 6, 7, 8 }).unsqueeze(0);

        Stressed(150, () =>
        {
            using var scope = NewDisposeScope();
            var loss = Losses.CrossEntropy(weights.Model.Forward(rows.narrow(1, 0, 3)), rows.narrow(1, 1, 3));
            loss.backward();
            Assert.True(double.IsFinite(optimiser.Step(1e-3)));
        });
    }

    private static void Stressed(int times, Action action)
    {
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            for (var i = 0; i < times; i++)
                action();
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }
}
