using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Urial;

/// <summary>The functions between the matrices of a feed-forward block, by the names that configurations give them.</summary>
internal static class Activations
{
    // Held here: see PinnedScalars.
    private static readonly Scalar Steepness = 1.702;

    public static readonly IReadOnlyDictionary<string, Func<Tensor, Tensor>> All =
        new SortedDictionary<string, Func<Tensor, Tensor>>(StringComparer.Ordinal)
        {
            ["gelu"] = F.gelu,
            ["gelu_fast"] = NearGelu,
            ["gelu_new"] = NearGelu,
            ["gelu_python"] = F.gelu,
            ["gelu_pytorch_tanh"] = NearGelu,
            ["quick_gelu"] = x => x * (x * Steepness).sigmoid(),
            ["relu"] = x => F.relu(x),
            ["silu"] = x => F.silu(x),
            ["swish"] = x => F.silu(x),
        };

    // x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))), under three names
    private static Tensor NearGelu(Tensor x) => x.gelu(TorchSharp.Modules.GELU.Approximate.tanh);
}
