namespace Urial;

/// <summary>What a safetensors header says about one tensor.</summary>
/// <param name="Name">The tensor's name, such as <c>model.norm.weight</c>.</param>
/// <param name="DType">The stored number format as the file spells it, such as <c>BF16</c>.</param>
/// <param name="Shape">The shape; empty for a scalar.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">One past the last byte.</param>
public sealed record TensorInfo(string Name, string DType, long[] Shape, long Begin, long End)
{
    /// <summary>The shape as a reader sees it: <c>[128, 32]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
