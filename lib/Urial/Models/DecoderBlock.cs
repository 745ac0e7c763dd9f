using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>A block's weights, by what they do, and what is particular to it. Parts that its family lacks are null.</summary>
internal sealed class DecoderBlock
{
    public DecoderBlock(DecoderConfig config, int number, IReadOnlyDictionary<string, Tensor> weights,
        IReadOnlyDictionary<string, LowRankChange>? changes)
    {
        var names = config.Family.Names;
        var at = DecoderLayout.Block(config, number);
        (Number, IsWindowed, IsTurned) = (number, config.Window(number) is not null, config.IsTurned(number));
        var scale = config.AttentionScale(number);
        QueryFactor = scale == 1 ? null : (Scalar)scale;
        HeadFactor = 1 / Math.Sqrt(config.HeadDim);
        BeforeAttention = Find(names.BeforeAttention);
        AfterAttention = Find(names.AfterAttention);
        BeforeFeedForward = Find(names.BeforeFeedForward);
        AfterFeedForward = Find(names.AfterFeedForward);
        Query = Find(names.Query);
        Key = Find(names.Key);
        Value = Find(names.Value);
        Fused = Find(names.Fused);
        QueryNorm = Find(names.QueryNorm);
        KeyNorm = Find(names.KeyNorm);
        Output = Find(names.Output);
        Gate = Find(names.Gate);
        Up = Find(names.Up);
        GateAndUp = Find(names.GateAndUp);
        Down = Find(names.Down);

        Layer? Find(string? name) => name is not null && weights.TryGetValue($"{at}{name}.weight", out var weight)
            ? new Layer(weight, weights.GetValueOrDefault($"{at}{name}.bias")) { Change = changes?.GetValueOrDefault($"{at}{name}.weight") }
            : null;
    }

    public int Number { get; }

    /// <summary>Whether it sees the positions of the model's window only.</summary>
    public bool IsWindowed { get; }

    /// <summary>Whether queries and keys are turned.</summary>
    public bool IsTurned { get; }

    /// <summary>What queries are multiplied by where scores are not just divided by √headDim; null: by nothing.</summary>
    public Scalar? QueryFactor { get; }

    /// <summary>1/√headDim.</summary>
    public Scalar HeadFactor { get; }

    public Layer? BeforeAttention { get; }

    public Layer? AfterAttention { get; }

    public Layer? BeforeFeedForward { get; }

    public Layer? AfterFeedForward { get; }

    public Layer? Query { get; }

    public Layer? Key { get; }

    public Layer? Value { get; }

    public Layer? Fused { get; }

    public Layer? QueryNorm { get; }

    public Layer? KeyNorm { get; }

    public Layer? Output { get; }

    public Layer? Gate { get; }

    public Layer? Up { get; }

    public Layer? GateAndUp { get; }

    public Layer? Down { get; }
}
