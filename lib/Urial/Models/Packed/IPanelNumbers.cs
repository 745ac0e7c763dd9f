using System.Runtime.Intrinsics;

namespace Urial;

/// <summary>How the numbers of a strip's row are stored (see <see cref="PanelLayout"/>), and how they become f32.</summary>
internal unsafe interface IPanelNumbers
{
    /// <summary>Bytes of a number.</summary>
    static abstract int Size { get; }

    /// <summary>Where in a strip's row a column's number is stored, counted in numbers.</summary>
    /// <param name="column">The column in the strip.</param>
    /// <param name="lanes">Floats of the vectors that it becomes.</param>
    static abstract int Place(int column, int lanes);

    /// <summary>16 columns of a strip of 64.</summary>
    /// <param name="row">Where the row is stored.</param>
    /// <param name="part">0 to 3: columns from 16 times this.</param>
    static abstract Vector512<float> Load512(byte* row, int part);

    /// <summary>8 columns of a strip of 16.</summary>
    /// <param name="row">Where the row is stored.</param>
    /// <param name="half">0 or 1: its first half or its second.</param>
    static abstract Vector256<float> Load256(byte* row, int half);
}
