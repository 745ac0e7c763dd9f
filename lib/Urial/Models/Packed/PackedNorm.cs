using System.Numerics.Tensors;

namespace Urial;

/// <summary>An RMS norm: x / √(mean(x²) + ε), times what stands in the weights, or 1 + that, as the family has it.</summary>
internal sealed unsafe class PackedNorm : IDisposable
{
    private readonly NativeFloats _weight; // [width]
    private readonly float _epsilon;

    /// <summary>A norm of a decoder that <see cref="PackedDecoder.Serves"/> says yes to.</summary>
    public PackedNorm(DecoderConfig config, Layer layer)
    {
        _weight = NativeFloats.Of(layer.Weight);
        if (config.Family.Norm == NormForm.RmsPlusOne)
        {
            var weight = new Span<float>(_weight.Start, Width);
            TensorPrimitives.Add(weight, 1, weight);
        }
        _epsilon = (float)config.NormEpsilon;
    }

    /// <summary>How many entries are normed together.</summary>
    public int Width => (int)_weight.Length;

    /// <summary>Norms every <see cref="Width"/> entries for themselves.</summary>
    /// <param name="x">One or more times the width.</param>
    /// <param name="into">Where they go; may be x.</param>
    public void Apply(Span<float> x, Span<float> into)
    {
        var weight = new ReadOnlySpan<float>(_weight.Start, Width);
        for (var at = 0; at < x.Length; at += Width)
        {
            var from = x.Slice(at, Width);
            var to = into.Slice(at, Width);
            var scale = 1 / MathF.Sqrt(PackedSums.OfSquares(from) / Width + _epsilon);
            TensorPrimitives.Multiply(from, scale, to);
            TensorPrimitives.Multiply(to, weight, to);
        }
    }

    /// <summary>Norms rows, shared among threads.</summary>
    /// <param name="x">[rows, width].</param>
    /// <param name="rows">How many.</param>
    /// <param name="into">[rows, width]; may be x.</param>
    /// <param name="workers">The threads.</param>
    public void Apply(float* x, int rows, float* into, PackedWorkers workers) => workers.Share(rows, (first, last) =>
    {
        for (var row = first; row < last; row++)
            Apply(new Span<float>(x + (long)row * Width, Width), new Span<float>(into + (long)row * Width, Width));
    });

    public void Dispose() => _weight.Dispose();
}
