namespace Urial;

/// <summary>An entry of a list that the reference code compares.</summary>
/// <param name="Id">Token id.</param>
/// <param name="Text">What the id decodes to alone: several ids may share it.</param>
/// <param name="Probability">Its probability renormalised over the list, so that the list sums to 1.</param>
public sealed record ReferenceToken(int Id, string Text, double Probability);
