using System.Numerics.Tensors;

namespace Urial;

/// <summary>
/// The functions between gate and down that packed decoders know: all have the form x · σ(a x + b x³). For GELU by tanh this is the same as
/// x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))), as (1 + tanh(u)) / 2 = σ(2u).
/// </summary>
/// <param name="Linear">a.</param>
/// <param name="Cubic">b.</param>
internal readonly record struct PackedGate(float Linear, float Cubic)
{
    private static readonly PackedGate Silu = new(1, 0);
    private static readonly PackedGate NearGelu = new(2 * RootOfTwoOverPi, 2 * RootOfTwoOverPi * 0.044715f);

    private const float RootOfTwoOverPi = 0.7978845608f;

    /// <summary>By the names that configurations give them.</summary>
    public static readonly IReadOnlyDictionary<string, PackedGate> All = new SortedDictionary<string, PackedGate>(StringComparer.Ordinal)
    {
        ["gelu_fast"] = NearGelu,
        ["gelu_new"] = NearGelu,
        ["gelu_pytorch_tanh"] = NearGelu,
        ["quick_gelu"] = new(1.702f, 0),
        ["silu"] = Silu,
        ["swish"] = Silu,
    };

    /// <summary>The function of gate, times up.</summary>
    /// <param name="gate">[width].</param>
    /// <param name="up">[width].</param>
    /// <param name="into">[width]; none of the others.</param>
    public void Apply(ReadOnlySpan<float> gate, ReadOnlySpan<float> up, Span<float> into)
    {
        if (Cubic == 0 && Linear == 1)
            TensorPrimitives.Sigmoid(gate, into);
        else
        {
            TensorPrimitives.Multiply(gate, gate, into);
            TensorPrimitives.Multiply(into, Cubic, into);
            TensorPrimitives.Add(into, Linear, into);
            TensorPrimitives.Multiply(into, gate, into);
            TensorPrimitives.Sigmoid<float>(into, into);
        }
        TensorPrimitives.Multiply(into, gate, into);
        TensorPrimitives.Multiply(into, up, into);
    }
}
