using TorchSharp;
using static TorchSharp.torch;

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
    public AnswerLogits(LanguageModel model, string side, int[] promptIds, int[] answerIds)
    {
        (_model, _side) = (model, side);
        if (model.Decoder.Packed is { } packed)
        {
            int[] ids = [.. promptIds, .. answerIds.AsSpan(..^1)];
            _states = packed.Read([(packed.NewSequence(), ids)], _ => promptIds.Length - 1);
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
        var logits = _hidden is null ? PackedHead(count) : _model.Decoder.Head(_hidden.narrow(0, _next, count)).to(float32);
        var bad = logits.isfinite().all(1).logical_not();                           // [count]
        if (bad.any().item<bool>())
            throw new UrialException(
                $"The {_side} model {_model.Name} returns logits that are not finite (NaN or infinite) at answer position " +
                $"{_next + bad.to(int32).argmax(0).item<long>()}: its weights are damaged or overflow at this precision. Load it as f32, "
                + "or download it again.");
        _next += count;
        return logits.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hidden?.Dispose();
        _states?.Dispose();
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
