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
                foreach (var agreement in Compare($"small, {precision.Word()}, {(tied ? "tied head" : "own head")}", decoder))
                    yield return agreement;
            }
    }

    /// <summary>Measures a model of a shape in one precision.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="precision">The number format of weights.</param>
    /// <param name="compared">Told whether both sides compute the same; where they do not, nothing is measured.</param>
    /// <param name="measured">Told each line as it is there.</param>
    public void Measure(DecoderConfig config, Precision precision, Action<Agreement> compared, Action<SpeedLine> measured)
    {
        var word = precision.Word();
        using var decoder = Random(config, precision, scale: 1);
        decoder.IsFixed = true;
        var agreements = Compare($"{config.Parameters / 1_000_000} million weights, {word}", decoder).ToList();
        agreements.ForEach(compared);
        if (!agreements.All(agreement => agreement.IsGiven))
            return;
        var ours = new OwnSide(decoder);

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
        measured(new($"score {Scored} tokens, all logits, {word}", Scored / Median(pass), "tokens/s", "llama.cpp",
            Scored / Median(theirPass)));
        measured(new($"… both models, all metrics, {word}", 2 * Scored / Median(metrics), "tokens/s", "llama.cpp's two passes",
            Scored / Median(theirPass)));

        foreach (var batch in Batches)
        {
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
            measured(new($"answer, batch {batch}, {word}", batch * Steps / Median(own), "tokens/s", "llama.cpp",
                batch * Steps / Median(other)));
        }
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

    /// <summary>Once with llama.cpp's attention in f32, which shows that the weights arrive, once with what is timed.</summary>
    private IEnumerable<Agreement> Compare(string model, Decoder decoder)
    {
        GgufFile.Write(decoder, _file);
        var vocabulary = decoder.Config.VocabularySize;
        var ids = Enumerable.Range(0, Compared).Select(_ => _random.Next(vocabulary)).ToArray();
        var ours = new OwnSide(decoder).Logits(ids);
        // In f32 a sum's order matters; with bf16 weights llama.cpp rounds what they multiply to 8 bits too, and its attention to f16.
        var (exact, timed) = decoder.Precision == Precision.F32 ? (1e-3, 0.05) : (0.25, 0.25);
        _peer.Open(_file, exact: true);
        yield return Agreement.Of($"{model}, attention in f32", ours, _peer.Logits(ids), vocabulary, exact);
        _peer.Open(_file, exact: false);
        yield return Agreement.Of($"{model}, as timed", ours, _peer.Logits(ids), vocabulary, timed);
    }

    private int[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.Next(ShiftSpeed.S135.VocabularySize))];

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
