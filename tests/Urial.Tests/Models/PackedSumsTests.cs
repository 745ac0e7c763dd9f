using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Urial.Tests.Models;

/// <summary>Sums that come out the same whatever the width of the processor's vectors.</summary>
public sealed class PackedSumsTests
{
    [Fact]
    public void The_order_is_that_of_vectors_of_512_bits()
    {
        var random = new Random(5);
        for (var length = 0; length <= 600; length++)
        {
            float[] x = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.3f)];
            float[] squares = [.. x.Select(value => value * value)];

            Assert.Equal(InOrder(x, 16), PackedSums.Of(x));
            Assert.Equal(InOrder(squares, 16), PackedSums.OfSquares(x));
            Assert.Equal(x.Sum(value => (double)value), PackedSums.Of(x), 1e-4);
            // The order itself, with the vectors that are here.
            if (Vector256.IsHardwareAccelerated)
                Assert.Equal(TensorPrimitives.Sum<float>(x), InOrder(x, Vector512.IsHardwareAccelerated ? 16 : 8));
        }
    }

    /// <summary>The order in which System.Numerics.Tensors adds with vectors of so many floats.</summary>
    private static float InOrder(ReadOnlySpan<float> x, int lanes)
    {
        if (lanes < 4)
        {
            var sum = 0f;
            for (var i = x.Length - 1; i >= 0; i--)
                sum += x[i];
            return sum;
        }
        if (x.Length < lanes)
            return InOrder(x, lanes / 2);
        var blocks = Enumerable.Range(0, x.Length / lanes).ToList();
        if (x.Length > 8 * lanes)
        {
            // The first block stands behind all whole eights of the others.
            blocks.Remove(0);
            blocks.Insert(blocks.Count / 8 * 8, 0);
        }
        var sums = new float[lanes];
        foreach (var block in blocks)
            for (var lane = 0; lane < lanes; lane++)
                sums[lane] += x[block * lanes + lane];
        for (var i = x.Length / lanes * lanes; i < x.Length; i++)
            sums[lanes - x.Length + i] += x[i];
        return Across(sums);
    }

    private static float Across(ReadOnlySpan<float> sums) => sums.Length == 4
        ? Vector128.Sum(Vector128.Create(sums))
        : Across(sums[..(sums.Length / 2)]) + Across(sums[(sums.Length / 2)..]);
}
