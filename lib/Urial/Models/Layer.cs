using static TorchSharp.torch;

namespace Urial;

/// <summary>The weights of one matrix or norm, with its bias where it has one.</summary>
internal readonly record struct Layer(Tensor Weight, Tensor? Bias)
{
    /// <summary>What an adapter in training adds to the matrix; null: nothing.</summary>
    public LowRankChange? Change { get; init; }
}
