using System.Runtime.Intrinsics;

namespace Urial;

/// <summary>
/// How a panel of <see cref="PanelKernel.Width"/> columns lies in memory: strips of so many columns as the sums of a step hold, one behind
/// the other, each [k, strip] and contiguous. What a step reads is then one stream, and uses every set of the first cache.
/// </summary>
/// <param name="Lanes">Floats of the vectors that multiply it: 16 or 8.</param>
internal readonly record struct PanelLayout(int Lanes)
{
    /// <summary>What this processor's vectors ask for.</summary>
    public static PanelLayout Own => new(Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count);

    /// <summary>Columns of a strip.</summary>
    public int Strip => Lanes == Vector512<float>.Count ? PanelKernel.Width : 2 * Lanes;

    /// <summary>Where a number is stored, counted in numbers from the panel's begin.</summary>
    /// <typeparam name="TPanel">How numbers are stored.</typeparam>
    /// <param name="i">Its row.</param>
    /// <param name="column">Its column.</param>
    /// <param name="k">Rows that the panel has room for.</param>
    public long Place<TPanel>(int i, int column, int k)
        where TPanel : IPanelNumbers => ((long)(column / Strip) * k + i) * Strip + TPanel.Place(column % Strip, Lanes);
}
