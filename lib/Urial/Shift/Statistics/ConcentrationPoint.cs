namespace Urial;

/// <summary>How much of the whole sits in the most shifted positions.</summary>
/// <param name="Positions">The most shifted share of positions, 0 to 1.</param>
/// <param name="Share">Their share of the sum over all positions, 0 to 1.</param>
public sealed record ConcentrationPoint(double Positions, Estimate Share);
