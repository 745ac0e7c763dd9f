using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models;

/// <summary>Products over packed weights, however many threads share them: against libtorch's, and the same bits for any number.</summary>
public sealed unsafe class PackedMatrixTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(8, false)]
    [InlineData(24, true)]  // two threads, a part of the rows each
    [InlineData(31, false)]
    [InlineData(300, true)] // more rows than stay in a processor's cache
    public void Any_number_of_threads_gives_the_same_bits(int rows, bool add)
    {
        const int k = 29, columns = 3 * PanelKernel.Width + 5;
        using var scope = NewDisposeScope();
        using var generator = new Generator(1, CPU);
        Tensor weight = randn([columns, k], generator: generator), x = randn([rows, k], generator: generator);
        var before = add ? randn([rows, columns], generator: generator) : zeros(rows, columns);
        using var packed = new PackedMatrix(weight);

        var alone = Product(1);
        Assert.True((alone - (before + x.mm(weight.t()))).abs().max().item<float>() < 1e-4f);
        foreach (var threads in new[] { 2, 3, 16 })
            Assert.True(alone.Same(Product(threads)));

        Tensor Product(int threads)
        {
            var y = before.clone();
            fixed (byte* from = x.bytes, to = y.bytes)
                packed.Multiply((float*)from, rows, (float*)to, new PackedWorkers(threads), add);
            return y;
        }
    }
}
