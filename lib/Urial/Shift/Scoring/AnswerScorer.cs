using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// One teacher-forced pass per model over prompt and answer ids: the distributions at all answer positions at once,
/// where the reference code runs one pass per position.
/// </summary>
internal static class AnswerScorer
{
    // Logits × positions held at a time: 8 MB for each model. Every time, the whole head is read.
    private const int ChunkSize = 1 << 21;

    /// <summary>The shift at every position of <paramref name="answerIds"/>.</summary>
    /// <exception cref="UrialException">A model returns logits that are not finite.</exception>
    public static PositionShift[] Score(ModelPair pair, int[] basePrompt, int[] alignedPrompt, int[] answerIds, int top,
        PairPrefix? prefix = null, int? endId = null) =>
        Score(pair, basePrompt, alignedPrompt, answerIds, top, EosIds(pair.Aligned, endId), prefix);

    /// <summary>The same for models that have no tokenizer, given the ids that end an answer.</summary>
    public static PositionShift[] Score(ModelPair pair, int[] basePrompt, int[] alignedPrompt, int[] answerIds, int top,
        IReadOnlySet<int> eosIds, PairPrefix? prefix = null)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var baseReader = new AnswerLogits(pair.Base, "base", basePrompt, answerIds, prefix?.Base);
        using var alignedReader = new AnswerLogits(pair.Aligned, "aligned", alignedPrompt, answerIds, prefix?.Aligned);
        var shifts = new List<PositionShift>(answerIds.Length);
        var rows = Rows(Math.Max(pair.Base.Config.VocabularySize, pair.Aligned.Config.VocabularySize));
        for (var first = 0; first < answerIds.Length; first += rows)
        {
            using var chunk = NewDisposeScope();
            var count = Math.Min(rows, answerIds.Length - first);
            var baseLogits = baseReader.Next(count);       // [count, base vocabulary]
            var alignedLogits = alignedReader.Next(count); // [count, aligned vocabulary]
            shifts.AddRange(SharedLogits.Compare(
                pair.Vocabulary, baseLogits, alignedLogits, answerIds.AsSpan(first, count), first, eosIds, top));
        }
        return [.. shifts];
    }

    /// <summary>Both models' log probabilities of every shared token at one position, for working a number out by hand.</summary>
    public static (double[] Base, double[] Aligned) LogProbabilities(
        ModelPair pair, int[] basePrompt, int[] alignedPrompt, int[] answerIds, int position)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return (At(pair.Base, "base", basePrompt), At(pair.Aligned, "aligned", alignedPrompt));

        double[] At(LanguageModel model, string side, int[] prompt)
        {
            // What stands before the position is context like the prompt is.
            using var reader = new AnswerLogits(model, side, [.. prompt, .. answerIds[..position]], answerIds[position..(position + 1)]);
            return SharedLogits.LogProbabilities(pair.Vocabulary, reader.Next(1));
        }
    }

    /// <summary>How many rows of logits are held at a time.</summary>
    public static int Rows(int vocabulary) => Math.Max(1, ChunkSize / vocabulary);

    /// <summary>The ids that end an answer of this model: those of its configuration and its tokenizer's.</summary>
    /// <param name="model">The model.</param>
    /// <param name="endId">One more; null: none.</param>
    public static IReadOnlySet<int> EosIds(IPromptedModel model, int? endId = null)
    {
        var ids = new HashSet<int>(model.EndIds);
        if (endId is { } end)
            ids.Add(end);
        if (model.Tokenizer.EosId is { } eos)
            ids.Add(eos);
        return ids;
    }
}
