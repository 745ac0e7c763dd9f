namespace Urial;

/// <summary>
/// The same answers under one of several conditions, such as a prompt that the base model reads before them, by its name. Its statistics
/// leave out end-of-sequence tokens, because a prompt can end an answer by something else.
/// </summary>
public sealed class ShiftCondition : INamed
{
    /// <summary>A condition.</summary>
    /// <param name="name">What tables and charts call it.</param>
    /// <param name="whole">The answers, end-of-sequence tokens included.</param>
    /// <exception cref="ArgumentException">No answer has another token.</exception>
    public ShiftCondition(string name, IReadOnlyList<ShiftedAnswer> whole)
    {
        (Name, Whole) = (name, whole);
        Answers = [.. whole.Select(answer => answer.Only((a, i) => !a.Positions[i].IsEos)).OfType<ShiftedAnswer>()];
        if (Answers.Count == 0)
            throw new ArgumentException($"None of the {whole.Count} answers of '{name}' has a token that is no end of sequence.",
                nameof(whole));
    }

    /// <summary>What tables and charts call it.</summary>
    public string Name { get; }

    /// <summary>The answers, end-of-sequence tokens included.</summary>
    public IReadOnlyList<ShiftedAnswer> Whole { get; }

    /// <summary>The answers without end-of-sequence tokens.</summary>
    public IReadOnlyList<ShiftedAnswer> Answers { get; }

    /// <summary>Its shares of the three classes.</summary>
    public ShareRow Row => ShareRow.Measured(Name, Answers);

    /// <summary>Its shares, those of its prompts alone, and the difference (<see cref="ShareRow.WithControl"/>).</summary>
    /// <param name="pair">The pair that gave and scored the answers.</param>
    /// <exception cref="UrialException">A prompt or answer does not fit the aligned model.</exception>
    public IReadOnlyList<ShareRow> WithControl(ModelPair pair) =>
        ShareRow.WithControl(Name, Whole, PromptControl.Of(pair, Whole), withEos: false);

    /// <summary>
    /// Whether the aligned side is another condition's, number for number, so that only what the base model reads differs.
    /// </summary>
    public bool SameAlignedSide(ShiftCondition other) => Aligned(this).SequenceEqual(Aligned(other));

    /// <summary>This condition less another, paired by query.</summary>
    /// <param name="other">The other condition, of the same answers.</param>
    /// <exception cref="UrialException">The two have not the same queries.</exception>
    public ShiftDifference Less(ShiftCondition other) => ShiftComparison.Of(Answers, other.Answers);

    /// <summary>One number of that difference; and without the queries where an answer did not end.</summary>
    /// <param name="other">The other condition, of the same answers.</param>
    /// <param name="of">The number: <c>less => less.Micro.Shifted</c>.</param>
    /// <exception cref="UrialException">The two have not the same queries.</exception>
    public BothWays Less(ShiftCondition other, Func<ShiftDifference, Estimate> of) =>
        BothWays.Of(Answers, other.Answers, (one, two) => of(ShiftComparison.Of(one, two)));

    /// <summary>This condition's positions that another has in a class (<see cref="ShiftTransition.Among"/>).</summary>
    /// <param name="other">The other condition, of the same answers.</param>
    /// <param name="shift">The class there.</param>
    /// <exception cref="UrialException">The two are not the same answers, or no position is in the class.</exception>
    public ShiftCondition Among(ShiftCondition other, ShiftClass shift) => new(Name, ShiftTransition.Among(other.Answers, shift, Answers));

    /// <summary>The shares of each group of positions that has any, as rows called <c>group, condition</c>.</summary>
    /// <param name="group">Names the group of a position, as in <see cref="ShiftGroups"/>.</param>
    /// <param name="order">The groups wanted, in their order.</param>
    /// <exception cref="ArgumentException">No position is in a group.</exception>
    public IReadOnlyList<ShareRow> By(Func<ShiftedAnswer, int, string?> group, params string[] order) =>
        [.. ShiftGroups.Shares(Answers, group, order: order)
            .Select(g => ShareRow.Measured($"{g.Group}, {Name}", g.Shares, g.Positions, g.Answers))];

    /// <summary>The shifted share of one group of positions; null where it has none.</summary>
    /// <param name="group">Names the group of a position, as in <see cref="ShiftGroups"/>.</param>
    /// <param name="name">The group.</param>
    public Estimate? Shifted(Func<ShiftedAnswer, int, string?> group, string name) =>
        ShiftGroups.Shares(Answers, group).FirstOrDefault(g => g.Group == name)?.Shares.Shifted;

    /// <summary>Of the positions that something holds of, the part that is in a group.</summary>
    /// <param name="group">Names the group of a position, as in <see cref="ShiftGroups"/>.</param>
    /// <param name="name">The group.</param>
    /// <param name="holds">What may hold of a position; null: all positions count.</param>
    public BothWays Part(Func<ShiftedAnswer, int, string?> group, string name, Func<PositionShift, bool>? holds = null)
    {
        return BothWays.Of(Answers, some => Estimate.Ratio(some, answer => Count(answer, true), answer => Count(answer, false)));

        double Count(ShiftedAnswer answer, bool inGroup) =>
            answer.Positions.Where((p, i) => holds?.Invoke(p) != false && (!inGroup || group(answer, i) == name)).Count();
    }

    private static IEnumerable<double> Aligned(ShiftCondition condition) =>
        condition.Whole.SelectMany(answer => answer.Positions).Select(p => p.AlignedProbability);
}
