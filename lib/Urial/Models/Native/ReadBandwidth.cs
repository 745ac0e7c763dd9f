using System.Diagnostics;
using System.Numerics;

namespace Urial;

/// <summary>How fast this machine reads memory: what bounds the decoding of one answer, which reads every weight for every token.</summary>
internal static class ReadBandwidth
{
    /// <summary>Sums a buffer larger than any cache with all processors.</summary>
    /// <returns>Bytes per second; the fastest of three rounds.</returns>
    public static unsafe double Measure()
    {
        const long length = 1 << 26; // floats: 256 MB
        using var buffer = new NativeFloats(length);
        var start = buffer.Start;
        var fastest = TimeSpan.MaxValue;
        var parts = Environment.ProcessorCount;
        var sums = new float[parts];
        for (var round = 0; round < 4; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            Parallel.For(0, parts, part =>
            {
                var sum = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
                var at = start + length / parts * part;
                var end = at + length / parts;
                for (; at + 4 * Vector<float>.Count <= end; at += 4 * Vector<float>.Count)
                {
                    sum.Item1 += Vector.Load(at);
                    sum.Item2 += Vector.Load(at + Vector<float>.Count);
                    sum.Item3 += Vector.Load(at + 2 * Vector<float>.Count);
                    sum.Item4 += Vector.Load(at + 3 * Vector<float>.Count);
                }
                sums[part] = Vector.Sum(sum.Item1 + sum.Item2 + sum.Item3 + sum.Item4);
            });
            var time = Stopwatch.GetElapsedTime(begun);
            if (round > 0 && time < fastest)
                fastest = time;
        }
        return sums.Sum() == 0 ? length * sizeof(float) / fastest.TotalSeconds : throw new InvalidOperationException("zeros sum to zero");
    }
}
