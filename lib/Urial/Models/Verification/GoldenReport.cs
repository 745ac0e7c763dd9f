namespace Urial;

/// <summary>How far a model's logits are from stored reference logits of the same tokens.</summary>
/// <param name="Positions">Positions compared.</param>
/// <param name="Vocabulary">Logits at each position.</param>
/// <param name="MaxDifference">Largest |Δlogit| over all positions and tokens.</param>
/// <param name="MeanDifference">Mean |Δlogit| over all positions and tokens.</param>
/// <param name="MaxKl">Largest KL(reference‖model) of a position, in nats.</param>
/// <param name="TopOneAgreement">Share of positions whose most likely token is the same.</param>
/// <param name="GreedyTokens">Reference tokens of the greedy continuation; 0 where the reference has none.</param>
/// <param name="GreedyAgreement">Greedy tokens that agree before the first that differs.</param>
/// <param name="Tolerance">The largest |Δlogit| that counts as agreement.</param>
public sealed record GoldenReport(
    int Positions, int Vocabulary, double MaxDifference, double MeanDifference, double MaxKl, double TopOneAgreement,
    int GreedyTokens, int GreedyAgreement, double Tolerance)
{
    /// <summary>Whether every logit is within the tolerance, and every most likely and greedy token is the reference's.</summary>
    public bool Agrees => MaxDifference <= Tolerance && TopOneAgreement == 1 && GreedyAgreement == GreedyTokens;
}
