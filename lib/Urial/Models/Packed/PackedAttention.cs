using System.Numerics.Tensors;

namespace Urial;

/// <summary>
/// Attention of a pass. First the keys and values of the new positions take their places in their texts' blocks, then the queries look at
/// what they may see, some positions of one text and key-value head at a time. What a position gets depends on its own text alone.
/// </summary>
/// <param name="config">The decoder's shape.</param>
internal sealed unsafe class PackedAttention(DecoderConfig config)
{
    // Rows of queries that meet a block of keys together.
    private const int QueryRows = 32;

    private readonly int _headDim = config.HeadDim;
    private readonly int _group = config.Heads / config.KvHeads;
    private readonly int _step = Math.Max(1, QueryRows / (config.Heads / config.KvHeads)); // positions whose queries go together
    private readonly int _panels = (config.HeadDim + PanelKernel.Width - 1) / PanelKernel.Width; // that a head's values take
    private readonly PanelLayout _layout = PanelLayout.Own;
    private readonly float? _cap = (float?)config.AttentionCap;

    /// <summary>Width of queries, keys and values together.</summary>
    public int Width { get; } = (config.Heads + 2 * config.KvHeads) * config.HeadDim;

    /// <summary>Floats of a block of all layers.</summary>
    public int Block => checked(config.Layers * LayerBlock);

    // Floats of a layer in a block: keys [kvHeads, headDim, 64], then values [kvHeads, panels, 64, 64].
    private int LayerBlock => config.KvHeads * (KeyBlock + ValueBlock);

    private int KeyBlock => _headDim * PackedSequence.BlockSize;

    private int ValueBlock => _panels * PackedSequence.BlockSize * PanelKernel.Width;

    /// <summary>The parts of a pass's work in any layer: a key-value head and some positions of a piece, from the first named.</summary>
    public (PackedPiece Piece, int KvHead, int First)[] Parts(IReadOnlyList<PackedPiece> pieces) =>
    [
        .. from piece in pieces
           from step in Enumerable.Range(0, (piece.Ids.Length + _step - 1) / _step)
           from kvHead in Enumerable.Range(0, config.KvHeads)
           select (piece, kvHead, step * _step),
    ];

    /// <summary>Mixes values.</summary>
    /// <param name="pieces">What the pass reads.</param>
    /// <param name="parts">From <see cref="Parts"/>.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="qkv">Queries, keys and values; changed. // [positions, width]</param>
    /// <param name="mixed">Where it goes. // [positions, heads headDim]</param>
    /// <param name="workers">Threads that share the work.</param>
    public void Attend(IReadOnlyList<PackedPiece> pieces, (PackedPiece Piece, int KvHead, int First)[] parts, PackedLayer layer, float* qkv,
        float* mixed, PackedWorkers workers)
    {
        var rotation = layer.Rotation?.Reach(pieces.Max(piece => piece.Text.Length + piece.Ids.Length));
        workers.Share(pieces[^1].Row + pieces[^1].Ids.Length, (first, last) =>
        {
            foreach (var piece in pieces)
                for (var row = Math.Max(first, piece.Row); row < Math.Min(last, piece.Row + piece.Ids.Length); row++)
                    Place(piece.Text, piece.Text.Length + row - piece.Row, layer, rotation, qkv + (long)row * Width);
        });
        workers.Deal(parts.Length, part => Mix(parts[part].Piece, parts[part].KvHead, parts[part].First, layer, qkv, mixed));
    }

    /// <summary>Makes the queries of a position ready, and puts its keys and values where they stay.</summary>
    private void Place(PackedSequence text, int at, PackedLayer layer, PackedRotation.Table? rotation, float* token)
    {
        var all = new Span<float>(token, Width);
        if (layer.QkvBias is { } bias)
            TensorPrimitives.Add(all, new ReadOnlySpan<float>(bias.Start, Width), all);
        var queries = all[..(config.Heads * _headDim)];
        var keys = all.Slice(queries.Length, config.KvHeads * _headDim);
        var values = all[(queries.Length + keys.Length)..];
        layer.QueryNorm?.Apply(queries, queries);
        layer.KeyNorm?.Apply(keys, keys);
        for (var head = 0; head < config.Heads + config.KvHeads; head++)
            rotation?.Turn(all.Slice(head * _headDim, _headDim), at);
        TensorPrimitives.Multiply(queries, layer.Scale, queries);

        var inBlock = at % PackedSequence.BlockSize;
        var block = text.Block(at / PackedSequence.BlockSize);
        for (var kvHead = 0; kvHead < config.KvHeads; kvHead++)
        {
            var key = keys.Slice(kvHead * _headDim, _headDim);
            var keyPlace = Keys(block, layer, kvHead) + _layout.Place<PanelFloats>(0, inBlock, _headDim);
            for (var d = 0; d < key.Length; d++)
                keyPlace[d * _layout.Strip] = key[d];
            var value = values.Slice(kvHead * _headDim, _headDim);
            var valuePlace = Values(block, layer, kvHead);
            for (var d = 0; d < value.Length; d += _layout.Strip)
                value[d..Math.Min(d + _layout.Strip, value.Length)].CopyTo(new Span<float>(
                    valuePlace + _layout.Place<PanelFloats>(inBlock, d, PackedSequence.BlockSize), _layout.Strip));
        }
    }

    /// <summary>Softmax attention of some positions' queries to what each may see.</summary>
    private void Mix(PackedPiece piece, int kvHead, int first, PackedLayer layer, float* qkv, float* mixed)
    {
        var count = Math.Min(_step, piece.Ids.Length - first);
        var rows = count * _group;
        var start = piece.Text.Length + first;
        var end = start + count;
        // Blocks that stand before all windows are not read.
        var firstBlock = Math.Max(0, start + 1 - (layer.Window ?? int.MaxValue)) / PackedSequence.BlockSize;
        var origin = firstBlock * PackedSequence.BlockSize;
        var blocks = (end + PackedSequence.BlockSize - 1) / PackedSequence.BlockSize - firstBlock;
        var across = blocks * PackedSequence.BlockSize;
        var outWidth = _panels * PanelKernel.Width;
        // Weights first: whole lines of memory, so that a position's sums are divided in the same way wherever it stands.
        var weights = PackedScratch.Take((long)rows * (across + outWidth + _headDim)); // [rows, across]
        var sums = weights + (long)rows * across;                                      // [rows, outWidth]
        var queries = sums + (long)rows * outWidth;                                    // [rows, headDim]
        for (var r = 0; r < rows; r++)
            new Span<float>(qkv + (long)(piece.Row + first + r / _group) * Width + (kvHead * _group + r % _group) * _headDim, _headDim)
                .CopyTo(new Span<float>(queries + (long)r * _headDim, _headDim));
        for (var b = 0; b < blocks; b++)
        {
            var keys = Keys(piece.Text.Block(firstBlock + b), layer, kvHead);
            PanelKernel.Multiply<PanelFloats>(
                queries, _headDim, rows, keys, _headDim, _headDim, weights + b * PackedSequence.BlockSize, across, add: false);
        }
        for (var r = 0; r < rows; r++)
        {
            var seen = start + r / _group + 1; // positions up to this one
            var from = Math.Max(0, seen - (layer.Window ?? int.MaxValue));
            var row = new Span<float>(weights + (long)r * across, across);
            Softmax(row[(from - origin)..(seen - origin)]);
            row[..(from - origin)].Clear();
            row[(seen - origin)..].Clear();
        }
        for (var b = 0; b < blocks; b++)
        {
            var values = Values(piece.Text.Block(firstBlock + b), layer, kvHead);
            var held = Math.Min(PackedSequence.BlockSize, end - origin - b * PackedSequence.BlockSize);
            for (var panel = 0; panel < _panels; panel++)
                PanelKernel.Multiply<PanelFloats>(
                    weights + b * PackedSequence.BlockSize, across, rows, values + panel * PackedSequence.BlockSize * PanelKernel.Width,
                    PackedSequence.BlockSize, held, sums + panel * PanelKernel.Width, outWidth, b > 0);
        }
        for (var r = 0; r < rows; r++)
            new Span<float>(sums + (long)r * outWidth, _headDim).CopyTo(new Span<float>(
                mixed + ((long)(piece.Row + first + r / _group) * config.Heads + kvHead * _group + r % _group) * _headDim, _headDim));
    }

    /// <summary>A head's keys in a block. // [headDim, 64]</summary>
    private float* Keys(float* block, PackedLayer layer, int kvHead) => block + (long)layer.Number * LayerBlock + kvHead * KeyBlock;

    /// <summary>A head's values in a block. // [panels, 64, 64]</summary>
    private float* Values(float* block, PackedLayer layer, int kvHead) => Keys(block, layer, config.KvHeads) + kvHead * ValueBlock;

    private void Softmax(Span<float> scores)
    {
        if (_cap is { } cap)
            Capped(scores, cap);
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<float>(scores), scores);
        TensorPrimitives.Exp<float>(scores, scores);
        TensorPrimitives.Divide(scores, PackedSums.Of(scores), scores);
    }

    /// <summary>cap · tanh(x / cap), in place.</summary>
    public static void Capped(Span<float> x, float cap)
    {
        TensorPrimitives.Divide(x, cap, x);
        TensorPrimitives.Tanh<float>(x, x);
        TensorPrimitives.Multiply(x, cap, x);
    }
}
