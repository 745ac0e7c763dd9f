using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Urial;

/// <summary>
/// How likely a model finds answers behind their prompts, and the gradients of that. The head reads answer tokens only, some at a time:
/// logits of a whole batch over a large vocabulary would take more memory than the model.
/// </summary>
internal static class AnswerLosses
{
    private const int LogitsAtOnce = 1 << 22;

    /// <summary>−log probability of each answer in nats, end included; no gradients.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The answers, read in one pass.</param>
    /// <param name="pad">The padding id.</param>
    public static double[] Nats(Decoder model, IReadOnlyList<TokenPair> rows, int pad)
    {
        using var noGrad = no_grad();
        return Read(model, rows, pad, (hidden, targets) => Head(model, hidden, targets, rows, null));
    }

    /// <summary>
    /// The same, and adds the gradient of Σ weight · nats to the model's parameters.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The answers, read in one pass.</param>
    /// <param name="pad">The padding id.</param>
    /// <param name="weights">The weight of each row, given the nats of all; null: every row has <paramref name="weight"/>.</param>
    /// <param name="weight">The weight of every row where <paramref name="weights"/> is null.</param>
    public static double[] Backward(Decoder model, IReadOnlyList<TokenPair> rows, int pad, Func<double[], double[]>? weights,
        double weight = 1) => Read(model, rows, pad, (hidden, targets) =>
    {
        // The head's gradient is gathered at a leaf, block by block, and then goes through the blocks below it once.
        var leaf = hidden.detach().requires_grad_(); // [answer tokens, hidden]
        double[] each = [.. Enumerable.Repeat(weight, rows.Count)];
        if (weights is not null)
            using (no_grad())
                each = weights(Head(model, leaf, targets, rows, null));
        var nats = Head(model, leaf, targets, rows, each);
        hidden.backward([leaf.grad!]);
        return nats;
    });

    private static double[] Read(Decoder model, IReadOnlyList<TokenPair> rows, int pad, Func<Tensor, Tensor, double[]> head)
    {
        using var scope = NewDisposeScope();
        var (inputs, targets) = TuningBatch.Of(rows, pad); // [rows, positions]
        var length = inputs.shape[1];
        // The places that answers are predicted at, row after row.
        var answers = tensor(rows.SelectMany((row, number) =>
            Enumerable.Range(row.PromptIds.Length - 1, row.AnswerIds.Length).Select(place => number * length + place)).ToArray());
        var hidden = model.Hidden(inputs); // [rows, positions, hidden]
        return head(hidden.reshape(-1, hidden.shape[2]).index_select(0, answers), targets.reshape(-1).index_select(0, answers));
    }

    /// <summary>Nats by row; with weights, also the gradients at <paramref name="hidden"/> and the head.</summary>
    private static double[] Head(Decoder model, Tensor hidden, Tensor targets, IReadOnlyList<TokenPair> rows, double[]? weights)
    {
        int[] owners = [.. rows.SelectMany((row, number) => Enumerable.Repeat(number, row.AnswerIds.Length))];
        var nats = new double[rows.Count];
        var block = Math.Max(16, LogitsAtOnce / model.Config.VocabularySize);
        for (var from = 0; from < owners.Length; from += block)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(block, owners.Length - from);
            var logits = model.Head(hidden.narrow(0, from, count)).to(ScalarType.Float32); // [count, vocabulary]
            var losses = functional.cross_entropy(logits, targets.narrow(0, from, count), reduction: Reduction.None); // [count]
            var read = losses.detach().data<float>().ToArray();
            for (var i = 0; i < count; i++)
                nats[owners[from + i]] += read[i];
            if (weights is not null)
                losses.mul(tensor(owners[from..(from + count)].Select(row => (float)weights[row]).ToArray())).sum().backward();
        }
        return nats;
    }
}
