using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models;

internal static class TensorEquality
{
    /// <summary>Whether two tensors have the same shape and the same elements, bit for bit where they are numbers.</summary>
    public static bool Same(this Tensor one, Tensor other) =>
        one.dtype == other.dtype && one.shape.SequenceEqual(other.shape) && one.eq(other).all().item<bool>();
}
