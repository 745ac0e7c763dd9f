namespace Urial;

/// <summary>The rule that turns a base rank into a class, and the class's name in files.</summary>
public static class ShiftClasses
{
    /// <summary>The class of a 1-based base rank: 1, 2–3, above 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rank is below 1.</exception>
    public static ShiftClass Of(int baseRank) => baseRank switch
    {
        < 1 => throw new ArgumentOutOfRangeException(nameof(baseRank), baseRank, "Base ranks start at 1."),
        1 => ShiftClass.Unshifted,
        2 or 3 => ShiftClass.Marginal,
        _ => ShiftClass.Shifted,
    };

    /// <summary>The lower-case name used in files and tables: unshifted, marginal, shifted.</summary>
    public static string Name(this ShiftClass shift) => shift switch
    {
        ShiftClass.Unshifted => "unshifted",
        ShiftClass.Marginal => "marginal",
        ShiftClass.Shifted => "shifted",
        _ => throw new ArgumentOutOfRangeException(nameof(shift), shift, "Not a shift class."),
    };
}
