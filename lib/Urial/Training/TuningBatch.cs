using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>Prompts and answers as one pass reads them: padded on the right, with loss on answer tokens alone.</summary>
/// <remarks>Attention looks back only, so that padding on the right needs no mask.</remarks>
internal static class TuningBatch
{
    /// <summary>As many tokens a pass reads, padding included, where more than one answer is to be read: what memory allows.</summary>
    public const int TokensOfPass = 1024;

    /// <summary>Lays pairs out as one batch.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="pad">The id to pad with.</param>
    /// <returns>Inputs and targets, both [batch, positions] int64; a target without loss is <see cref="Losses.Ignored"/>.</returns>
    public static (Tensor Inputs, Tensor Targets) Of(IReadOnlyList<TokenPair> pairs, int pad)
    {
        var length = pairs.Max(pair => pair.Read);
        var inputs = new long[pairs.Count * length];
        var targets = new long[pairs.Count * length];
        Array.Fill(inputs, pad);
        Array.Fill(targets, Losses.Ignored);
        for (var row = 0; row < pairs.Count; row++)
        {
            var (prompt, answer) = (pairs[row].PromptIds, pairs[row].AnswerIds);
            for (var t = 0; t < pairs[row].Read; t++)
            {
                inputs[row * length + t] = t < prompt.Length ? prompt[t] : answer[t - prompt.Length];
                if (t + 1 >= prompt.Length)
                    targets[row * length + t] = answer[t + 1 - prompt.Length];
            }
        }
        return (tensor(inputs, ScalarType.Int64).reshape(pairs.Count, length),
            tensor(targets, ScalarType.Int64).reshape(pairs.Count, length));
    }

    /// <summary>Divides a batch into passes of texts of like length.</summary>
    /// <param name="items">The batch's items.</param>
    /// <param name="length">The longest text of an item, in tokens.</param>
    /// <param name="rows">Texts of an item.</param>
    public static IEnumerable<List<T>> Passes<T>(IEnumerable<T> items, Func<T, int> length, int rows = 1)
    {
        var pass = new List<T>();
        var longest = 0;
        foreach (var item in items.OrderByDescending(length)) // stable: items of one length keep their order
        {
            if (pass.Count > 0 && (pass.Count + 1) * rows * longest > TokensOfPass)
            {
                yield return pass;
                pass = [];
            }
            if (pass.Count == 0)
                longest = length(item);
            pass.Add(item);
        }
        if (pass.Count > 0)
            yield return pass;
    }
}
