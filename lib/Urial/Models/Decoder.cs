using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Urial;

/// <summary>
/// A decoder-only transformer, from token ids to next-token logits. Read <see cref="Hidden"/> first, then downwards. What its family
/// computes is said in <see cref="DecoderFamilies"/>; every activation has the weights' number format.
/// </summary>
public sealed partial class Decoder : IDisposable
{
    // Held here: see PinnedScalars.
    private static readonly Scalar NegativeInfinity = float.NegativeInfinity;

    private readonly DecoderFamily _family;
    private readonly Dictionary<string, Tensor> _weights;
    private readonly Tensor _embedding;
    private readonly Tensor? _positions;
    private readonly DecoderBlock[] _blocks;
    private readonly Layer _finalNorm;
    private readonly Tensor _head;
    private readonly LowRankChange? _headChange;
    private readonly Rope? _rope;
    private readonly Rope? _localRope;
    private readonly Scalar _normEpsilon;
    private readonly Scalar _embeddingScale;
    private readonly Scalar? _attentionCap;
    private readonly Scalar? _logitCap;

    /// <summary>Logits for the token after each position. Differentiable where weights require gradients and there is no cache.</summary>
    /// <param name="ids">Token ids, int64 [batch, positions].</param>
    /// <param name="cache">Keys and values of earlier positions; it takes in the new ones. Computed without gradients.</param>
    /// <param name="padding">
    /// Number of padding positions at the left of each row. With a cache, given with its first positions only. Logits at padding have no
    /// meaning.
    /// </param>
    /// <param name="lastOnly">Whether only the last position's logits are wanted.</param>
    /// <returns>Logits [batch, positions, vocabulary] in the weights' format; one position with <paramref name="lastOnly"/>.</returns>
    public Tensor Forward(Tensor ids, KvCache? cache = null, int[]? padding = null, bool lastOnly = false)
    {
        using var scope = NewDisposeScope();
        var x = Hidden(ids, cache, padding);
        return Head(lastOnly ? x.narrow(1, x.shape[1] - 1, 1) : x).MoveToOuterDisposeScope();
    }

    /// <summary>What the head reads: the last block's output, normed. For a caller that needs the logits of some positions only.</summary>
    /// <param name="ids">As in <see cref="Forward"/>.</param>
    /// <param name="cache">As in <see cref="Forward"/>.</param>
    /// <param name="padding">As in <see cref="Forward"/>.</param>
    /// <returns>[batch, positions, hidden] in the weights' format.</returns>
    public Tensor Hidden(Tensor ids, KvCache? cache = null, int[]? padding = null)
    {
        using var scope = NewDisposeScope();
        using var noGrad = cache is null ? null : no_grad();
        TorchThreads.Set(this, ids.numel());
        if (cache is not null && Outgrows(cache, ids.shape[1]))
            return Reread(cache, ids).MoveToOuterDisposeScope();
        var place = new Placement(Config, Device, ids.shape[0], ids.shape[1], cache, padding, _rope, _localRope);
        var x = Embed(ids.to(Device), place); // [batch, positions, hidden]
        foreach (var block in _blocks)
            x = Block(x, block, place);
        if (_family.RereadsLongTexts && Config.RopeScaling.FixedUpTo is not null)
            cache?.Note(ids);
        cache?.Advance(ids.shape[1]);
        return Norm(x, _finalNorm).MoveToOuterDisposeScope();
    }

    /// <summary>Logits [.., vocabulary] from what <see cref="Hidden"/> returns, or from some of its positions [.., hidden].</summary>
    public Tensor Head(Tensor hidden)
    {
        var logits = F.linear(hidden, _head);
        return Capped(_headChange is null ? logits : logits.add(_headChange.Of(hidden), PinnedScalars.One), _logitCap);
    }

    private Tensor Embed(Tensor ids, Placement place)
    {
        var (batch, count) = (ids.shape[0], ids.shape[1]);
        var x = _embedding.index_select(0, ids.reshape(-1)).view(batch, count, Config.HiddenSize);
        if (_family.ScaledEmbedding)
            x = x * _embeddingScale;
        if (_positions is null)
            return x;
        var learned = place.Places is null ? _positions.narrow(0, place.First, count) // [positions, hidden]
            : _positions.index_select(0, place.Places.reshape(-1)).view(batch, count, Config.HiddenSize);
        return x.add(learned, PinnedScalars.One);
    }

    private Tensor Block(Tensor x, DecoderBlock block, Placement place)
    {
        using var scope = NewDisposeScope();
        var mixed = Norm(Attention(Norm(x, block.BeforeAttention), block, place), block.AfterAttention);
        var read = x; // what the feed-forward block reads
        x = x.add(mixed, PinnedScalars.One);
        if (!Config.ParallelResidual)
            read = x;
        x = x.add(Norm(FeedForward(Norm(read, block.BeforeFeedForward), block), block.AfterFeedForward), PinnedScalars.One);
        return x.MoveToOuterDisposeScope();
    }

    private Tensor Attention(Tensor x, DecoderBlock block, Placement place)
    {
        var (batch, positions) = (x.shape[0], x.shape[1]);
        var (q, k, v) = QueriesKeysValues(x, block); // [batch, positions, heads, headDim], [batch, positions, kvHeads, headDim] twice
        if (block.IsTurned)
        {
            var rotation = (block.IsWindowed ? place.LocalRotation : null) ?? place.Rotation!.Value;
            (q, k) = (Rope.Turn(q, rotation), Rope.Turn(k, rotation));
        }
        q = q.transpose(1, 2); // [batch, heads, positions, headDim]
        k = k.transpose(1, 2); // [batch, kvHeads, positions, headDim]
        v = v.transpose(1, 2);
        if (place.Cache is not null)
            (k, v) = place.Cache.Append(block.Number, k, v); // [batch, kvHeads, all positions, headDim]

        var mixed = Mix(q, k, v, block, place); // [batch, heads, positions, headDim]
        return Linear(mixed.transpose(1, 2).reshape(batch, positions, (long)Config.Heads * Config.HeadDim), block.Output);
    }

    private (Tensor Q, Tensor K, Tensor V) QueriesKeysValues(Tensor x, DecoderBlock block)
    {
        long batch = x.shape[0], positions = x.shape[1], d = Config.HeadDim, heads = Config.Heads, kvHeads = Config.KvHeads;
        var all = block.Fused is null ? null : Linear(x, block.Fused);
        if (_family.QueryKeyValue == QueryKeyValueForm.FusedByHead)
        {
            all = all!.view(batch, positions, heads, 3 * d);
            return (all.narrow(3, 0, d), all.narrow(3, d, d), all.narrow(3, 2 * d, d));
        }
        var q = all is null ? Linear(x, block.Query) : all.narrow(2, 0, heads * d);
        var k = all is null ? Linear(x, block.Key) : all.narrow(2, heads * d, kvHeads * d);
        var v = all is null ? Linear(x, block.Value) : all.narrow(2, (heads + kvHeads) * d, kvHeads * d);
        if (_family.QkNorm == QueryKeyNorm.Whole)
            (q, k) = (Norm(q, block.QueryNorm), Norm(k, block.KeyNorm));
        (q, k) = (q.view(batch, positions, heads, d), k.view(batch, positions, kvHeads, d));
        if (_family.QkNorm == QueryKeyNorm.Head)
            (q, k) = (Norm(q, block.QueryNorm), Norm(k, block.KeyNorm));
        return (q, k, v.view(batch, positions, kvHeads, d));
    }

    /// <summary>Softmax attention; query heads share key-value heads in groups.</summary>
    private Tensor Mix(Tensor q, Tensor k, Tensor v, DecoderBlock block, Placement place)
    {
        var (mask, causal, from) = place.Seen(block.IsWindowed);
        if (from > 0)
            (k, v) = (k.narrow(2, from, k.shape[2] - from), v.narrow(2, from, v.shape[2] - from));
        if (block.QueryFactor is { } factor)
            q = q * factor;
        var group = Config.Heads / Config.KvHeads;
        if (_attentionCap is not null)
            return CappedMix(q, k, v, mask, block);
        if (group > 1 && q.shape[2] == 1)
        {
            // One new position sees every key, so the queries of a group can stand side by side as if they were positions: nothing is
            // repeated.
            var grouped = q.reshape(q.shape[0], Config.KvHeads, group, Config.HeadDim);
            return F.scaled_dot_product_attention(grouped, k, v, mask).reshape(q.shape);
        }
        if (group > 1)
            (k, v) = (k.repeat_interleave(group, 1), v.repeat_interleave(group, 1));
        return F.scaled_dot_product_attention(q, k, v, mask, is_casual: causal);
    }

    /// <summary>
    /// The same step by step, scores capped before their softmax. Queries of a group stand side by side: nothing is repeated.
    /// </summary>
    private Tensor CappedMix(Tensor q, Tensor k, Tensor v, Tensor? mask, DecoderBlock block)
    {
        long batch = q.shape[0], positions = q.shape[2], keys = k.shape[2], group = Config.Heads / Config.KvHeads;
        var grouped = q.reshape(batch, Config.KvHeads, group * positions, Config.HeadDim);
        var scores = Capped(grouped.matmul(k.transpose(2, 3)) * block.HeadFactor, _attentionCap)
            .view(batch, Config.KvHeads, group, positions, keys);
        if (mask is not null)
            scores = scores.masked_fill((mask.dim() == 4 ? mask.unsqueeze(2) : mask).logical_not(), NegativeInfinity);
        var shares = scores.softmax(-1, ScalarType.Float32).to(q.dtype).view(batch, Config.KvHeads, group * positions, keys);
        return shares.matmul(v).view(batch, Config.Heads, positions, Config.HeadDim);
    }

    private Tensor FeedForward(Tensor x, DecoderBlock block)
    {
        if (_family.FeedForward == FeedForwardForm.Plain)
            return Linear(_activation(Linear(x, block.Up)), block.Down);
        if (_family.FeedForward == FeedForwardForm.Gated)
            return Linear(_activation(Linear(x, block.Gate)) * Linear(x, block.Up), block.Down);
        var both = Linear(x, block.GateAndUp).chunk(2, -1); // [batch, positions, feed-forward] each
        return Linear(_activation(both[0]) * both[1], block.Down);
    }

    private Tensor Linear(Tensor x, Layer? layer)
    {
        var (weight, bias) = layer!.Value;
        var y = F.linear(x, _family.Transposed ? weight.t() : weight, bias);
        return layer.Value.Change is { } change ? y.add(change.Of(x), PinnedScalars.One) : y;
    }

    /// <summary>Over the last dimension, in f32 whatever the weights' format; x where there is no norm.</summary>
    private Tensor Norm(Tensor x, Layer? norm)
    {
        if (norm is not { } layer)
            return x;
        var (weight, bias) = layer;
        if (_family.Norm == NormForm.Layer)
            return F.layer_norm(x, weight.shape, weight, bias, Config.NormEpsilon);
        var wide = x.to(ScalarType.Float32);
        var scale = (wide * wide).mean([-1], true).add(_normEpsilon, PinnedScalars.One).rsqrt();
        if (_family.Norm == NormForm.Rms)
            return (wide * scale).to(x.dtype) * weight;
        var normed = wide * scale;
        return addcmul(normed, normed, weight.to(ScalarType.Float32), PinnedScalars.One).to(x.dtype);
    }

    private static Tensor Capped(Tensor x, Scalar? cap) => cap is null ? x : (x / cap).tanh() * cap;
}
