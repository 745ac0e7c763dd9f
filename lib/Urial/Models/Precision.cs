using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// The number format that a model is computed in. Float16 is not among them: it overflows in many models and is slow on a CPU.
/// </summary>
public enum Precision
{
    /// <summary>32-bit floats: the reference precision.</summary>
    F32,

    /// <summary>
    /// 16-bit brain floats: half the memory, about three significant digits. Weights are rounded, and activations too where the plain
    /// decoder computes; over packed weights they stay f32. Results name it.
    /// </summary>
    BF16,
}

/// <summary>The words and the tensor types of each <see cref="Precision"/>.</summary>
public static class PrecisionNames
{
    /// <summary>The tensor type that weights and activations have.</summary>
    /// <param name="precision">The precision.</param>
    public static ScalarType ScalarType(this Precision precision) =>
        precision == Precision.F32 ? TorchSharp.torch.ScalarType.Float32 : TorchSharp.torch.ScalarType.BFloat16;

    /// <summary>The name Hugging Face configurations use: <c>float32</c> or <c>bfloat16</c>.</summary>
    /// <param name="precision">The precision.</param>
    public static string HuggingFaceName(this Precision precision) => precision == Precision.F32 ? "float32" : "bfloat16";

    /// <summary>The name that options and manifests use: <c>f32</c> or <c>bf16</c>.</summary>
    /// <param name="precision">The precision.</param>
    public static string Word(this Precision precision) => precision == Precision.F32 ? "f32" : "bf16";

    /// <summary>The precision that an option such as <c>--dtype f32</c> names.</summary>
    /// <param name="name"><c>f32</c> or <c>bf16</c>.</param>
    /// <exception cref="UrialException">Another name.</exception>
    public static Precision Parse(string name) => name switch
    {
        "f32" => Precision.F32,
        "bf16" => Precision.BF16,
        _ => throw new UrialException($"Unknown precision '{name}': choose f32 (the reference) or bf16. Float16 is never used on a CPU."),
    };
}
