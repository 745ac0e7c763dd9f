using TorchSharp;
using static TorchSharp.torch;

namespace Urial.MicroWorld;

/// <summary>A prompt and an answer to it as token ids.</summary>
/// <param name="PromptIds">The prompt, on which no loss is taken.</param>
/// <param name="AnswerIds">The answer with its end of sequence.</param>
internal sealed record TokenPair(int[] PromptIds, int[] AnswerIds);

/// <summary>Prompt and answer pairs, padded on the right, with loss on answer tokens alone.</summary>
/// <remarks>Attention looks back only, so that padding on the right needs no mask.</remarks>
internal static class TuningBatch
{
    /// <summary>Lays the pairs out as one batch.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="pad">The id to pad with.</param>
    /// <returns>Inputs and targets, both [batch, positions] int64; a target without loss is <see cref="Losses.Ignored"/>.</returns>
    public static (Tensor Inputs, Tensor Targets) Of(IReadOnlyList<TokenPair> pairs, int pad)
    {
        var length = pairs.Max(p => p.PromptIds.Length + p.AnswerIds.Length) - 1;
        var inputs = new long[pairs.Count * length];
        var targets = new long[pairs.Count * length];
        Array.Fill(inputs, pad);
        Array.Fill(targets, Losses.Ignored);
        for (var row = 0; row < pairs.Count; row++)
        {
            var (prompt, answer) = (pairs[row].PromptIds, pairs[row].AnswerIds);
            for (var t = 0; t < prompt.Length + answer.Length - 1; t++)
            {
                inputs[row * length + t] = t < prompt.Length ? prompt[t] : answer[t - prompt.Length];
                if (t + 1 >= prompt.Length)
                    targets[row * length + t] = answer[t + 1 - prompt.Length];
            }
        }
        return (tensor(inputs, ScalarType.Int64).reshape(pairs.Count, length),
            tensor(targets, ScalarType.Int64).reshape(pairs.Count, length));
    }
}
