namespace Urial;

/// <summary>What a batch was found to be while its gradients were computed.</summary>
/// <param name="Loss">The loss: nats per answer token, or per pair.</param>
/// <param name="Tokens">Answer tokens read.</param>
internal sealed record LearntStep(double Loss, long Tokens)
{
    /// <summary>DPO: the mean reward of the preferred answers.</summary>
    public double? ChosenReward { get; init; }

    /// <summary>DPO: the mean reward of the other answers.</summary>
    public double? RejectedReward { get; init; }
}
