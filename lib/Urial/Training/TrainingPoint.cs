namespace Urial;

/// <summary>One point of a training curve.</summary>
/// <param name="Stage">Which run: base, sft or dpo.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Tokens">Training tokens seen.</param>
/// <param name="Loss">Mean loss since the last point, nats per token (DPO: nats per pair).</param>
/// <param name="Rate">Learning rate.</param>
/// <param name="GradientNorm">Mean gradient norm before clipping since the last point.</param>
public sealed record TrainingPoint(string Stage, int Step, int Steps, long Tokens, double Loss, double Rate, double GradientNorm)
{
    /// <summary>The loss over examples that nothing is learnt from, nats per answer token, where it was measured here.</summary>
    public double? DevLoss { get; init; }

    /// <summary>DPO: the mean reward of the preferred answers.</summary>
    public double? ChosenReward { get; init; }

    /// <summary>DPO: the mean reward of the other answers.</summary>
    public double? RejectedReward { get; init; }
}
