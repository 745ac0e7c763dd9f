using static TorchSharp.torch;

namespace Urial;

/// <summary>How one matrix of the base is changed: by Scale · B·A.</summary>
/// <param name="A">f32 [rank, in].</param>
/// <param name="B">f32 [out, rank].</param>
/// <param name="Scale">alpha / rank, or alpha / √rank.</param>
public readonly record struct LowRankMatrices(Tensor A, Tensor B, double Scale);
