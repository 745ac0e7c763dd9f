namespace Urial;

/// <summary>Where positions go from one condition to another: the same answers scored twice, under two prompts say.</summary>
internal static class ShiftTransition
{
    /// <summary>
    /// The second scoring, cut to the positions that are in a class under the first: of what is shifted there, how much is
    /// shifted here? The result's shares answer it, as a whole or by group (<see cref="ShiftGroups.Shares"/>).
    /// </summary>
    /// <param name="first">The answers under one condition.</param>
    /// <param name="shift">The class.</param>
    /// <param name="second">The same answers under another.</param>
    /// <returns>The second's answers with those positions only; answers that have none are left out.</returns>
    /// <exception cref="UrialException">The two are not the same answers, or no position is in the class.</exception>
    public static IReadOnlyList<ShiftedAnswer> Among(IReadOnlyList<ShiftedAnswer> first, ShiftClass shift,
        IReadOnlyList<ShiftedAnswer> second)
    {
        if (first.Count != second.Count || first.Zip(second)
            .Any(pair => pair.First.Id != pair.Second.Id || !pair.First.AnswerIds.AsSpan().SequenceEqual(pair.Second.AnswerIds)))
            throw new UrialException(
                "The two conditions did not score the same answers in the same order: their positions cannot be set against each other.");
        ShiftedAnswer[] among = [
            .. first.Zip(second, (one, other) => other.Only((_, i) => one.Positions[i].Class == shift)).OfType<ShiftedAnswer>()];
        return among.Length > 0 ? among : throw new UrialException($"None of the positions is {shift.Name()} under the first condition.");
    }
}
