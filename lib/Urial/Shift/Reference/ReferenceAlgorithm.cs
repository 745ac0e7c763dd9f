using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// The reference code's way to score an answer (AlignTDS, logit_analysis.py): for each position a full pass of each model over prompt
/// and answer so far, of which only the last row is looked at. Slow and obviously right; what the single pass is tested against.
/// </summary>
public static class ReferenceAlgorithm
{
    /// <summary>The shift at every position, one pass per position and model.</summary>
    /// <param name="pair">The models.</param>
    /// <param name="basePrompt">What the base model reads before the answer. // [positions]</param>
    /// <param name="alignedPrompt">What the aligned model reads before the answer. // [positions]</param>
    /// <param name="answerIds">The answer.</param>
    /// <param name="top">How many of each model's most probable tokens to keep.</param>
    public static IReadOnlyList<PositionShift> Score(ModelPair pair, int[] basePrompt, int[] alignedPrompt, int[] answerIds,
        int top = 10) =>
        Score(pair, basePrompt, alignedPrompt, answerIds, top, AnswerScorer.EosIds(pair.Aligned));

    /// <summary>The same for models that have no tokenizer, given the ids that end an answer.</summary>
    internal static IReadOnlyList<PositionShift> Score(
        ModelPair pair, int[] basePrompt, int[] alignedPrompt, int[] answerIds, int top, IReadOnlySet<int> eosIds,
        Action<int>? progress = null)
    {
        using var noGrad = no_grad();
        var shifts = new PositionShift[answerIds.Length];
        for (var position = 0; position < shifts.Length; position++)
        {
            using var scope = NewDisposeScope();
            var baseLogits = LastRow(pair.Base, [.. basePrompt, .. answerIds[..position]]);
            var alignedLogits = LastRow(pair.Aligned, [.. alignedPrompt, .. answerIds[..position]]);
            shifts[position] = SharedLogits.Compare(
                pair.Vocabulary, baseLogits, alignedLogits, answerIds.AsSpan(position, 1), position, eosIds, top)[0];
            progress?.Invoke(position + 1);
        }
        return shifts;
    }

    /// <summary>The same for an answer that was scored before, under the prompts it was scored under.</summary>
    public static IReadOnlyList<PositionShift> Score(ModelPair pair, ShiftedAnswer answer, int top = 10) =>
        Score(pair, answer.BasePromptIds, answer.AlignedPromptIds, answer.AnswerIds, top);

    private static Tensor LastRow(LanguageModel model, int[] ids)
    {
        var logits = model.Decoder.Forward(tensor(Array.ConvertAll(ids, id => (long)id)).unsqueeze(0)); // [1, positions, vocabulary]
        return logits[0].narrow(0, ids.Length - 1, 1).to(float32);                                      // [1, vocabulary]
    }
}
