namespace Urial;

/// <summary>
/// What is certain of the numbers of a position over the whole vocabulary where a server tells only the most probable tokens: in nats.
/// </summary>
/// <param name="KlAlignedBase">Of KL(aligned‖base).</param>
/// <param name="KlBaseAligned">Of KL(base‖aligned).</param>
/// <param name="Js">Of the Jensen–Shannon divergence.</param>
/// <param name="BaseEntropy">Of the base distribution's entropy.</param>
/// <param name="AlignedEntropy">Of the aligned distribution's entropy.</param>
public sealed record ShiftBounds(Bounds KlAlignedBase, Bounds KlBaseAligned, Bounds Js, Bounds BaseEntropy, Bounds AlignedEntropy)
{
    /// <summary>The numbers that can have bounds, by their columns' names, and how those of a position are read.</summary>
    internal static IReadOnlyList<(string Name, Func<PositionShift, Bounds> Of)> Columns { get; } =
    [
        ("kl_aligned_base", p => p.Bounds?.KlAlignedBase ?? Bounds.Exactly(p.KlAlignedBase)),
        ("kl_base_aligned", p => p.Bounds?.KlBaseAligned ?? Bounds.Exactly(p.KlBaseAligned)),
        ("js", p => p.Bounds?.Js ?? Bounds.Exactly(p.Js)),
        ("base_entropy", p => p.Bounds?.BaseEntropy ?? Bounds.Exactly(p.BaseEntropy)),
        ("aligned_entropy", p => p.Bounds?.AlignedEntropy ?? Bounds.Exactly(p.AlignedEntropy)),
    ];

    /// <summary>The bounds in a file's columns; null where every number is known.</summary>
    /// <param name="number">A column's value, NaN where it is empty: a bound that does not limit the number.</param>
    internal static ShiftBounds? OfColumns(Func<string, double> number)
    {
        var all = new ShiftBounds(Of("kl_aligned_base"), Of("kl_base_aligned"), Of("js"), Of("base_entropy"), Of("aligned_entropy"));
        return all.AreExact ? null : all;

        Bounds Of(string name) => new(number($"{name}_low"), number($"{name}_high") is var high && double.IsNaN(high)
            ? double.PositiveInfinity : high);
    }

    /// <summary>Whether every number is known.</summary>
    public bool AreExact =>
        KlAlignedBase.IsExact && KlBaseAligned.IsExact && Js.IsExact && BaseEntropy.IsExact && AlignedEntropy.IsExact;
}
