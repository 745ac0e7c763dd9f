using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// Reads an answer with one model and hands out the logits that predict its tokens, some positions at a time: the logits of
/// the prompt are never made, and those of a long answer over a large vocabulary never stand in memory together.
/// </summary>
internal sealed class AnswerReader : IDisposable
{
    private readonly LanguageModel model;
    private readonly string side;
    private readonly int[] read; // the prompt's last token, then the answer without its last: what predicts the answer
    private readonly KvCache cache;
    private int next;

    /// <summary>Reads the prompt up to its last token, whose successor is the answer's first.</summary>
    public AnswerReader(LanguageModel model, string side, int[] promptIds, int[] answerIds)
    {
        (this.model, this.side) = (model, side);
        read = [promptIds[^1], .. answerIds[..^1]];
        cache = new KvCache(promptIds.Length + answerIds.Length);
        if (promptIds.Length > 1)
            Forward(promptIds[..^1], lastOnly: true).Dispose();
    }

    /// <summary>The logits of the next positions of the answer.</summary>
    /// <returns>Finite f32 logits on the CPU. // [count, vocabulary]</returns>
    /// <exception cref="UrialException">A logit is not finite.</exception>
    public Tensor Next(int count)
    {
        using var scope = NewDisposeScope();
        var logits = Forward(read[next..(next + count)], lastOnly: false).squeeze(0).to(float32).contiguous(); // [count, vocabulary]
        if (!logits.isfinite().all().item<bool>())
        {
            var row = (int)logits.isfinite().all(1).logical_not().to(int32).argmax(0).item<long>();
            throw new UrialException(
                $"The {side} model {model.Name} returns logits that are not finite (NaN or infinite) at answer position {next + row}: " +
                "its weights are damaged or overflow at this precision. Load it as f32, or download it again.");
        }
        next += count;
        return logits.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private Tensor Forward(int[] ids, bool lastOnly)
    {
        using var scope = NewDisposeScope();
        var row = tensor(Array.ConvertAll(ids, id => (long)id)).unsqueeze(0); // [1, positions]
        return model.Decoder.Forward(row, cache, lastOnly: lastOnly).MoveToOuterDisposeScope();
    }
}
