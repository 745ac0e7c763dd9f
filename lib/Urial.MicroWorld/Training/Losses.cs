using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Urial.MicroWorld;

/// <summary>The training losses. All take and return tensors, stay differentiable, and agree with TRL's trainers.</summary>
public static class Losses
{
    /// <summary>The target that carries no loss: padding, and prompt tokens in tuning.</summary>
    public const long Ignored = -100;

    /// <summary>Next-token cross-entropy in nats, averaged over every target of the batch that is not <see cref="Ignored"/>.</summary>
    /// <param name="logits">[batch, positions, vocabulary], any floating type; the loss is taken in f32.</param>
    /// <param name="targets">[batch, positions] int64: the token that follows each position.</param>
    public static Tensor CrossEntropy(Tensor logits, Tensor targets) =>
        functional.cross_entropy(logits.to(ScalarType.Float32).reshape(-1, logits.shape[^1]), targets.reshape(-1), ignore_index: Ignored);

    /// <summary>Sum of log-probabilities of the targets that are not <see cref="Ignored"/>, per row.</summary>
    /// <param name="logits">[batch, positions, vocabulary].</param>
    /// <param name="targets">[batch, positions] int64.</param>
    /// <returns>[batch], nats.</returns>
    public static Tensor LogProbability(Tensor logits, Tensor targets)
    {
        var losses = functional.cross_entropy(logits.to(ScalarType.Float32).reshape(-1, logits.shape[^1]), targets.reshape(-1),
            ignore_index: Ignored, reduction: Reduction.None); // [batch · positions], 0 where ignored
        return -losses.reshape(targets.shape[0], targets.shape[1]).sum(1);
    }

    /// <summary>Direct preference optimisation with the sigmoid loss (Rafailov et al., arXiv 2305.18290, eq. 7).</summary>
    /// <param name="policyChosen">[batch] log-probabilities of the preferred answers under the model in training.</param>
    /// <param name="policyRejected">[batch], of the other answers.</param>
    /// <param name="referenceChosen">[batch], under the frozen reference model.</param>
    /// <param name="referenceRejected">[batch].</param>
    /// <param name="beta">How strongly the policy is held to the reference.</param>
    /// <returns>The mean loss, and the rewards β·(log π − log π_ref) of both answers, [batch].</returns>
    public static (Tensor Loss, Tensor ChosenRewards, Tensor RejectedRewards) Dpo(
        Tensor policyChosen, Tensor policyRejected, Tensor referenceChosen, Tensor referenceRejected, double beta)
    {
        using Scalar scale = beta;                                          // kept until both have read it: see PinnedScalars
        var chosen = (policyChosen - referenceChosen).mul(scale);       // [batch]
        var rejected = (policyRejected - referenceRejected).mul(scale); // [batch]
        return (-functional.logsigmoid(chosen - rejected).mean(), chosen, rejected);
    }
}
