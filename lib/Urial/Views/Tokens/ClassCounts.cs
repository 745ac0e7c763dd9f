namespace Urial;

/// <summary>How many positions fall into each class: the legend of a heat map.</summary>
/// <param name="Unshifted">Positions at base rank 1.</param>
/// <param name="Marginal">Positions at base ranks 2 and 3.</param>
/// <param name="Shifted">Positions at base ranks above 3.</param>
internal sealed record ClassCounts(int Unshifted, int Marginal, int Shifted)
{
    /// <summary>All positions.</summary>
    public int Total => Unshifted + Marginal + Shifted;

    /// <summary>The counts of some positions.</summary>
    public static ClassCounts Of(IEnumerable<PositionShift> positions)
    {
        var counts = new int[3];
        foreach (var position in positions)
            counts[(int)position.Class]++;
        return new ClassCounts(counts[0], counts[1], counts[2]);
    }

    /// <summary>The count of one class.</summary>
    public int this[ShiftClass shift] => shift switch
    {
        ShiftClass.Unshifted => Unshifted,
        ShiftClass.Marginal => Marginal,
        _ => Shifted,
    };

    /// <summary>One class in words: <c>shifted (base rank &gt; 3) 12 = 8.0 %</c>.</summary>
    public string Legend(ShiftClass shift) =>
        $"{shift.Name()} ({Theme.Ranks(shift)}) {this[shift]} = {Numbers.Percent(Total == 0 ? 0 : (double)this[shift] / Total)}";
}
