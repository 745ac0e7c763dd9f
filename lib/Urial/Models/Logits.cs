using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>What every user of logits checks first.</summary>
internal static class Logits
{
    /// <summary>Refuses logits that are not numbers: no rank, probability or argmax of them means anything.</summary>
    /// <param name="logits">Logits of any shape.</param>
    /// <exception cref="UrialException">One of them is NaN or infinite.</exception>
    public static void Check(Tensor logits)
    {
        using var scope = NewDisposeScope();
        if (!logits.detach().isfinite().all().item<bool>())
            throw NotNumbers();
    }

    internal static UrialException NotNumbers() =>
        new("The model answers NaN or infinite logits: its weights are damaged, or overflow in this precision. Check the weight files "
            + "(their hashes), and try f32.");
}
