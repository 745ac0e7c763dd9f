namespace Urial;

/// <summary>The shares of the three classes, as fractions that sum to 1.</summary>
/// <param name="Unshifted">Base rank 1.</param>
/// <param name="Marginal">Base rank 2 or 3.</param>
/// <param name="Shifted">Base rank above 3.</param>
public sealed record ShiftShares(Estimate Unshifted, Estimate Marginal, Estimate Shifted)
{
    /// <summary>The shares that something says of each class.</summary>
    internal static ShiftShares Of(Func<ShiftClass, Estimate> share) =>
        new(share(ShiftClass.Unshifted), share(ShiftClass.Marginal), share(ShiftClass.Shifted));

    /// <summary>The share of one class.</summary>
    public Estimate Of(ShiftClass shift) => shift switch
    {
        ShiftClass.Unshifted => Unshifted,
        ShiftClass.Marginal => Marginal,
        ShiftClass.Shifted => Shifted,
        _ => throw new ArgumentOutOfRangeException(nameof(shift), shift, "Not a shift class."),
    };
}
