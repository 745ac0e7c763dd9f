using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Urial;

/// <summary>The loss of pre-training, which stays differentiable.</summary>
public static class Losses
{
    /// <summary>The target that carries no loss: padding, and prompt tokens in tuning.</summary>
    public const long Ignored = -100;

    /// <summary>Next-token cross-entropy in nats, averaged over every target of the batch that is not <see cref="Ignored"/>.</summary>
    /// <param name="logits">[batch, positions, vocabulary], any floating type; the loss is taken in f32.</param>
    /// <param name="targets">[batch, positions] int64: the token that follows each position.</param>
    public static Tensor CrossEntropy(Tensor logits, Tensor targets) =>
        functional.cross_entropy(logits.to(ScalarType.Float32).reshape(-1, logits.shape[^1]), targets.reshape(-1), ignore_index: Ignored);
}
