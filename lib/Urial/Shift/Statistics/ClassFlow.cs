namespace Urial;

/// <summary>
/// The same positions under one condition after the other: how many are in which class under each, and how many go from class to class
/// between one and the next.
/// </summary>
public sealed class ClassFlow
{
    private readonly int[][,] _moved; // [conditions − 1][class before, class after]

    private ClassFlow(IReadOnlyList<string> conditions, int[][,] moved) => (Conditions, _moved) = (conditions, moved);

    /// <summary>The conditions, in their order.</summary>
    public IReadOnlyList<string> Conditions { get; }

    /// <summary>How many positions each condition has.</summary>
    public int Positions => Enum.GetValues<ShiftClass>().Sum(shift => Count(0, shift));

    /// <summary>Conditions side by side.</summary>
    /// <param name="conditions">At least two, of the same answers; end-of-sequence tokens are left out, as in the conditions' rows.</param>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    /// <exception cref="UrialException">They are not the same answers in the same order.</exception>
    public static ClassFlow Of(IEnumerable<ShiftCondition> conditions)
    {
        ShiftCondition[] all = [.. conditions];
        if (all.Length < 2)
            throw new ArgumentException($"A flow goes from one condition to another, and there are {all.Length}.", nameof(conditions));
        return new ClassFlow([.. all.Select(condition => condition.Name)], [.. all.Zip(all.Skip(1), Moved)]);
    }

    /// <summary>How many positions are in a class under a condition.</summary>
    /// <param name="condition">The condition's place, from 0.</param>
    /// <param name="shift">The class.</param>
    public int Count(int condition, ShiftClass shift) => Enum.GetValues<ShiftClass>().Sum(other =>
        condition < _moved.Length ? Moved(condition, shift, other) : Moved(condition - 1, other, shift));

    /// <summary>How many positions go from a class to a class between a condition and the next.</summary>
    /// <param name="condition">The first of the two, by its place from 0.</param>
    /// <param name="before">The class under it.</param>
    /// <param name="after">The class under the next.</param>
    public int Moved(int condition, ShiftClass before, ShiftClass after) => _moved[condition][(int)before, (int)after];

    private static int[,] Moved(ShiftCondition before, ShiftCondition after)
    {
        if (before.Answers.Count != after.Answers.Count || before.Answers.Zip(after.Answers).Any(pair =>
            pair.First.Id != pair.Second.Id || !pair.First.AnswerIds.AsSpan().SequenceEqual(pair.Second.AnswerIds)))
            throw new UrialException($"'{before.Name}' and '{after.Name}' are not the same answers in the same order: "
                + "their positions cannot be followed from one to the other.");
        var counts = new int[3, 3];
        foreach (var (one, other) in before.Answers.Zip(after.Answers))
            foreach (var (from, to) in one.Positions.Zip(other.Positions))
                counts[(int)from.Class, (int)to.Class]++;
        return counts;
    }
}
