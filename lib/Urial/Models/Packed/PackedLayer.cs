using static TorchSharp.torch;

namespace Urial;

/// <summary>A block's weights, packed, and what is particular to it; what its family lacks is null.</summary>
internal sealed class PackedLayer : IDisposable
{
    /// <summary>Packs a block of a decoder that <see cref="PackedDecoder.Serves"/> says yes to.</summary>
    /// <param name="config">The decoder's shape.</param>
    /// <param name="block">The block.</param>
    /// <param name="rotation">What turns its queries and keys, if anything does.</param>
    public PackedLayer(DecoderConfig config, DecoderBlock block, PackedRotation? rotation)
    {
        (Number, Window, Rotation) = (block.Number, config.Window(block.Number), rotation);
        Scale = (float)(config.AttentionScale(Number) / Math.Sqrt(config.HeadDim));
        BeforeAttention = Norm(block.BeforeAttention);
        AfterAttention = Norm(block.AfterAttention);
        BeforeFeedForward = Norm(block.BeforeFeedForward);
        AfterFeedForward = Norm(block.AfterFeedForward);
        QueryNorm = Norm(block.QueryNorm);
        KeyNorm = Norm(block.KeyNorm);
        // A fused matrix holds the same rows in the same order.
        Layer[] read = block.Fused is { } fused ? [fused] : [block.Query!.Value, block.Key!.Value, block.Value!.Value];
        Qkv = new PackedMatrix([.. read.Select(part => part.Weight)]);
        if (read[0].Bias is not null)
        {
            using var noGrad = no_grad();
            using var all = cat([.. read.Select(part => part.Bias!)]);
            QkvBias = NativeFloats.Of(all);
        }
        Output = new PackedMatrix(block.Output!.Value.Weight);
        GateUp = block.GateAndUp is { } both ? new PackedMatrix(both.Weight)
            : new PackedMatrix(block.Gate!.Value.Weight, block.Up!.Value.Weight);
        Down = new PackedMatrix(block.Down!.Value.Weight);

        PackedNorm? Norm(Layer? norm) => norm is { } layer ? new PackedNorm(config, layer) : null;
    }

    /// <summary>Its place among the blocks.</summary>
    public int Number { get; }

    /// <summary>How many positions one sees, its own included; null: all that are not later.</summary>
    public int? Window { get; }

    /// <summary>What queries and keys are turned by.</summary>
    public PackedRotation? Rotation { get; }

    /// <summary>What attention scores are multiplied by.</summary>
    public float Scale { get; }

    /// <summary>[hidden].</summary>
    public PackedNorm? BeforeAttention { get; }

    /// <summary>[hidden].</summary>
    public PackedNorm? AfterAttention { get; }

    /// <summary>[hidden].</summary>
    public PackedNorm? BeforeFeedForward { get; }

    /// <summary>[hidden].</summary>
    public PackedNorm? AfterFeedForward { get; }

    /// <summary>[headDim], or all heads together.</summary>
    public PackedNorm? QueryNorm { get; }

    /// <summary>[headDim], or all heads together.</summary>
    public PackedNorm? KeyNorm { get; }

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
        foreach (var part in new IDisposable?[] { BeforeAttention, AfterAttention, BeforeFeedForward, AfterFeedForward, QueryNorm, KeyNorm,
            QkvBias, Qkv, Output, GateUp, Down })
            part?.Dispose();
    }
}
