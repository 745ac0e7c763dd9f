using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// Weights laid out for <see cref="PanelKernel"/>: panels of columns, each [k, 64] and contiguous, the last filled up with zeros.
/// </summary>
internal sealed unsafe class PackedMatrix : IDisposable
{
    private readonly NativeFloats _panels; // [panels, k, width]

    /// <summary>Packs weight matrices that read the same input, one behind the other.</summary>
    /// <param name="weights">f32 [out, k] each, contiguous, on the CPU.</param>
    public PackedMatrix(params IReadOnlyList<Tensor> weights)
    {
        K = (int)weights[0].shape[1];
        Columns = (int)weights.Sum(weight => weight.shape[0]);
        _panels = new NativeFloats((long)Panels * K * PanelKernel.Width, clear: false);
        if (Columns % PanelKernel.Width > 0)
            new Span<float>(_panels.Start + (long)(Panels - 1) * K * PanelKernel.Width, K * PanelKernel.Width).Clear();
        var first = 0;
        foreach (var weight in weights)
        {
            Pack(weight, first);
            first += (int)weight.shape[0];
        }
    }

    /// <summary>Length of a row of the input.</summary>
    public int K { get; }

    /// <summary>Length of a row of the output.</summary>
    public int Columns { get; }

    private int Panels => (Columns + PanelKernel.Width - 1) / PanelKernel.Width;

    /// <summary>y = x · Wᵀ, or y += x · Wᵀ.</summary>
    /// <param name="x">[rows, k].</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="y">[rows, columns].</param>
    /// <param name="workers">Threads that share the panels.</param>
    /// <param name="add">Whether the products are added to what stands there.</param>
    public void Multiply(float* x, int rows, float* y, PackedWorkers workers, bool add = false) =>
        workers.Share(Panels, (first, last) =>
        {
            for (var panel = first; panel < last; panel++)
                Multiply(x, rows, y, panel, add);
        });

    private void Pack(Tensor weight, int first)
    {
        var count = (int)weight.shape[0];
        fixed (byte* bytes = weight.bytes)
        {
            var rows = (nint)bytes; // [out, k]
            // Sixteen neighbours at once, so that what is written fills whole lines of the cache.
            Parallel.For(0, (count + 15) / 16, group =>
            {
                for (var i = 0; i < K; i++)
                    for (var row = 16 * group; row < Math.Min(16 * group + 16, count); row++)
                    {
                        var column = (long)first + row;
                        var panel = _panels.Start + column / PanelKernel.Width * K * PanelKernel.Width;
                        panel[(long)i * PanelKernel.Width + column % PanelKernel.Width] = ((float*)rows)[(long)row * K + i];
                    }
            });
        }
    }

    private void Multiply(float* x, int rows, float* y, int panel, bool add)
    {
        var weights = _panels.Start + (long)panel * K * PanelKernel.Width;
        var column = panel * PanelKernel.Width;
        if (column + PanelKernel.Width <= Columns)
        {
            PanelKernel.Multiply(x, K, rows, weights, K, y + column, Columns, add);
            return;
        }
        var rest = Columns - column;
        var whole = stackalloc float[4 * PanelKernel.Width];
        for (var row = 0; row < rows; row += 4)
        {
            var some = Math.Min(4, rows - row);
            PanelKernel.Multiply(x + (long)row * K, K, some, weights, K, whole, PanelKernel.Width, false);
            for (var i = 0; i < some; i++)
                for (var c = 0; c < rest; c++)
                {
                    var target = y + (long)(row + i) * Columns + column + c;
                    *target = whole[i * PanelKernel.Width + c] + (add ? *target : 0);
                }
        }
    }

    public void Dispose() => _panels.Dispose();
}
