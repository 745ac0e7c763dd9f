using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Urial;

/// <summary>
/// Reads prompt and answer with one model in one pass, and hands out the logits that predict the answer's tokens, some
/// positions at a time: the logits of the prompt are never made, and those of a long answer over a large vocabulary never
/// stand in memory together.
/// </summary>
internal sealed class AnswerLogits : IDisposable
{
    private readonly LanguageModel _model;
    private readonly string _side;
    // [answer positions, hidden]: what predicts each token of the answer; the plain decoder's or the packed one's
    private readonly Tensor? _hidden;
    private readonly NativeFloats? _states;
    private int _next;

    /// <summary>Reads everything but the answer's last token, which predicts nothing that is asked for.</summary>
    /// <param name="model">The model.</param>
    /// <param name="side">Which of a pair it is, for messages.</param>
    /// <param name="promptIds">What stands before the answer.</param>
    /// <param name="answerIds">The answer.</param>
    /// <param name="prefix">What prompts begin with, read before; null: nothing. Only the packed decoder goes on from it, to the same
    /// numbers.</param>
    public AnswerLogits(LanguageModel model, string side, int[] promptIds, int[] answerIds, PrefixCache? prefix = null)
    {
        (_model, _side) = (model, side);
        if (model.Decoder.Packed is { } packed)
        {
            int[] ids = [.. promptIds, .. answerIds.AsSpan(..^1)];
            var shared = prefix?.Text is null ? 0 : prefix.SharedBy([promptIds]);
            using var text = shared > 0 ? PackedSequence.Begin(prefix!.Text!, shared) : packed.NewSequence();
            _states = packed.Read([(text, ids.AsMemory(shared))], _ => promptIds.Length - 1 - shared);
            return;
        }
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        long[] read = [.. promptIds.Concat(answerIds.SkipLast(1)).Select(id => (long)id)];
        var all = model.Decoder.Hidden(tensor(read).unsqueeze(0)).squeeze(0);          // [positions, hidden]
        _hidden = all.narrow(0, promptIds.Length - 1, answerIds.Length).contiguous().DetachFromDisposeScope();
    }

    /// <summary>The logits of the next positions of the answer.</summary>
    /// <returns>Finite f32 logits. // [count, vocabulary]</returns>
    /// <exception cref="UrialException">A logit is not finite.</exception>
    public Tensor Next(int count)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var logits = _hidden is null ? PackedHead(count)
            : _model.Decoder.Head(_hidden.narrow(0, _next, count)).to(float32).cpu().contiguous();
        if (FirstNotFinite(logits) is { } row)
            throw new UrialException(
                $"The {_side} model {_model.Name} returns logits that are not finite (NaN or infinite) at answer position " +
                $"{_next + row}: its weights are damaged or overflow at this precision. Load it as f32, or download it again.");
        _next += count;
        return logits.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hidden?.Dispose();
        _states?.Dispose();
    }

    private static int? FirstNotFinite(Tensor logits)
    {
        var width = (int)logits.shape[1];
        var all = MemoryMarshal.Cast<byte, float>(logits.bytes);
        for (var row = 0; row < logits.shape[0]; row++)
            if (!float.IsFinite(TensorPrimitives.MaxMagnitude(all.Slice(row * width, width))))
                return row;
        return null;
    }

    private unsafe Tensor PackedHead(int count)
    {
        var config = _model.Config;
        var logits = empty([count, config.VocabularySize]);
        fixed (byte* start = logits.bytes)
            _model.Decoder.Packed!.Head(_states!.Start + (long)_next * config.HiddenSize, count, (float*)start);
        return logits;
    }
}
