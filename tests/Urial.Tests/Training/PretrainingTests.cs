using TorchSharp;
using Urial.MicroWorld;

namespace Urial.Tests.Training;

/// <summary>A toy run: it learns, it repeats, and a stopped run comes out as an unbroken one.</summary>
public sealed class PretrainingTests : IDisposable
{
    private static readonly PretrainingOptions Options = new()
    {
        Cycles = [new TrainingCycle(8 * 2 * 64, 5e-3, .4)],
        CopyingTokens = 256,
        Context = 64,
        Rows = 2,
        WarmUp = 2,
        CheckpointEvery = 3,
        BrainFloat = false,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-train-");
    private readonly TokenStream _stream;
    private readonly DecoderConfig _config;

    public PretrainingTests()
    {
        var trainer = new BpeTrainer();
        var corpus = new Corpus(World.Load());
        foreach (var text in corpus.TokenizerText(1, 200))
            trainer.Add(text);
        var (vocabulary, merges) = trainer.Train(400, MicroModels.Specials);
        TokenizerFiles.Write(_folder.FullName, vocabulary, merges, MicroModels.Specials, MicroTemplate.End, "<|pad|>", MicroTemplate.Jinja,
            64);
        _stream = new TokenStream((index, progress) => corpus.Document(1, index, progress), HfTokenizer.Load(_folder.FullName));
        _config = MicroModels.Shape(1, 64, 64) with { VocabularySize = 400 };
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_loss_falls()
    {
        var points = new List<TrainingPoint>();
        using var trained = Pretraining.Run(_config, _stream, Options with { Cycles = [new(80 * 2 * 64, 5e-3, .4)] }, null, points.Add);
        Assert.InRange(points[^1].Loss, 0, points[0].Loss - 0.1);
        Assert.Equal(80, points[^1].Step);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        using var one = Pretraining.Run(_config, _stream, Options, null, _ => { });
        using var same = Pretraining.Run(_config, _stream, Options, null, _ => { });
        using var other = Pretraining.Run(_config, _stream, Options with { Seed = 2 }, null, _ => { });
        Assert.Equal(0, Distance(one, same));
        Assert.NotEqual(0, Distance(one, other));
    }

    [Fact]
    public void A_stopped_run_goes_on_to_the_weights_of_an_unbroken_one()
    {
        using var unbroken = Pretraining.Run(_config, _stream, Options, null, _ => { });
        using (var stop = new CancellationTokenSource())
        {
            stop.Cancel(); // ends after the first step
            Assert.Throws<OperationCanceledException>(
                () => Pretraining.Run(_config, _stream, Options, _folder.FullName, _ => { }, stop.Token));
            Assert.True(File.Exists(Path.Combine(_folder.FullName, "checkpoint.safetensors")));
        }
        using var resumed = Pretraining.Run(_config, _stream, Options, _folder.FullName, _ => { });
        Assert.Equal(0, Distance(unbroken, resumed));
    }

    [Fact]
    public void A_checkpoint_of_other_settings_is_refused()
    {
        Pretraining.Run(_config, _stream, Options, _folder.FullName, _ => { }).Dispose();
        var error = Assert.Throws<UrialException>(
            () => Pretraining.Run(_config, _stream, Options with { Cycles = [new(8 * 2 * 64, 1e-3, .4)] }, _folder.FullName, _ => { }));
        Assert.Contains("checkpoint.safetensors", error.Message);
    }

    [Fact]
    public void A_rate_that_breaks_the_loss_is_told()
    {
        var error = Assert.Throws<UrialException>(
            () => Pretraining.Run(_config, _stream, Options with { Cycles = [new(8 * 2 * 64, 1e30, .4)], WarmUp = 1 }, null, _ => { }));
        Assert.Contains("learning rate", error.Message);
    }

    private static double Distance(Decoder one, Decoder other)
    {
        using var scope = torch.NewDisposeScope();
        return one.Weights.Sum(w => (w.Value - other.Weights[w.Key]).abs().sum().item<float>());
    }
}
