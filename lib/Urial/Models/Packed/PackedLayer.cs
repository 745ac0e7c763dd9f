using static TorchSharp.torch;

namespace Urial;

/// <summary>A block's weights, packed; what its family lacks is null.</summary>
internal sealed class PackedLayer : IDisposable
{
    /// <summary>Packs a block of a decoder that <see cref="PackedDecoder.Serves"/> says yes to.</summary>
    public PackedLayer(DecoderBlock block)
    {
        var (query, key, value) = (block.Query!.Value, block.Key!.Value, block.Value!.Value);
        IsTurned = block.IsTurned;
        InputNorm = NativeFloats.Of(block.BeforeAttention!.Value.Weight);
        FeedForwardNorm = NativeFloats.Of(block.BeforeFeedForward!.Value.Weight);
        QueryNorm = block.QueryNorm is { } q ? NativeFloats.Of(q.Weight) : null;
        KeyNorm = block.KeyNorm is { } k ? NativeFloats.Of(k.Weight) : null;
        Qkv = new PackedMatrix(query.Weight, key.Weight, value.Weight);
        if (query.Bias is not null)
        {
            using var noGrad = no_grad();
            using var all = cat([query.Bias, key.Bias!, value.Bias!]);
            QkvBias = NativeFloats.Of(all);
        }
        Output = new PackedMatrix(block.Output!.Value.Weight);
        GateUp = new PackedMatrix(block.Gate!.Value.Weight, block.Up!.Value.Weight);
        Down = new PackedMatrix(block.Down!.Value.Weight);
    }

    /// <summary>Whether queries and keys are turned to their positions.</summary>
    public bool IsTurned { get; }

    /// <summary>[hidden].</summary>
    public NativeFloats InputNorm { get; }

    /// <summary>[hidden].</summary>
    public NativeFloats FeedForwardNorm { get; }

    /// <summary>[headDim].</summary>
    public NativeFloats? QueryNorm { get; }

    /// <summary>[headDim].</summary>
    public NativeFloats? KeyNorm { get; }

    /// <summary>[(heads + 2 kvHeads) headDim].</summary>
    public NativeFloats? QkvBias { get; }

    /// <summary>From hidden to queries, keys and values.</summary>
    public PackedMatrix Qkv { get; }

    /// <summary>From what attention mixed to hidden.</summary>
    public PackedMatrix Output { get; }

    /// <summary>From hidden to gate, then up.</summary>
    public PackedMatrix GateUp { get; }

    /// <summary>From feed-forward to hidden.</summary>
    public PackedMatrix Down { get; }

    public void Dispose()
    {
        foreach (var part in new IDisposable?[] { InputNorm, FeedForwardNorm, QueryNorm, KeyNorm, QkvBias, Qkv, Output, GateUp, Down })
            part?.Dispose();
    }
}
