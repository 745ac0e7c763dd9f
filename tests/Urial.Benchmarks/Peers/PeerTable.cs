namespace Urial.Benchmarks;

/// <summary>
/// The lines of speed whose peer is llama.cpp: the same random weights on both sides, in f32 and in bf16, as many threads as processors on
/// both, measured in turn; medians. Both sides first show that they compute the same.
/// </summary>
internal sealed class PeerTable : IDisposable
{
    private const int Compared = 24, Scored = 264, Rounds = 5, First = 4, Steps = 16, PromptLength = 16;

    private static readonly int[] Batches = [1, 8, 32];

    private readonly PeerProcess _peer = new();
    private readonly string _file = Path.GetTempFileName();
    private readonly Random _random = new(2);

    /// <summary>Whether a small model of each kind, written here, is read and computed alike there: about a second.</summary>
    public IEnumerable<Agreement> Check()
    {
        var small = new DecoderConfig
        {
            ModelType = "llama",
            VocabularySize = 320,
            HiddenSize = 64,
            FeedForward = 160,
            Layers = 3,
            Heads = 4,
            KvHeads = 2,
            HeadDim = 32, // not hidden ÷ heads
            MaxPositions = 256,
            RopeTheta = 500_000,
            NormEpsilon = 1e-5,
        };
        foreach (var precision in Enum.GetValues<Precision>())
            foreach (var tied in new[] { false, true })
            {
                using var decoder = Random(small with { TiedHead = tied }, precision, scale: 8); // so that attention is not flat
                Open(decoder);
                yield return Compare($"small, {precision.Word()}, {(tied ? "tied head" : "own head")}", decoder);
            }
    }

    /// <summary>Measures a model of a shape in one precision.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="precision">The number format of weights, and of activations on our side.</param>
    /// <param name="progress">Told what is measured next.</param>
    public (Agreement Agreement, IReadOnlyList<SpeedLine> Lines) Measure(DecoderConfig config, Precision precision, Action<string> progress)
    {
        var word = precision.Word();
        progress($"logits, {word}");
        using var decoder = Random(config, precision, scale: 1);
        decoder.IsFixed = true;
        Open(decoder);
        var agreement = Compare($"{config.Parameters / 1e6:0} million weights, {word}", decoder);
        if (!agreement.IsGiven)
            return (agreement, []);
        var ours = new OwnSide(decoder);
        var lines = new List<SpeedLine>();

        progress($"scoring, {word}");
        var ids = Ids(Scored);
        var (pass, metrics, theirPass) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var (one, two, three) = (ours.Score(ids), _peer.Score(ids), ours.Metrics(ids));
            if (round < 0)
                continue; // to warm up
            pass.Add(one);
            theirPass.Add(two);
            metrics.Add(three);
        }
        lines.Add(new($"score {Scored} tokens, all logits, {word}", Scored / Median(pass), "tokens/s", "llama.cpp",
            Scored / Median(theirPass)));
        lines.Add(new($"… both models, all metrics, {word}", 2 * Scored / Median(metrics), "tokens/s", "llama.cpp's two passes",
            Scored / Median(theirPass)));

        foreach (var batch in Batches)
        {
            progress($"answers, batch {batch}, {word}");
            int[][] prompts = [.. Enumerable.Range(0, batch).Select(_ => Ids(PromptLength))];
            var (own, other) = (new List<double>(), new List<double>());
            for (var round = -1; round < Rounds; round++)
            {
                var (one, two) = (ours.Answer(prompts, First, Steps).Seconds, _peer.Answer(prompts, First, Steps).Seconds);
                if (round < 0)
                    continue;
                own.Add(one);
                other.Add(two);
            }
            lines.Add(new($"answer, batch {batch}, {word}", batch * Steps / Median(own), "tokens/s", "llama.cpp",
                batch * Steps / Median(other)));
        }
        return (agreement, lines);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _peer.Dispose();
        File.Delete(_file);
    }

    private static Decoder Random(DecoderConfig config, Precision precision, int scale)
    {
        using var drawn = Decoder.Random(config, seed: 1);
        using var noGrad = TorchSharp.torch.no_grad();
        return new Decoder(config, drawn.Weights.ToDictionary(weight => weight.Key, weight =>
            (weight.Value.dim() == 1 ? weight.Value.clone() : weight.Value * scale).to(precision.ScalarType())));
    }

    // llama.cpp's keys and values in f32 where everything else is.
    private void Open(Decoder decoder)
    {
        GgufFile.Write(decoder, _file);
        _peer.Open(_file, wideCache: decoder.Precision == Precision.F32);
    }

    private Agreement Compare(string model, Decoder decoder)
    {
        var ids = Enumerable.Range(0, Compared).Select(_ => _random.Next(decoder.Config.VocabularySize)).ToArray();
        return Agreement.Of(model, decoder.Precision, new OwnSide(decoder).Logits(ids), _peer.Logits(ids), decoder.Config.VocabularySize);
    }

    private int[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.Next(ShiftSpeed.S135.VocabularySize))];

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
