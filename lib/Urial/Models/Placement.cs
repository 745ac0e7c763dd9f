using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// Where the new positions of a pass stand: their places in the text, their rotations, and which positions each may see. Places count from
/// a row's first position that is no padding.
/// </summary>
internal sealed class Placement
{
    private readonly Device _device;
    private readonly long _past;
    private readonly long _count;
    private readonly int[]? _padding; // null where no row has any
    private readonly bool _explicit; // whether attention asks for a mask where Causal would do
    private readonly (Tensor? Mask, bool Causal, long From) _all, _window;

    public Placement(
        DecoderConfig config, Device device, long batch, long count, KvCache? cache, int[]? padding, Rope? rope, Rope? localRope)
    {
        (Cache, _device, _past, _count, _explicit) = (cache, device, cache?.Length ?? 0, count, config.AttentionCap is not null);
        if (_past > 0 && padding is not null)
            throw new ArgumentException("padding is given with the first positions of a cache, and this cache holds some already",
                nameof(padding));
        if (cache is not null && _past == 0)
            cache.Padding = padding;
        padding ??= cache?.Padding;
        if (padding is not null && padding.Length != batch)
            throw new ArgumentException($"padding is given for {padding.Length} rows, and the batch has {batch}", nameof(padding));
        if (_past + count > config.ContextLength)
            throw new UrialException($"The text takes {_past + count} tokens, and the model's context holds {config.ContextLength}. "
                + "Shorten the prompt or ask for fewer new tokens.");
        _padding = padding is null || padding.All(pads => pads == 0) ? null : padding;
        // All blocks share these.
        if (!config.AllSlide)
            _all = Within(null);
        _window = config.SlidingWindow is { } width && _past + count > width ? Within(width) : config.AllSlide ? Within(null) : _all;
        if (_padding is null)
        {
            (Rotation, LocalRotation) = (rope?.At(_past, count), localRope?.At(_past, count));
            return;
        }
        // Made on this side of the border: a number handed to TorchSharp may be freed while it is read (PinnedScalars).
        var places = new long[batch * count];
        for (var row = 0; row < batch; row++)
            for (var at = 0; at < count; at++)
                places[row * count + at] = Math.Max(0, _past + at - _padding[row]);
        Places = tensor(places, device: device).view(batch, count);
        long[] lengths = [.. _padding.Select(pads => Math.Max(1, _past + count - pads))];
        (Rotation, LocalRotation) = (rope?.At(Places, lengths), localRope?.At(Places, lengths));
    }

    public KvCache? Cache { get; }

    /// <summary>[batch, positions]; null where no row has padding, and all rows have the places from <see cref="First"/> on.</summary>
    public Tensor? Places { get; }

    public long First => _past;

    /// <summary>What turns queries and keys.</summary>
    public (Tensor Cos, Tensor Sin)? Rotation { get; }

    /// <summary>The same for layers with a window, where it is not the same.</summary>
    public (Tensor Cos, Tensor Sin)? LocalRotation { get; }

    /// <summary>What the new positions see.</summary>
    /// <param name="isWindowed">Whether they see those within the model's window only.</param>
    /// <returns>
    /// From: the first position that any of them sees; keys before it may be left out. Mask: true where the later may see the earlier,
    /// [positions, positions from there] or [batch, 1, positions, positions from there]. With no mask all is seen, or, where Causal, all
    /// that is not later.
    /// </returns>
    public (Tensor? Mask, bool Causal, long From) Seen(bool isWindowed) => isWindowed ? _window : _all;

    private (Tensor? Mask, bool Causal, long From) Within(int? window)
    {
        var from = window is { } width ? Math.Max(0, _past - width + 1) : 0;
        if (_padding is not null)
            return (Padded(window, from), false, from);
        if (_count == 1)
            return (null, false, from);
        if (window is null && _past == 0 && !_explicit)
            return (null, true, 0);
        var seen = ones(_count, _past + _count - from, dtype: ScalarType.Bool, device: _device).tril(_past - from);
        return (window is { } steps ? seen.triu(_past - from - steps + 1) : seen, false, from);
    }

    private Tensor? Padded(int? window, long from)
    {
        var most = _padding!.Max();
        if (_count == 1 && most <= from)
            return null;
        if (_count == 1 && Cache is not null && most <= _past)
            return Cache.Visible(_past + 1).narrow(3, from, _past + 1 - from);
        var (news, all) = ((int)_count, (int)(_past + _count - from));
        var seen = new bool[_padding!.Length * news * all]; // [batch, positions, positions from there]
        for (var row = 0; row < _padding.Length; row++)
            for (var at = 0; at < news; at++)
            {
                var own = (int)(_past + at - from);
                var first = Math.Max(_padding[row] - (int)from, window is { } width ? own - width + 1 : 0);
                var line = seen.AsSpan((row * news + at) * all, all);
                if (first <= own)
                    line[Math.Max(0, first)..(own + 1)].Fill(true);
                line[own] = true; // a padding position sees itself, so that its softmax has something to sum over
            }
        return tensor(seen, device: _device).view(_padding.Length, 1, news, all);
    }
}
