using System.Runtime.Intrinsics;

namespace Urial;

/// <summary>How the numbers of a panel's row of <see cref="PanelKernel.Width"/> columns are stored, and how they become f32.</summary>
internal unsafe interface IPanelNumbers
{
    /// <summary>Bytes of a number.</summary>
    static abstract int Size { get; }

    /// <summary>How many columns behind its first half the second half of a quarter stands.</summary>
    static abstract int Gap { get; }

    /// <summary>Where in a row a column's number is stored, counted in numbers.</summary>
    static abstract int Place(int column);

    /// <summary>The column that a quarter begins with: it holds 8 columns from there, and 8 from a gap behind.</summary>
    static abstract int Column(int quarter);

    /// <summary>16 columns.</summary>
    /// <param name="row">Where the row is stored.</param>
    /// <param name="part">0 to 3: columns from 16 times this.</param>
    static abstract Vector512<float> Load512(byte* row, int part);

    /// <summary>8 columns.</summary>
    /// <param name="quarter">Where a quarter of a row is stored.</param>
    /// <param name="half">0 or 1: its first half or its second.</param>
    static abstract Vector256<float> Load256(byte* quarter, int half);
}
