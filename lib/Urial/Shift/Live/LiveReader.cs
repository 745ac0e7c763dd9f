using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>A text that a model reads on and on: after each piece, the logits of what follows.</summary>
/// <param name="model">The model.</param>
/// <param name="side">Which of a pair it is, for messages.</param>
/// <param name="prefix">What the text begins with, perhaps, read before by a packed decoder; null: nothing.</param>
internal sealed class LiveReader(LanguageModel model, string side, PrefixCache? prefix = null) : IDisposable
{
    // Tokens of a long prompt that are read before anybody is asked whether they are still wanted.
    private const int Piece = 256;

    private PackedSequence? _text;
    private readonly KvCache? _cache = model.Decoder.Packed is null ? new KvCache() : null;

    /// <summary>Reads on.</summary>
    /// <param name="ids">The next ids, at least one.</param>
    /// <param name="cancellation">Ends it between pieces.</param>
    /// <returns>Finite logits of the token behind them. // [vocabulary]</returns>
    /// <exception cref="UrialException">A logit is not finite.</exception>
    public float[] Next(ReadOnlyMemory<int> ids, CancellationToken cancellation)
    {
        var logits = model.Decoder.Packed is null ? Plain(ids.Span) : Packed(ids, cancellation);
        if (Array.Exists(logits, logit => !float.IsFinite(logit)))
            throw new UrialException($"The {side} model {model.Name} returns logits that are not finite (NaN or infinite): its weights are "
                + "damaged or overflow at this precision. Load it as f32, or download it again.");
        return logits;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _text?.Dispose();
        _cache?.Dispose();
    }

    private unsafe float[] Packed(ReadOnlyMemory<int> ids, CancellationToken cancellation)
    {
        // Where a text is divided changes nothing, to the last bit.
        var packed = model.Decoder.Packed!;
        if (_text is null)
        {
            var shared = prefix?.Text is null ? 0 : prefix.SharedBy([ids.ToArray()]);
            _text = shared > 0 ? PackedSequence.Begin(prefix!.Text!, shared) : packed.NewSequence();
            ids = ids[shared..];
        }
        for (; ids.Length > Piece; ids = ids[Piece..])
        {
            packed.Read([(_text, ids[..Piece])], _ => Piece).Dispose();
            cancellation.ThrowIfCancellationRequested();
        }
        using var hidden = packed.Read([(_text, ids)], _ => ids.Length - 1); // [1, hidden]
        var logits = new float[model.Config.VocabularySize];
        fixed (float* start = logits)
            packed.Head(hidden.Start, 1, start);
        return logits;
    }

    private float[] Plain(ReadOnlySpan<int> ids)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var read = new long[ids.Length];
        for (var i = 0; i < read.Length; i++)
            read[i] = ids[i];
        var logits = model.Decoder.Forward(tensor(read).unsqueeze(0), _cache, lastOnly: true); // [1, 1, vocabulary]
        return logits.to(float32).cpu().contiguous().data<float>().ToArray();
    }
}
