using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// The keys and values of every position seen so far, per layer, so that a further token costs one position.
/// The buffers are allocated once with room to grow (doubled when full): appending copies the new positions only.
/// </summary>
public sealed class KvCache : IDisposable
{
    private readonly List<(Tensor Keys, Tensor Values)> _layers = []; // each [batch, kvHeads, capacity, headDim]
    private readonly long _initialCapacity;
    private int[]? _padding;
    private Tensor? _visible; // [rows, 1, 1, positions], made when first asked for
    private List<long>[]? _texts; // the ids of each row, where the decoder notes them

    /// <summary>An empty cache.</summary>
    /// <param name="capacity">Positions to make room for at first; prompt plus expected answer is a good choice.</param>
    public KvCache(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _initialCapacity = capacity;
    }

    /// <summary>Positions held, padding included.</summary>
    public int Length { get; private set; }

    private int Rows => _layers.Count == 0 ? 0 : (int)_layers[0].Keys.shape[0];

    /// <summary>Number of padding positions at the left of each row, or null where rows have none.</summary>
    public int[]? Padding
    {
        get => _padding;
        internal set
        {
            _padding = value;
            _visible?.Dispose();
            _visible = null;
        }
    }

    /// <summary>How many positions of each row are no padding.</summary>
    internal IEnumerable<int> Lengths => Enumerable.Range(0, Rows).Select(row => Length - (Padding?[row] ?? 0));

    /// <summary>
    /// A batch's cache that begins with positions of a cache of one row, for each row behind its padding. Rotations count from
    /// the first position that is no padding, so that the same keys serve every row.
    /// </summary>
    /// <param name="single">A cache of one row without padding.</param>
    /// <param name="positions">
    /// How many columns of the batch it gives; a row with p columns of padding gets the first positions − p.
    /// </param>
    /// <param name="padding">Number of padding positions at the left of each row.</param>
    /// <param name="capacity">As in the constructor.</param>
    internal static KvCache Repeat(KvCache single, int positions, int[] padding, int capacity)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var batch = new KvCache(capacity) { Length = positions, Padding = padding.Any(pads => pads > 0) ? padding : null };
        foreach (var (keys, values) in single._layers)
            batch._layers.Add((Spread(keys), Spread(values)));
        if (single._texts is [var text])
            batch._texts = [.. padding.Select(pads => text[..Math.Max(0, positions - pads)])];
        return batch;

        Tensor Spread(Tensor one) // [1, kvHeads, capacity, headDim] → [batch, kvHeads, capacity, headDim]
        {
            var all = zeros([padding.Length, one.shape[1], capacity, one.shape[3]], one.dtype, one.device);
            for (var row = 0; row < padding.Length; row++)
                if (padding[row] < positions)
                    all[row].narrow(1, padding[row], positions - padding[row]).copy_(one[0].narrow(1, 0, positions - padding[row]));
            return all.DetachFromDisposeScope();
        }
    }

    /// <summary>Keeps only the given rows of the batch, in the given order: finished answers cost nothing more.</summary>
    /// <param name="rows">Row indices of the current batch.</param>
    public void Keep(IReadOnlyList<int> rows)
    {
        var kept = Join(this, rows, null, 0);
        Dispose();
        _layers.AddRange(kept._layers);
        (Length, Padding, _texts) = (kept.Length, kept.Padding, kept._texts);
    }

    /// <summary>
    /// Rows of one cache and all of another behind them, in a new one; columns that are padding for all of them are left out.
    /// </summary>
    /// <param name="first">The one; null where there is none yet.</param>
    /// <param name="rows">Which of its rows, in which order.</param>
    /// <param name="second">The other; null where no rows are added.</param>
    /// <param name="room">Positions to make room for beyond those that are held.</param>
    internal static KvCache Join(KvCache? first, IReadOnlyList<int> rows, KvCache? second, int room)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var some = rows.Count > 0 ? first : null;
        var index = tensor(rows.Select(row => (long)row).ToArray(), device: (some ?? second)!._layers[0].Keys.device);
        var columns = Math.Max(some?.Length ?? 0, second?.Length ?? 0);
        int[] pads =
        [
            .. rows.Select(row => columns - first!.Length + (first.Padding?[row] ?? 0)),
            .. Enumerable.Range(0, second?.Rows ?? 0).Select(row => columns - second!.Length + (second.Padding?[row] ?? 0)),
        ];
        var unused = pads.Min();
        var joined = new KvCache(Math.Max(1, columns - unused + room))
        {
            Length = columns - unused,
            Padding = pads.Any(pad => pad > unused) ? [.. pads.Select(pad => pad - unused)] : null,
        };
        for (var layer = 0; layer < (some ?? second)!._layers.Count; layer++)
            joined._layers.Add((Merge(layer, pair => pair.Keys), Merge(layer, pair => pair.Values)));
        if ((some ?? second)!._texts is not null)
            joined._texts = [.. rows.Select(row => first!._texts![row]), .. second?._texts ?? []];
        return joined;

        Tensor Merge(int layer, Func<(Tensor Keys, Tensor Values), Tensor> which)
        {
            var like = which((some ?? second)!._layers[layer]);
            var all = zeros([pads.Length, like.shape[1], joined._initialCapacity, like.shape[3]], like.dtype, like.device);
            if (some is not null)
                Copy(which(some._layers[layer]).index_select(0, index), some.Length, all.narrow(0, 0, rows.Count));
            if (second is not null)
                Copy(which(second._layers[layer]), second.Length, all.narrow(0, rows.Count, second.Rows));
            return all.DetachFromDisposeScope();
        }

        // Rows end at the same column; what falls off at the left is padding.
        void Copy(Tensor source, int length, Tensor target)
        {
            var held = Math.Min(length, joined.Length);
            target.narrow(2, joined.Length - held, held).copy_(source.narrow(2, length - held, held));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (keys, values) in _layers)
        {
            keys.Dispose();
            values.Dispose();
        }
        _layers.Clear();
        (Length, Padding, _texts) = (0, null, null);
    }

    /// <summary>[rows, 1, 1, positions]: false where a position of a row is padding. For a batch that has padding.</summary>
    internal Tensor Visible(long positions)
    {
        if (_visible is null || _visible.shape[3] < positions)
        {
            _visible?.Dispose();
            var all = (int)Math.Max(positions, _layers.Count == 0 ? 0 : _layers[0].Keys.shape[2]);
            var seen = new bool[Padding!.Length * all];
            for (var row = 0; row < Padding.Length; row++)
                seen.AsSpan(row * all + Padding[row], all - Padding[row]).Fill(true);
            var device = _layers.Count == 0 ? CPU : _layers[0].Keys.device;
            _visible = tensor(seen, device: device).view(Padding.Length, 1, 1, all).DetachFromDisposeScope();
        }
        return _visible.narrow(3, 0, positions);
    }

    /// <summary>Notes the ids of positions that are about to be counted, for a decoder that may have to read them again.</summary>
    internal void Note(Tensor ids)
    {
        var (rows, count) = ((int)ids.shape[0], (int)ids.shape[1]);
        var news = ids.cpu().data<long>().ToArray();
        _texts ??= [.. Enumerable.Range(0, rows).Select(_ => new List<long>())];
        for (var row = 0; row < rows; row++)
            _texts[row].AddRange(news[(row * count)..((row + 1) * count)].Skip(Math.Max(0, (Padding?[row] ?? 0) - Length)));
    }

    /// <summary>The ids that were noted, padding 0: [rows, positions].</summary>
    internal Tensor Ids() =>
        tensor(_texts!.SelectMany(text => Enumerable.Repeat(0L, Length - text.Count).Concat(text)).ToArray()).view(_texts!.Length, Length);

    /// <summary>Appends a layer's new keys and values and returns all of them; both [batch, kvHeads, positions, headDim].</summary>
    internal (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        var end = Length + keys.shape[2];
        if (layer == _layers.Count)
            _layers.Add((Room(keys, Math.Max(_initialCapacity, end)), Room(values, Math.Max(_initialCapacity, end))));
        else if (end > _layers[layer].Keys.shape[2])
            _layers[layer] = (Grow(_layers[layer].Keys, end), Grow(_layers[layer].Values, end));
        var (allKeys, allValues) = _layers[layer];
        allKeys.narrow(2, Length, keys.shape[2]).copy_(keys);
        allValues.narrow(2, Length, values.shape[2]).copy_(values);
        return (allKeys.narrow(2, 0, end), allValues.narrow(2, 0, end));
    }

    /// <summary>Counts positions as held, once every layer has appended them.</summary>
    internal void Advance(long positions) => Length += (int)positions;

    private static Tensor Room(Tensor like, long capacity) =>
        empty([like.shape[0], like.shape[1], capacity, like.shape[3]], like.dtype, like.device).DetachFromDisposeScope();

    private Tensor Grow(Tensor full, long needed)
    {
        var larger = Room(full, Math.Max(2 * full.shape[2], needed));
        larger.narrow(2, 0, Length).copy_(full.narrow(2, 0, Length));
        full.Dispose();
        return larger;
    }
}
