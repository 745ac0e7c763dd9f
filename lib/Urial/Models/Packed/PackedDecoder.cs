using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// What <see cref="Decoder"/> computes, for reading and answering in f32 on a CPU: the same layers over weights packed for the processor,
/// texts of different lengths side by side without padding. What a text gets does not depend on the texts beside it, nor on where its
/// passes were divided, to the last bit. <see cref="Decoder"/> is what it is tested against.
/// </summary>
internal sealed unsafe class PackedDecoder : IDisposable
{
    // Positions of one pass: more are no faster, and their activations take memory.
    private const int MostPositions = 512;

    // Packed weights are a second copy in memory.
    private const long MostParameters = 700_000_000;

    // Rows of queries that meet a block of keys together.
    private const int QueryRows = 32;

    private readonly DecoderConfig _config;
    private readonly PackedLayer[] _layers;
    private readonly NativeFloats _embedding; // [vocabulary, hidden]
    private readonly NativeFloats _finalNorm; // [hidden]
    private readonly PackedMatrix _head;
    private readonly NativeFloats _cos; // [positions, headDim / 2]
    private readonly NativeFloats _sin; // [positions, headDim / 2]
    private readonly PackedBlocks _blocks;
    private readonly int _group;
    private readonly int _valuePanels; // panels that a head's values take

    /// <summary>Packs a decoder's weights.</summary>
    /// <param name="decoder">One that <see cref="Serves"/> says yes to.</param>
    public PackedDecoder(Decoder decoder)
    {
        _config = decoder.Config;
        _group = _config.Heads / _config.KvHeads;
        _valuePanels = (_config.HeadDim + PanelKernel.Width - 1) / PanelKernel.Width;
        Threads = decoder.IsSmall ? 1 : Environment.ProcessorCount;
        var names = _config.Family.Names;
        _embedding = NativeFloats.Of(decoder.Weights[DecoderLayout.Embedding(_config)]);
        _finalNorm = NativeFloats.Of(decoder.Weights[$"{names.Model}{names.FinalNorm}.weight"]);
        _head = new PackedMatrix(decoder.Weights[_config.TiedHead ? DecoderLayout.Embedding(_config) : names.Head + ".weight"]);
        _layers = [.. decoder.Blocks.Select(block => new PackedLayer(block))];
        (_cos, _sin) = Rotations(decoder);
        _blocks = new PackedBlocks(checked(_config.Layers * LayerBlock));
    }

    /// <summary>Threads that share the work of a pass.</summary>
    public int Threads { get; }

    /// <summary>Whether a decoder is of the kind that is packed, and this processor one that it is worth while on.</summary>
    public static bool Serves(Decoder decoder)
    {
        var (config, family) = (decoder.Config, decoder.Config.Family);
        return PanelKernel.IsFast
            && decoder.Precision == Precision.F32
            && config.Parameters <= MostParameters
            && family is { Norm: NormForm.Rms, FeedForward: FeedForwardForm.Gated, QueryKeyValue: QueryKeyValueForm.Separate }
            && family is { QkNorm: QueryKeyNorm.None or QueryKeyNorm.Head, Transposed: false, ScaledEmbedding: false }
            && family.Names is { Positions: null, BeforeAttention: not null, AfterAttention: null, AfterFeedForward: null }
            && config is { Activation: "silu", AttentionCap: null, LogitCap: null, ParallelResidual: false, SlidingWindow: null }
            && config.TurnedEntries == config.HeadDim && config.RopeScaling.FixedUpTo is null
            && decoder.Blocks.All(block => block is
            { QueryFactor: null, Output.Bias: null, Gate.Bias: null, Up.Bias: null, Down.Bias: null })
            && decoder.Weights.Values.All(weight => weight.device_type == DeviceType.CPU && weight.is_contiguous());
    }

    /// <summary>A text that nothing has been read of.</summary>
    public PackedSequence NewSequence() => new(_blocks);

    // Floats of a layer in a block: keys [kvHeads, headDim, 64], then values [kvHeads, panels, 64, 64].
    private int LayerBlock => _config.KvHeads * (KeyBlock + ValueBlock);

    private int KeyBlock => _config.HeadDim * PackedSequence.BlockSize;

    private int ValueBlock => _valuePanels * PackedSequence.BlockSize * PanelKernel.Width;

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
            var pieces = new List<Piece>();
            for (var room = MostPositions; room > 0 && number < texts.Count;)
            {
                var (text, ids) = texts[number];
                var count = Math.Min(room, ids.Length - at);
                pieces.Add(new Piece(text, ids.Slice(at, count), Math.Clamp(skip(number) - at, 0, count)));
                room -= count;
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
    public void Head(float* hidden, int rows, float* logits) => _head.Multiply(hidden, rows, logits, new PackedWorkers(Threads));

    public void Dispose()
    {
        foreach (var layer in _layers)
            layer.Dispose();
        foreach (var floats in new[] { _embedding, _finalNorm, _cos, _sin })
            floats.Dispose();
        _head.Dispose();
        _blocks.Dispose();
    }

    private long Pass(List<Piece> pieces, float* into)
    {
        var workers = new PackedWorkers(Threads);
        var positions = pieces.Sum(piece => piece.Ids.Length);
        var hidden = _config.HiddenSize;
        var qkvWidth = (_config.Heads + 2 * _config.KvHeads) * _config.HeadDim;
        var mixedWidth = _config.Heads * _config.HeadDim;
        using var room = new NativeFloats((long)positions * (2 * hidden + qkvWidth + mixedWidth + 3L * _config.FeedForward), clear: false);
        var x = room.Start;                                             // [positions, hidden]
        var normed = x + (long)positions * hidden;                      // [positions, hidden]
        var qkv = normed + (long)positions * hidden;                    // [positions, (heads + 2 kvHeads) headDim]
        var mixed = qkv + (long)positions * qkvWidth;                   // [positions, heads headDim]
        var wide = mixed + (long)positions * mixedWidth;                // [positions, 2 feedForward]
        var gated = wide + 2L * positions * _config.FeedForward;        // [positions, feedForward]

        var row = 0;
        foreach (var piece in pieces)
        {
            piece.Text.Reserve(piece.Ids.Length);
            foreach (var id in piece.Ids.Span)
                Row(_embedding.Start, id, hidden).CopyTo(Row(x, row++, hidden));
        }
        for (var number = 0; number < _layers.Length; number++)
        {
            var layer = _layers[number];
            Norm(x, positions, layer.InputNorm, normed, workers);
            layer.Qkv.Multiply(normed, positions, qkv, workers);
            Attend(pieces, layer, number, qkv, mixed, workers);
            layer.Output.Multiply(mixed, positions, x, workers, add: true);
            Norm(x, positions, layer.FeedForwardNorm, normed, workers);
            layer.GateUp.Multiply(normed, positions, wide, workers);
            Gate(wide, positions, gated, workers);
            layer.Down.Multiply(gated, positions, x, workers, add: true);
        }
        row = 0;
        var target = into;
        foreach (var piece in pieces)
        {
            piece.Text.Advance(piece.Ids.Length);
            Norm(x + (long)(row + piece.Skip) * hidden, piece.Ids.Length - piece.Skip, _finalNorm, target, workers);
            target += (long)(piece.Ids.Length - piece.Skip) * hidden;
            row += piece.Ids.Length;
        }
        return target - into;
    }

    private void Attend(List<Piece> pieces, PackedLayer layer, int number, float* qkv, float* mixed, PackedWorkers workers)
    {
        var starts = new int[pieces.Count];
        for (var piece = 1; piece < pieces.Count; piece++)
            starts[piece] = starts[piece - 1] + pieces[piece - 1].Ids.Length;
        workers.Share(pieces.Count * _config.KvHeads, (first, last) =>
        {
            for (var item = first; item < last; item++)
                Attend(pieces[item / _config.KvHeads], starts[item / _config.KvHeads], item % _config.KvHeads, layer, number, qkv, mixed);
        });
    }

    /// <summary>One key-value head of one text: its new keys and values take their places, and its queries look at all there are.</summary>
    private void Attend(Piece piece, int row, int kvHead, PackedLayer layer, int number, float* qkv, float* mixed)
    {
        var headDim = _config.HeadDim;
        var width = (_config.Heads + 2 * _config.KvHeads) * headDim;
        var past = piece.Text.Length;
        if (layer.QkvBias is not null)
            AddBias(piece, row, kvHead, layer.QkvBias, qkv);
        var scale = 1 / MathF.Sqrt(headDim);
        for (var t = 0; t < piece.Ids.Length; t++)
        {
            var at = past + t;
            var token = qkv + (long)(row + t) * width;
            var key = new Span<float>(token + (_config.Heads + kvHead) * headDim, headDim);
            Turn(key, at, layer.KeyNorm, layer.IsTurned);
            var inBlock = at % PackedSequence.BlockSize;
            var block = piece.Text.Block(at / PackedSequence.BlockSize) + (long)number * LayerBlock;
            var keys = block + kvHead * KeyBlock + inBlock; // [headDim, 64]
            for (var d = 0; d < headDim; d++)
                keys[d * PackedSequence.BlockSize] = key[d];
            var values = block + _config.KvHeads * KeyBlock + kvHead * ValueBlock; // [panels, 64, 64]
            var value = token + (_config.Heads + _config.KvHeads + kvHead) * headDim;
            for (var d = 0; d < headDim; d++)
                values[(d / PanelKernel.Width * PackedSequence.BlockSize + inBlock) * PanelKernel.Width + d % PanelKernel.Width] = value[d];
            for (var g = 0; g < _group; g++)
            {
                var query = new Span<float>(token + (kvHead * _group + g) * headDim, headDim);
                Turn(query, at, layer.QueryNorm, layer.IsTurned);
                TensorPrimitives.Multiply(query, scale, query);
            }
        }
        var step = Math.Max(1, QueryRows / _group);
        for (var t = 0; t < piece.Ids.Length; t += step)
            Mix(piece, row, kvHead, number, t, Math.Min(step, piece.Ids.Length - t), qkv, mixed);
    }

    /// <summary>Softmax attention of some positions' queries to everything up to each.</summary>
    private void Mix(Piece piece, int row, int kvHead, int number, int first, int count, float* qkv, float* mixed)
    {
        var headDim = _config.HeadDim;
        var width = (_config.Heads + 2 * _config.KvHeads) * headDim;
        var rows = count * _group;
        var start = piece.Text.Length + first;
        var seen = start + count; // by the last of them
        var blocks = (seen + PackedSequence.BlockSize - 1) / PackedSequence.BlockSize;
        var across = blocks * PackedSequence.BlockSize;
        var outWidth = _valuePanels * PanelKernel.Width;
        var queries = PackedScratch.Take((long)rows * (headDim + across + outWidth)); // [rows, headDim]
        var weights = queries + (long)rows * headDim;                                 // [rows, across]
        var sums = weights + (long)rows * across;                                     // [rows, outWidth]
        for (var r = 0; r < rows; r++)
            new Span<float>(qkv + (long)(row + first + r / _group) * width + (kvHead * _group + r % _group) * headDim, headDim)
                .CopyTo(new Span<float>(queries + (long)r * headDim, headDim));
        for (var b = 0; b < blocks; b++)
        {
            var keys = piece.Text.Block(b) + (long)number * LayerBlock + kvHead * KeyBlock;
            PanelKernel.Multiply(queries, headDim, rows, keys, headDim, weights + b * PackedSequence.BlockSize, across, false);
        }
        for (var r = 0; r < rows; r++)
        {
            var whole = new Span<float>(weights + (long)r * across, across);
            var visible = whole[..(start + r / _group + 1)];
            TensorPrimitives.Subtract(visible, TensorPrimitives.Max<float>(visible), visible);
            TensorPrimitives.Exp<float>(visible, visible);
            TensorPrimitives.Divide(visible, TensorPrimitives.Sum<float>(visible), visible);
            whole[visible.Length..].Clear();
        }
        for (var b = 0; b < blocks; b++)
        {
            var values = piece.Text.Block(b) + (long)number * LayerBlock + _config.KvHeads * KeyBlock + kvHead * ValueBlock;
            var held = Math.Min(PackedSequence.BlockSize, seen - b * PackedSequence.BlockSize);
            for (var panel = 0; panel < _valuePanels; panel++)
                PanelKernel.Multiply(weights + b * PackedSequence.BlockSize, across, rows,
                    values + panel * PackedSequence.BlockSize * PanelKernel.Width, held, sums + panel * PanelKernel.Width, outWidth, b > 0);
        }
        for (var r = 0; r < rows; r++)
            new Span<float>(sums + (long)r * outWidth, headDim).CopyTo(new Span<float>(
                mixed + ((long)(row + first + r / _group) * _config.Heads + kvHead * _group + r % _group) * headDim, headDim));
    }

    private void AddBias(Piece piece, int row, int kvHead, NativeFloats bias, float* qkv)
    {
        var headDim = _config.HeadDim;
        var width = (_config.Heads + 2 * _config.KvHeads) * headDim;
        for (var t = 0; t < piece.Ids.Length; t++)
        {
            Add(kvHead * _group, _group);
            Add(_config.Heads + kvHead, 1);
            Add(_config.Heads + _config.KvHeads + kvHead, 1);

            void Add(int head, int heads)
            {
                var some = new Span<float>(qkv + (long)(row + t) * width + head * headDim, heads * headDim);
                TensorPrimitives.Add(some, new ReadOnlySpan<float>(bias.Start + head * headDim, heads * headDim), some);
            }
        }
    }

    /// <summary>Norms a query or key where the family does, and turns it to its position.</summary>
    private void Turn(Span<float> head, int position, NativeFloats? norm, bool isTurned)
    {
        if (norm is not null)
            Norm(head, norm, head);
        if (!isTurned)
            return;
        var half = head.Length / 2;
        var cos = new ReadOnlySpan<float>(_cos.Start + (long)position * half, half);
        var sin = new ReadOnlySpan<float>(_sin.Start + (long)position * half, half);
        var i = 0;
        for (; i + Vector<float>.Count <= half; i += Vector<float>.Count)
        {
            var (a, b) = (new Vector<float>(head[i..]), new Vector<float>(head[(half + i)..]));
            var (c, s) = (new Vector<float>(cos[i..]), new Vector<float>(sin[i..]));
            (a * c - b * s).CopyTo(head[i..]);
            (b * c + a * s).CopyTo(head[(half + i)..]);
        }
        for (; i < half; i++)
            (head[i], head[half + i]) = (head[i] * cos[i] - head[half + i] * sin[i], head[half + i] * cos[i] + head[i] * sin[i]);
    }

    private void Norm(float* x, int rows, NativeFloats weight, float* into, PackedWorkers workers)
    {
        var hidden = _config.HiddenSize;
        workers.Share(rows, (first, last) =>
        {
            for (var row = first; row < last; row++)
                Norm(Row(x, row, hidden), weight, Row(into, row, hidden));
        });
    }

    private void Norm(Span<float> x, NativeFloats weight, Span<float> into)
    {
        var scale = 1 / MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(x) / x.Length + (float)_config.NormEpsilon);
        TensorPrimitives.Multiply(x, scale, into);
        TensorPrimitives.Multiply(into, new ReadOnlySpan<float>(weight.Start, x.Length), into);
    }

    /// <summary>silu(gate) × up.</summary>
    private void Gate(float* wide, int rows, float* gated, PackedWorkers workers)
    {
        var width = _config.FeedForward;
        workers.Share(rows, (first, last) =>
        {
            for (var row = first; row < last; row++)
            {
                var gate = Row(wide, 2 * row, width);
                var up = Row(wide, 2 * row + 1, width);
                var into = Row(gated, row, width);
                TensorPrimitives.Sigmoid<float>(gate, into);
                TensorPrimitives.Multiply(into, gate, into);
                TensorPrimitives.Multiply(into, up, into);
            }
        });
    }

    private static Span<float> Row(float* matrix, int row, int width) => new(matrix + (long)row * width, width);

    // The same numbers that the decoder turns by: [positions, headDim / 2] each.
    private static (NativeFloats Cos, NativeFloats Sin) Rotations(Decoder decoder)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (cos, sin) = decoder.Rotations(decoder.Config.MaxPositions); // [positions, headDim]; the sines' first half is negated
        var half = decoder.Config.HeadDim / 2;
        return (NativeFloats.Of(cos.narrow(1, 0, half).contiguous()), NativeFloats.Of(sin.narrow(1, half, half).contiguous()));
    }

    /// <summary>Some of a text's next ids, and how many of their states are not wanted.</summary>
    private sealed record Piece(PackedSequence Text, ReadOnlyMemory<int> Ids, int Skip);
}
