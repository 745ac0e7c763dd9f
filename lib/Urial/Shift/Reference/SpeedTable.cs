using System.Diagnostics;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// How fast this machine scores and answers with a model of random weights, each measure beside a peer in the same run: machines differ,
/// ratios less so.
/// </summary>
public static class SpeedTable
{
    private const int Repeats = 3;

    /// <summary>Measures.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="scored">Positions of a scoring pass.</param>
    /// <param name="progress">Told what is measured next.</param>
    /// <exception cref="UrialException">The shape is too small for what is measured.</exception>
    public static IReadOnlyList<SpeedLine> Measure(DecoderConfig config, int scored = 264, Action<string>? progress = null)
    {
        if (config.MaxPositions < 1100 || scored > 1000)
            throw new UrialException($"The table needs a context of 1,100 tokens and at most 1,000 scored ones; it has "
                + $"{config.MaxPositions} and {scored}.");
        using var decoder = Decoder.Random(config, seed: 1);
        var plain = new Measured(LanguageModel.Of(decoder, "random weights"), config);
        var lines = new List<SpeedLine>();

        // The plain decoder first, while its weights still count as ones that may change.
        progress?.Invoke("the plain decoder");
        var plainPass = plain.Pass(scored);
        double[] plainRates = [.. Batches.Select(plain.Rate)];
        decoder.IsFixed = true;
        var ours = plain;
        var way = decoder.Packed is null ? "plain decoder (this processor or shape is not packed for)" : "plain decoder";

        progress?.Invoke("scoring");
        var pass = ours.Pass(scored);
        lines.Add(new($"score {scored} tokens, all logits", scored / pass, "tokens/s", way, scored / plainPass));
        var sweep = ProductSweep.Measure(decoder, scored, Repeats);
        lines.Add(new("… against its matrix products alone", scored / pass, "tokens/s", "fastest product sweep",
            scored / sweep.Best.TotalSeconds));
        lines.Add(new("matrix products alone", scored / sweep.Packed.TotalSeconds, "tokens/s", "libtorch's",
            scored / sweep.Torch.TotalSeconds));
        var both = ours.Metrics(scored);
        lines.Add(new("score with all metrics, both models", 2 * scored / both, "tokens/s", "two passes", scored / pass));

        progress?.Invoke("answering");
        var bandwidth = ReadBandwidth.Measure();
        for (var i = 0; i < Batches.Length; i++)
        {
            var rate = ours.Rate(Batches[i]);
            lines.Add(new($"answer, batch {Batches[i]}", rate, "tokens/s", way, plainRates[i]));
            if (Batches[i] == 1)
                lines.Add(new("… against reading every weight once", rate, "tokens/s", "read bandwidth",
                    bandwidth / (sizeof(float) * (double)config.Parameters)));
        }

        progress?.Invoke("a prefix of 1,000 tokens");
        var (reused, alone) = ours.Prefix(1000, 40);
        lines.Add(new("40 tokens behind a reused prefix of 1,000", 1000 * reused, "ms", "40 tokens alone", 1000 * alone));
        return lines;
    }

    private static readonly int[] Batches = [1, 8, 32];

    private sealed class Measured(LanguageModel model, DecoderConfig config)
    {
        private readonly Random _random = new(2);

        /// <summary>Seconds of a pass with the logits of every position.</summary>
        public double Pass(int positions)
        {
            var ids = Ids(positions);
            return Fastest(() =>
            {
                using var scope = NewDisposeScope();
                using var reader = new AnswerLogits(model, "base", ids[..1], [.. ids[1..], 0]);
                // As scoring takes them: some rows at a time, whose memory is used again.
                for (var first = 0; first < positions; first += AnswerScorer.Rows(config.VocabularySize))
                {
                    using var chunk = NewDisposeScope();
                    reader.Next(Math.Min(AnswerScorer.Rows(config.VocabularySize), positions - first));
                }
            });
        }

        /// <summary>Seconds of scoring with all metrics, a pass of either side included.</summary>
        public double Metrics(int positions)
        {
            var pair = ModelPair.Twice(model);
            int[] ids = Ids(positions), prompt = Ids(1);
            return Fastest(() => AnswerScorer.Score(pair, prompt, prompt, ids, 10, new HashSet<int>()));
        }

        /// <summary>Tokens a second while a batch of answers is decoded, its prompts' reading left out.</summary>
        public double Rate(int batch)
        {
            const int first = 4;
            var steps = config.Parameters < TorchThreads.SmallModel ? 64 : 12;
            int[][] prompts = [.. Enumerable.Range(0, batch).Select(_ => Ids(16))];
            return batch * steps / (Time(first + steps) - Time(first));

            double Time(int tokens) => Fastest(() => Answer(prompts, tokens, null));
        }

        /// <summary>Seconds to the first token behind a prefix that is there already, and without one.</summary>
        public (double Reused, double Alone) Prefix(int shared, int own)
        {
            int[] before = Ids(shared), query = Ids(own);
            using var prefix = model.Prefix(before);
            return (Fastest(() => Answer([[.. before, .. query]], 1, prefix)), Fastest(() => Answer([query], 1, null)));
        }

        // As GenerateBatch does it, for a model that has no tokenizer.
        private void Answer(int[][] prompts, int tokens, PrefixCache? prefix)
        {
            var small = model.Decoder.IsSmall;
            var parts = small ? Math.Min(prompts.Length, Environment.ProcessorCount) : 1;
            var options = new GenerationOptions { MaxNewTokens = tokens, BatchSize = (prompts.Length + parts - 1) / parts };
            DecodedAnswer[] rows = [.. prompts.Select((prompt, row) =>
                new DecodedAnswer(prompt, (ulong)row, options.PenaltyScope, _ => null))];
            TorchThreads.SideBySide(small, parts, part =>
                AnswerDecoding.Run(model.Decoder, [.. rows.Where((_, row) => row % parts == part)], options, prefix));
        }

        private int[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.Next(config.VocabularySize))];

        private static double Fastest(Action work)
        {
            work();
            var fastest = double.MaxValue;
            for (var run = 0; run < Repeats; run++)
            {
                var begun = Stopwatch.GetTimestamp();
                work();
                fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(begun).TotalSeconds);
            }
            return fastest;
        }
    }
}
