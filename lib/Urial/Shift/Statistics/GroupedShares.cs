namespace Urial;

/// <summary>The shares of the three classes among the positions of one group: a label, a kind of question, a part of the answer.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Positions">Positions in it.</param>
/// <param name="Answers">Answers that have at least one: the units of the intervals.</param>
/// <param name="Shares">Shares of the group's positions, pooled.</param>
/// <param name="NotEnded">Those of the answers that did not end.</param>
public sealed record GroupedShares(string Group, int Positions, int Answers, ShiftShares Shares, int NotEnded)
{
    /// <summary>How many of its positions are in a class.</summary>
    public int Count(ShiftClass shift) => (int)Math.Round(Positions * Shares.Of(shift).Value);
}
