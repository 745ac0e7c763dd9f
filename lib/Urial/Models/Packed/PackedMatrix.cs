using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// Weights laid out for <see cref="PanelKernel"/>: panels of 64 columns, one behind the other, the last filled up with zeros. They stay in
/// the format that they had: bf16 takes half the memory, and half the time where reading it is what a product waits for.
/// </summary>
internal sealed unsafe class PackedMatrix : IDisposable
{
    // Rows in whole steps of the kernels: of 4 and of 6.
    private const int Step = 12;

    // Rows whose input stays in a processor's own cache.
    private const int MostRows = 12 * Step;

    private readonly NativeFloats _panels; // each as PanelLayout.Own has it
    private readonly bool _narrow;

    /// <summary>Packs weight matrices that read the same input, one behind the other.</summary>
    /// <param name="weights">All f32 or all bf16, [out, k] each, contiguous, on the CPU.</param>
    public PackedMatrix(params IReadOnlyList<Tensor> weights)
    {
        K = (int)weights[0].shape[1];
        Columns = (int)weights.Sum(weight => weight.shape[0]);
        _narrow = weights[0].dtype == ScalarType.BFloat16;
        _panels = new NativeFloats(Panels * PanelBytes / sizeof(float), clear: false);
        if (Columns % PanelKernel.Width > 0)
            new Span<byte>(Panel(Panels - 1), (int)PanelBytes).Clear();
        var first = 0;
        foreach (var weight in weights)
        {
            if (_narrow)
                Pack<PanelBrainFloats, ushort>(weight, first);
            else
                Pack<PanelFloats, float>(weight, first);
            first += (int)weight.shape[0];
        }
    }

    /// <summary>Length of a row of the input.</summary>
    public int K { get; }

    /// <summary>Length of a row of the output.</summary>
    public int Columns { get; }

    private int Panels => (Columns + PanelKernel.Width - 1) / PanelKernel.Width;

    private long PanelBytes => (long)K * PanelKernel.Width * (_narrow ? PanelBrainFloats.Size : PanelFloats.Size);

    /// <summary>y = x · Wᵀ, or y += x · Wᵀ.</summary>
    /// <param name="x">[rows, k].</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="y">[rows, columns].</param>
    /// <param name="workers">Threads that share the panels, and of many rows parts of them.</param>
    /// <param name="add">Whether the products are added to what stands there.</param>
    public void Multiply(float* x, int rows, float* y, PackedWorkers workers, bool add = false)
    {
        // Parts of rows that stay in a processor's own cache; at least one for each thread where there are enough, as few panels cannot be
        // shared evenly. Parts of one panel follow each other, so that threads read the same weights at about the same time.
        var parts = workers.Count == 1 ? 1 : Math.Max((rows + MostRows - 1) / MostRows, Math.Min(workers.Count, rows / (2 * Step)));
        var part = parts < 2 ? rows : (rows + parts * Step - 1) / (parts * Step) * Step;
        parts = (rows + part - 1) / part;
        workers.DealRuns(Panels * parts, piece =>
        {
            var (panel, first) = (piece / parts, piece % parts * part);
            float* from = x + (long)first * K, to = y + (long)first * Columns;
            var some = Math.Min(part, rows - first);
            if (_narrow)
                Multiply<PanelBrainFloats>(from, some, to, panel, add);
            else
                Multiply<PanelFloats>(from, some, to, panel, add);
        });
    }

    private byte* Panel(int number) => (byte*)_panels.Start + number * PanelBytes;

    private void Pack<TPanel, TNumber>(Tensor weight, int first)
        where TPanel : IPanelNumbers
        where TNumber : unmanaged
    {
        var count = (int)weight.shape[0];
        fixed (byte* bytes = weight.bytes)
        {
            var rows = (nint)bytes; // [out, k]
            // So many neighbours at once that what is written fills whole lines of the cache.
            var some = Math.Min(64 / TPanel.Size, PanelLayout.Own.Strip);
            Parallel.For(0, (count + some - 1) / some, group =>
            {
                var layout = PanelLayout.Own;
                for (var i = 0; i < K; i++)
                    for (var row = some * group; row < Math.Min(some * (group + 1), count); row++)
                    {
                        var panel = (TNumber*)Panel((first + row) / PanelKernel.Width);
                        panel[layout.Place<TPanel>(i, (first + row) % PanelKernel.Width, K)] = ((TNumber*)rows)[(long)row * K + i];
                    }
            });
        }
    }

    private void Multiply<TPanel>(float* x, int rows, float* y, int panel, bool add)
        where TPanel : IPanelNumbers
    {
        var weights = Panel(panel);
        var column = panel * PanelKernel.Width;
        if (column + PanelKernel.Width <= Columns)
        {
            PanelKernel.Multiply<TPanel>(x, K, rows, weights, K, K, y + column, Columns, add);
            return;
        }
        var rest = Columns - column;
        var whole = stackalloc float[Step * PanelKernel.Width];
        for (var row = 0; row < rows; row += Step)
        {
            var some = Math.Min(Step, rows - row);
            PanelKernel.Multiply<TPanel>(x + (long)row * K, K, some, weights, K, K, whole, PanelKernel.Width, false);
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
