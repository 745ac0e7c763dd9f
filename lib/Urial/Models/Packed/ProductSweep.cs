using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Urial;

/// <summary>
/// The matrix products of a pass and nothing else, by libtorch and by <see cref="PackedMatrix"/>: the bound that a pass is measured
/// against.
/// </summary>
/// <param name="Torch">Time of all products by libtorch.</param>
/// <param name="Packed">Time of all products over packed weights.</param>
internal readonly record struct ProductSweep(TimeSpan Torch, TimeSpan Packed)
{
    /// <summary>The faster of the two.</summary>
    public TimeSpan Best => Torch < Packed ? Torch : Packed;

    /// <summary>Measures the products of one pass over so many positions, all logits included.</summary>
    /// <param name="decoder">Whose matrices.</param>
    /// <param name="positions">Rows of each product.</param>
    /// <param name="repeats">How often each sweep is run, in turn; the fastest counts. One more warms up.</param>
    public static ProductSweep Measure(Decoder decoder, int positions, int repeats)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var workers = new PackedWorkers(decoder.Packed?.Threads ?? Environment.ProcessorCount);
        TorchThreads.Set(decoder, positions);
        Tensor[] matrices = [.. decoder.Weights.Values.Where(weight => weight.dim() == 2)];
        var packed = matrices.Select(matrix => new PackedMatrix(matrix)).ToArray();
        var inputs = matrices.Select(matrix => matrix.shape[1]).Distinct().ToDictionary(k => k, k => randn(positions, k));
        var (torch, own) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        using var output = new NativeFloats(positions * matrices.Max(matrix => matrix.shape[0]), clear: false);
        for (var run = 0; run <= repeats; run++)
        {
            var begun = Stopwatch.GetTimestamp();
            foreach (var matrix in matrices)
                F.linear(inputs[matrix.shape[1]], matrix).Dispose();
            var first = Stopwatch.GetElapsedTime(begun);
            begun = Stopwatch.GetTimestamp();
            for (var i = 0; i < matrices.Length; i++)
                Multiply(packed[i], inputs[matrices[i].shape[1]], positions, output, workers);
            var second = Stopwatch.GetElapsedTime(begun);
            if (run > 0)
                (torch, own) = (first < torch ? first : torch, second < own ? second : own);
        }
        foreach (var matrix in packed)
            matrix.Dispose();
        return new ProductSweep(torch, own);
    }

    private static unsafe void Multiply(PackedMatrix matrix, Tensor input, int rows, NativeFloats output, PackedWorkers workers)
    {
        fixed (byte* start = input.bytes)
            matrix.Multiply((float*)start, rows, output.Start, workers);
    }
}
