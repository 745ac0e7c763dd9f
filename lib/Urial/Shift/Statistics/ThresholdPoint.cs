namespace Urial;

/// <summary>What a rule "the base rank is above the threshold" finds of the positions that are sought.</summary>
/// <param name="Threshold">A position is flagged where its base rank is above this; 3 flags the shifted ones, 0 all.</param>
/// <param name="Flagged">Positions flagged.</param>
/// <param name="Right">Positions flagged that are sought.</param>
/// <param name="Sought">Positions sought.</param>
/// <param name="Precision">Share of the flagged that are sought; null where none is flagged.</param>
/// <param name="Recall">Share of the sought that are flagged; null where none is sought.</param>
public sealed record ThresholdPoint(int Threshold, int Flagged, int Right, int Sought, Estimate? Precision, Estimate? Recall);
