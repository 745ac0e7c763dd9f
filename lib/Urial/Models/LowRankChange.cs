using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Urial;

/// <summary>What LoRA (Hu et al., arXiv 2106.09685) adds to a matrix: scale · B·A, with few rows in A and few columns in B.</summary>
/// <param name="A">[rank, in].</param>
/// <param name="B">[out, rank].</param>
/// <param name="Scale">The factor; held here: see <see cref="PinnedScalars"/>.</param>
internal sealed record LowRankChange(Tensor A, Tensor B, Scalar Scale)
{
    /// <summary>What it adds to the matrix's output.</summary>
    /// <param name="x">[.., in].</param>
    /// <returns>[.., out].</returns>
    public Tensor Of(Tensor x) => F.linear(F.linear(x, A) * Scale, B);
}
