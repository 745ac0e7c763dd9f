using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>Rows of a table by their numbers.</summary>
internal static class TableRows
{
    /// <summary>The rows: on the CPU by what is fastest there, elsewhere by indexing, which every device has.</summary>
    /// <param name="table">[rows, …].</param>
    /// <param name="numbers">int64 [n], where the table lies.</param>
    /// <returns>[n, …].</returns>
    public static Tensor Of(Tensor table, Tensor numbers) =>
        table.device_type == DeviceType.CPU ? table.index_select(0, numbers) : table[numbers];
}
