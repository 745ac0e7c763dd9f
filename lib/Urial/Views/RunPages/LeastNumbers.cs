namespace Urial;

/// <summary>
/// A run of which a server told the most probable tokens alone, for a page that draws one number each: the least that divergences and
/// entropies can be, said so. Cards and tables keep the bounds.
/// </summary>
internal static class LeastNumbers
{
    /// <summary>The run; as it is where every number is known.</summary>
    public static StoredRun Of(StoredRun run) => !AreIn(run.Answers) ? run : run with
    {
        Answers = [.. run.Answers.Select(answer => answer with { Positions = [.. answer.Positions.Select(Least)] })],
        Notes =
        [
            .. run.Notes, "A server told the most probable tokens alone. Ranks, classes and probabilities are exact, but for a rank that "
                + "is marked ≥; divergences and entropies in charts, in the list and at tokens are the least that they can be, and a table "
                + "or card that has two numbers has the bounds.",
        ],
    };

    /// <summary>Whether some number of these answers is known within bounds only.</summary>
    public static bool AreIn(IReadOnlyList<ShiftedAnswer> answers) =>
        answers.Any(answer => answer.Positions.Any(p => p.Bounds is not null));

    private static PositionShift Least(PositionShift shift) => shift.Bounds is not { } bounds ? shift : shift with
    {
        KlAlignedBase = bounds.KlAlignedBase.Low,
        KlBaseAligned = bounds.KlBaseAligned.Low,
        Js = bounds.Js.Low,
        BaseEntropy = bounds.BaseEntropy.Low,
        AlignedEntropy = bounds.AlignedEntropy.Low,
    };
}
