namespace Urial;

/// <summary>A token that a server tells the log-probability of.</summary>
/// <param name="Id">Token id.</param>
/// <param name="LogProbability">Natural log of its probability over the whole vocabulary; −∞ where that is 0.</param>
public readonly record struct ServedToken(int Id, double LogProbability);
