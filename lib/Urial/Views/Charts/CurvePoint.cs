namespace Urial;

/// <summary>One point of a curve.</summary>
/// <param name="X">Where: a position in the answer, tokens seen in training.</param>
/// <param name="Y">What was measured there.</param>
/// <param name="Interval">Its interval; null where there is none.</param>
/// <param name="N">How many answers the point rests on; null where that means nothing.</param>
public sealed record CurvePoint(double X, double Y, Interval? Interval = null, int? N = null);
