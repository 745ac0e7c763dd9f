using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Urial;

/// <summary>
/// What <see cref="Decoder"/> computes, for reading and answering on a CPU: the same layers over weights packed for the processor, f32 or
/// bf16, texts of different lengths side by side without padding. Activations, keys, values and sums are f32 always: bf16 weights give
/// what an f32 run over the same rounded weights gives. What a text gets does not depend on the texts beside it, nor on where its passes
/// were divided, to the last bit. <see cref="Decoder"/> is what it is tested against.
/// </summary>
internal sealed unsafe class PackedDecoder : IDisposable
{
    // Positions of one pass: more are no faster, and their activations take memory.
    private const int MostPositions = 512;

    // Bytes of weights: 700 million in f32, twice as many in bf16. Packed weights are a second copy in memory.
    private const long MostBytes = 2_800_000_000;

    private readonly DecoderConfig _config;
    private readonly PackedLayer[] _layers;
    private readonly Tensor _embedding; // [vocabulary, hidden]; the decoder's own
    private readonly float? _embeddingScale;
    private readonly PackedNorm _finalNorm;
    private readonly PackedMatrix _head;
    private readonly PackedGate _gate;
    private readonly PackedAttention _attention;
    private readonly PackedBlocks _blocks;

    /// <summary>Packs a decoder's weights.</summary>
    /// <param name="decoder">One that <see cref="Serves"/> says yes to; it must live longer.</param>
    public PackedDecoder(Decoder decoder)
    {
        _config = decoder.Config;
        Threads = decoder.IsSmall ? 1 : Environment.ProcessorCount;
        var names = _config.Family.Names;
        _embedding = decoder.Weights[DecoderLayout.Embedding(_config)];
        _embeddingScale = _config.Family.ScaledEmbedding ? decoder.EmbeddingScale : null;
        _finalNorm = new PackedNorm(_config, new Layer(decoder.Weights[$"{names.Model}{names.FinalNorm}.weight"], null));
        _head = new PackedMatrix(_config.TiedHead ? _embedding : decoder.Weights[names.Head + ".weight"]);
        var rotations = new Dictionary<Rope, PackedRotation>();
        _layers = [.. decoder.Blocks.Select(block => new PackedLayer(_config, block, Rotation(block)))];
        _gate = PackedGate.All[_config.Activation];
        _attention = new PackedAttention(_config);
        _blocks = new PackedBlocks(_attention.Block);

        PackedRotation? Rotation(DecoderBlock block)
        {
            if (decoder.RopeOf(block)?.Wide is not { } rope)
                return null;
            if (!rotations.TryGetValue(rope, out var rotation))
                rotations.Add(rope, rotation = new PackedRotation(rope));
            return rotation;
        }
    }

    /// <summary>Threads that share the work of a pass.</summary>
    public int Threads { get; }

    /// <summary>Whether a decoder is of the kind that is packed, and this processor one that it is worth while on.</summary>
    public static bool Serves(Decoder decoder)
    {
        var (config, family) = (decoder.Config, decoder.Config.Family);
        return PanelKernel.IsFast
            && config.Parameters * decoder.Weights[DecoderLayout.Embedding(config)].ElementSize <= MostBytes
            && family is { Norm: NormForm.Rms or NormForm.RmsPlusOne, Transposed: false, Names.Positions: null }
            && family.FeedForward is FeedForwardForm.Gated or FeedForwardForm.FusedGate
            && family.QueryKeyValue is QueryKeyValueForm.Separate or QueryKeyValueForm.Fused
            && PackedGate.All.ContainsKey(config.Activation)
            && config is { ParallelResidual: false, RopeScaling.FixedUpTo: null }
            && decoder.Blocks.All(block =>
                new[] { block.Output, block.Gate, block.Up, block.GateAndUp, block.Down }.All(matrix => matrix?.Bias is null))
            && decoder.Weights.Values.All(weight => weight.device_type == DeviceType.CPU && weight.is_contiguous());
    }

    /// <summary>A text that nothing has been read of.</summary>
    public PackedSequence NewSequence() => new(_blocks);

    /// <summary>Reads the next tokens of texts side by side.</summary>
    /// <param name="texts">The texts, all different ones, with their next ids, at least one each.</param>
    /// <param name="skip">States of a text's first new positions that are not wanted.</param>
    /// <returns>What the head reads, text behind text. // [Σ (ids − skipped), hidden]</returns>
    public NativeFloats Read(IReadOnlyList<(PackedSequence Text, ReadOnlyMemory<int> Ids)> texts, Func<int, int> skip)
    {
        var wanted = new NativeFloats(texts.Select((text, number) => (long)text.Ids.Length - skip(number)).Sum() * _config.HiddenSize);
        var filled = 0L;
        var (number, at) = (0, 0);
        while (number < texts.Count)
        {
            // As many positions as a pass takes: pieces of texts, in order.
            var pieces = new List<PackedPiece>();
            for (var row = 0; row < MostPositions && number < texts.Count;)
            {
                var (text, ids) = texts[number];
                var count = Math.Min(MostPositions - row, ids.Length - at);
                pieces.Add(new PackedPiece(text, ids.Slice(at, count), Math.Clamp(skip(number) - at, 0, count), row));
                row += count;
                at += count;
                if (at == ids.Length)
                    (number, at) = (number + 1, 0);
            }
            filled += Pass(pieces, wanted.Start + filled);
        }
        return wanted;
    }

    /// <summary>Next-token logits.</summary>
    /// <param name="hidden">States from <see cref="Read"/>. // [rows, hidden]</param>
    /// <param name="rows">How many.</param>
    /// <param name="logits">Where they go. // [rows, vocabulary]</param>
    public void Head(float* hidden, int rows, float* logits)
    {
        var workers = new PackedWorkers(Threads);
        _head.Multiply(hidden, rows, logits, workers);
        if (_config.LogitCap is { } cap)
            workers.Share(rows, (first, last) =>
            {
                for (var row = first; row < last; row++)
                    PackedAttention.Capped(Row(logits, row, _config.VocabularySize), (float)cap);
            });
    }

    public void Dispose()
    {
        foreach (var layer in _layers)
            layer.Dispose();
        _finalNorm.Dispose();
        _head.Dispose();
        _blocks.Dispose();
    }

    private long Pass(List<PackedPiece> pieces, float* into)
    {
        var workers = new PackedWorkers(Threads);
        var positions = pieces.Sum(piece => piece.Ids.Length);
        var (hidden, feedForward, mixedWidth) = (_config.HiddenSize, _config.FeedForward, _config.Heads * _config.HeadDim);
        using var room = new NativeFloats((long)positions * (2 * hidden + _attention.Width + mixedWidth + 3L * feedForward), clear: false);
        var x = room.Start;                                             // [positions, hidden]
        var part = x + (long)positions * hidden;                        // [positions, hidden]: normed input, and what comes out
        var qkv = part + (long)positions * hidden;                      // [positions, (heads + 2 kvHeads) headDim]
        var mixed = qkv + (long)positions * _attention.Width;           // [positions, heads headDim]
        var wide = mixed + (long)positions * mixedWidth;                // [positions, 2 feedForward]
        var gated = wide + 2L * positions * feedForward;                // [positions, feedForward]

        Embed(pieces, x);
        var parts = _attention.Parts(pieces);
        foreach (var layer in _layers)
        {
            layer.Qkv.Multiply(Normed(layer.BeforeAttention), positions, qkv, workers);
            _attention.Attend(pieces, parts, layer, qkv, mixed, workers);
            Add(layer.Output, mixed, layer.AfterAttention);
            layer.GateUp.Multiply(Normed(layer.BeforeFeedForward), positions, wide, workers);
            Gate(wide, positions, gated, workers);
            Add(layer.Down, gated, layer.AfterFeedForward);
        }
        var target = into;
        foreach (var piece in pieces)
        {
            piece.Text.Advance(piece.Ids.Length);
            _finalNorm.Apply(x + (long)(piece.Row + piece.Skip) * hidden, piece.Ids.Length - piece.Skip, target, workers);
            target += (long)(piece.Ids.Length - piece.Skip) * hidden;
        }
        return target - into;

        float* Normed(PackedNorm? before)
        {
            before?.Apply(x, positions, part, workers);
            return before is null ? x : part;
        }

        void Add(PackedMatrix matrix, float* from, PackedNorm? after)
        {
            matrix.Multiply(from, positions, after is null ? x : part, workers, add: after is null);
            if (after is not null)
                workers.Share(positions, (first, last) =>
                {
                    for (var row = first; row < last; row++)
                    {
                        var more = Row(part, row, hidden);
                        var sum = Row(x, row, hidden);
                        after.Apply(more, more);
                        TensorPrimitives.Add(sum, more, sum);
                    }
                });
        }
    }

    private void Embed(List<PackedPiece> pieces, float* x)
    {
        var hidden = _config.HiddenSize;
        var embedding = _embedding.bytes;
        var narrow = _embedding.dtype == ScalarType.BFloat16;
        foreach (var piece in pieces)
        {
            piece.Text.Reserve(piece.Ids.Length);
            for (var i = 0; i < piece.Ids.Length; i++)
            {
                var into = Row(x, piece.Row + i, hidden);
                if (narrow)
                    PanelBrainFloats.Widen(MemoryMarshal.Cast<byte, ushort>(embedding).Slice(piece.Ids.Span[i] * hidden, hidden), into);
                else
                    MemoryMarshal.Cast<byte, float>(embedding).Slice(piece.Ids.Span[i] * hidden, hidden).CopyTo(into);
                if (_embeddingScale is { } scale)
                    TensorPrimitives.Multiply(into, scale, into);
            }
        }
    }

    private void Gate(float* wide, int rows, float* gated, PackedWorkers workers)
    {
        var width = _config.FeedForward;
        workers.Share(rows, (first, last) =>
        {
            for (var row = first; row < last; row++)
                _gate.Apply(Row(wide, 2 * row, width), Row(wide, 2 * row + 1, width), Row(gated, row, width));
        });
    }

    private static Span<float> Row(float* matrix, int row, int width) => new(matrix + (long)row * width, width);
}
