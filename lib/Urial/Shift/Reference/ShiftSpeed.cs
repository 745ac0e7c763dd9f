using System.Diagnostics;

namespace Urial;

/// <summary>How much faster one teacher-forced pass scores an answer than a pass per position, both measured in one process.</summary>
/// <param name="PromptTokens">Tokens before the answer.</param>
/// <param name="AnswerTokens">Tokens of the answer.</param>
/// <param name="SinglePass">Fastest of the single-pass runs.</param>
/// <param name="PassPerPosition">The reference algorithm, once.</param>
/// <param name="MaxKlDifference">Largest difference of KL(aligned‖base) at any position, nats: both must find the same.</param>
/// <param name="RanksDiffering">Positions whose base rank differs; neighbours closer than rounding may change places.</param>
public sealed record ShiftSpeed(
    int PromptTokens, int AnswerTokens, TimeSpan SinglePass, TimeSpan PassPerPosition, double MaxKlDifference, int RanksDiffering)
{
    /// <summary>Time of the reference algorithm ÷ time of the single pass.</summary>
    public double Ratio => PassPerPosition / SinglePass;

    /// <summary>The shape of a Llama model of 135 million weights: what a small real model takes.</summary>
    public static DecoderConfig S135 { get; } = new()
    {
        ModelType = "llama",
        VocabularySize = 49_152,
        HiddenSize = 576,
        FeedForward = 1536,
        Layers = 30,
        Heads = 9,
        KvHeads = 3,
        HeadDim = 64,
        MaxPositions = 2048,
        TiedHead = true,
    };

    /// <summary>Measures on random weights and ids; the same weights on both sides, each of which reads a prompt of its own.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="promptTokens">Tokens before the answer.</param>
    /// <param name="answerTokens">Tokens of the answer.</param>
    /// <param name="repeats">How often the single pass is run; the fastest counts. One run more warms up.</param>
    /// <param name="progress">Called with the number of positions that the reference algorithm has scored.</param>
    /// <exception cref="UrialException">The tokens do not fit the model's context.</exception>
    public static ShiftSpeed Measure(DecoderConfig config, int promptTokens = 64, int answerTokens = 200, int repeats = 3,
        Action<int>? progress = null)
    {
        if (promptTokens < 1 || answerTokens < 1 || promptTokens + answerTokens > config.MaxPositions)
            throw new UrialException(
                $"{promptTokens} + {answerTokens} tokens do not fit: at least 1 of each, and {config.MaxPositions} together.");
        var decoder = Decoder.Random(config, seed: 1);
        decoder.IsFixed = true;
        using var model = LanguageModel.Of(decoder, "random weights");
        var pair = ModelPair.Twice(model);
        var random = new Random(2);
        int[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(config.VocabularySize))];
        var (basePrompt, alignedPrompt, answer) = (Ids(promptTokens), Ids(promptTokens), Ids(answerTokens));
        return Measure(pair, basePrompt, alignedPrompt, answer, new HashSet<int>(), repeats, progress);
    }

    /// <summary>Measures on an answer that was scored before.</summary>
    /// <param name="pair">The pair that scored it.</param>
    /// <param name="answer">The answer with its prompts.</param>
    /// <param name="repeats">How often the single pass is run; the fastest counts.</param>
    public static ShiftSpeed Measure(ModelPair pair, ShiftedAnswer answer, int repeats = 3) =>
        Measure(pair, answer.BasePromptIds, answer.AlignedPromptIds, answer.AnswerIds,
            AnswerScorer.EosIds(pair.Aligned), repeats, null);

    private static ShiftSpeed Measure(
        ModelPair pair, int[] basePrompt, int[] alignedPrompt, int[] answer, IReadOnlySet<int> eosIds, int repeats, Action<int>? progress)
    {
        var single = AnswerScorer.Score(pair, basePrompt, alignedPrompt, answer, 10, eosIds);
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < repeats; i++)
        {
            var started = Stopwatch.GetTimestamp();
            single = AnswerScorer.Score(pair, basePrompt, alignedPrompt, answer, 10, eosIds);
            fastest = TimeSpan.FromTicks(Math.Min(fastest.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
        }
        var begun = Stopwatch.GetTimestamp();
        var stepwise = ReferenceAlgorithm.Score(pair, basePrompt, alignedPrompt, answer, 10, eosIds, progress);
        var slow = Stopwatch.GetElapsedTime(begun);
        return new ShiftSpeed(
            basePrompt.Length, answer.Length, fastest, slow,
            single.Zip(stepwise).Max(p => Math.Abs(p.First.KlAlignedBase - p.Second.KlAlignedBase)),
            single.Zip(stepwise).Count(p => p.First.BaseRank != p.Second.BaseRank));
    }
}
