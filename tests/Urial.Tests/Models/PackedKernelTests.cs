using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models;

/// <summary>The parts that a packed decoder is made of: panels, gates, and work shared among threads.</summary>
public sealed unsafe class PackedKernelTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Panels_are_multiplied(bool narrow)
    {
        const int k = 37, room = 43, stride = 41, rows = 15;
        var random = new Random(3);
        float[] x = [.. Enumerable.Range(0, rows * stride).Select(_ => random.NextSingle() - 0.5f)];
        float[] numbers = [.. Enumerable.Range(0, k * PanelKernel.Width).Select(_ => random.NextSingle() - 0.5f)]; // [k, width]
        var layout = narrow ? new PanelLayout(8) : PanelLayout.Own;
        var panel = new float[room * PanelKernel.Width];
        for (var i = 0; i < numbers.Length; i++)
            panel[layout.Place<PanelFloats>(i / PanelKernel.Width, i % PanelKernel.Width, room)] = numbers[i];
        for (var count = 1; count <= rows; count++)
            foreach (var add in new[] { false, true })
            {
                float[] y = [.. Enumerable.Repeat(2f, count * 70)];
                fixed (float* px = x, pw = panel, py = y)
                    if (narrow)
                        PanelKernel256.Multiply<PanelFloats>(px, stride, count, (byte*)pw, room, k, py, 70, add);
                    else
                        PanelKernel.Multiply<PanelFloats>(px, stride, count, pw, room, k, py, 70, add);
                for (var row = 0; row < count; row++)
                    for (var column = 0; column < 70; column++)
                    {
                        var sum = Enumerable.Range(0, k)
                            .Sum(i => (double)x[row * stride + i] * numbers[i * PanelKernel.Width + column % PanelKernel.Width]);
                        var expected = column >= PanelKernel.Width ? 2 : add ? 2 + sum : sum;
                        Assert.Equal(expected, y[row * 70 + column], 1e-5);
                    }
            }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Panels_give_the_bits_of_the_same_numbers_in_f32(bool narrow)
    {
        const int k = 37, stride = 41;
        var random = new Random(4);
        float[] x = [.. Enumerable.Range(0, 15 * stride).Select(_ => random.NextSingle() - 0.5f)];
        ushort[] halves = [.. Enumerable.Range(0, k * PanelKernel.Width).Select(_ =>
            (ushort)(BitConverter.SingleToUInt32Bits(random.NextSingle() - 0.5f) >> 16))];
        var numbers = new float[halves.Length];
        PanelBrainFloats.Widen(halves, numbers);
        var layout = narrow ? new PanelLayout(8) : PanelLayout.Own;
        var (wide, panel) = (new float[halves.Length], new ushort[halves.Length]);
        for (var i = 0; i < halves.Length; i++)
        {
            var (row, column) = (i / PanelKernel.Width, i % PanelKernel.Width);
            wide[layout.Place<PanelFloats>(row, column, k)] = numbers[i];
            panel[layout.Place<PanelBrainFloats>(row, column, k)] = halves[i];
        }
        for (var rows = 1; rows <= 15; rows++)
            foreach (var add in new[] { false, true })
            {
                float[] expected = [.. Enumerable.Repeat(2f, rows * 70)], found = [.. expected];
                fixed (float* px = x, pw = wide, pe = expected, pf = found)
                fixed (ushort* ph = panel)
                    if (narrow)
                    {
                        PanelKernel256.Multiply<PanelFloats>(px, stride, rows, (byte*)pw, k, k, pe, 70, add);
                        PanelKernel256.Multiply<PanelBrainFloats>(px, stride, rows, (byte*)ph, k, k, pf, 70, add);
                    }
                    else
                    {
                        PanelKernel.Multiply<PanelFloats>(px, stride, rows, pw, k, k, pe, 70, add);
                        PanelKernel.Multiply<PanelBrainFloats>(px, stride, rows, ph, k, k, pf, 70, add);
                    }
                Assert.Equal(expected, found);
                Assert.Contains(found, value => value != 2);
            }
    }

    [Fact]
    public void Gates_are_the_functions_that_the_plain_decoder_knows_by_these_names()
    {
        float[] at = [.. Enumerable.Range(-400, 801).Select(i => i / 20f), -1e4f, 1e4f];
        float[] up = [.. at.Select((_, i) => i % 2 == 0 ? 1f : -1f)];
        using var scope = NewDisposeScope();
        foreach (var (name, gate) in PackedGate.All)
        {
            var found = new float[at.Length];
            gate.Apply(at, up, found);
            var expected = (Activations.All[name](tensor(at)) * tensor(up)).data<float>().ToArray();
            Assert.All(found.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 2e-6 * Math.Max(1, Math.Abs(pair.Second))));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Work_is_dealt_out_once(int threads)
    {
        foreach (var pieces in new[] { 0, 1, 2, 100 })
        {
            var done = new int[pieces];
            new PackedWorkers(threads).Deal(pieces, piece => Interlocked.Increment(ref done[piece]));
            Assert.All(done, times => Assert.Equal(1, times));
            new PackedWorkers(threads).DealRuns(pieces, piece => Interlocked.Increment(ref done[piece]));
            Assert.All(done, times => Assert.Equal(2, times));
        }
    }
}
