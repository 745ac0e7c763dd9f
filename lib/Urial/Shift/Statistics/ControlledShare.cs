namespace Urial;

/// <summary>The share of one class in a pair's answers, and the share that its prompts alone make (<see cref="PromptControl"/>).</summary>
/// <param name="Name">The pair, or a group of its positions.</param>
/// <param name="Pair">The share with weights and prompts as they are.</param>
/// <param name="PromptAlone">The same by the control.</param>
/// <param name="Difference">The first less the second, paired by query.</param>
public sealed record ControlledShare(string Name, Estimate Pair, Estimate PromptAlone, Estimate Difference) : INamed
{
    /// <summary>Both for each group of positions.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="control">The same answers as <see cref="PromptControl"/> scores them.</param>
    /// <param name="group">Names the group of a position, as in <see cref="ShiftGroups"/>.</param>
    /// <param name="shift">The class.</param>
    /// <param name="order">The groups in the order wanted; null: largest first.</param>
    /// <exception cref="ArgumentException">No position is in a group.</exception>
    /// <exception cref="UrialException">The two are not the same queries.</exception>
    public static IReadOnlyList<ControlledShare> ByGroup(
        IReadOnlyList<ShiftedAnswer> answers, IReadOnlyList<ShiftedAnswer> control, Func<ShiftedAnswer, int, string?> group,
        ShiftClass shift = ShiftClass.Shifted, IReadOnlyList<string>? order = null)
    {
        return [.. ShiftGroups.Shares(answers, group, order: order)
            .Select(g => Of(g.Group, Only(answers, g.Group), Only(control, g.Group)))];

        ShiftedAnswer[] Only(IReadOnlyList<ShiftedAnswer> all, string name) =>
            [.. all.Select(answer => answer.Only((a, i) => group(a, i) == name)).OfType<ShiftedAnswer>()];

        ControlledShare Of(string name, ShiftedAnswer[] some, ShiftedAnswer[] controlled) => new(name,
            Share(new ShiftTable(some).Summary().Micro), Share(new ShiftTable(controlled).Summary().Micro),
            Share(ShiftComparison.Of(some, controlled).Micro));

        Estimate Share(ShiftShares shares) => shift switch
        {
            ShiftClass.Unshifted => shares.Unshifted,
            ShiftClass.Marginal => shares.Marginal,
            _ => shares.Shifted,
        };
    }
}
