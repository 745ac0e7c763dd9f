namespace Urial;

/// <summary>One row of two estimates that belong together.</summary>
/// <param name="Name">What the row is.</param>
/// <param name="First">One estimate.</param>
/// <param name="Second">The other.</param>
/// <param name="Difference">The first less the second, paired; null where it was not made.</param>
internal sealed record DumbbellRow(string Name, Estimate First, Estimate Second, Estimate? Difference);
