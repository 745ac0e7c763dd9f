namespace Urial;

/// <summary>A stretch of training in which the learning rate warms up, holds and falls.</summary>
/// <param name="Tokens">Tokens of the stretch.</param>
/// <param name="Rate">The rate that is held.</param>
/// <param name="DecayShare">The share of the stretch, at its end, over which the rate falls.</param>
public sealed record TrainingCycle(long Tokens, double Rate, double DecayShare);
