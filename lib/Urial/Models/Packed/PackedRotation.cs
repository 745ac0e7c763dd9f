using System.Numerics;
using static TorchSharp.torch;

namespace Urial;

/// <summary>The factors that queries and keys are turned by, where a decoder's own f32 tables hold them.</summary>
/// <param name="rope">Whose tables, f32; they stay where they are as long as it lives.</param>
internal sealed unsafe class PackedRotation(Rope rope)
{
    private Table _table = new(0, 0, null, null);

    /// <summary>The factors of the first positions, at least so many.</summary>
    public Table Reach(int positions)
    {
        var table = _table;
        if (table.Positions >= positions)
            return table;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var reached = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(512, positions));
        var (cos, sin) = rope.At(0, reached); // [positions, 1, entries] each
        fixed (byte* cosines = cos.bytes, sines = sin.bytes)
            return _table = new Table(reached, (int)cos.shape[^1], (float*)cosines, (float*)sines);
    }

    /// <summary>Cosines and sines, [positions, entries] each; each row twice the same, the sines' first half negated.</summary>
    internal sealed class Table(int positions, int entries, float* cosines, float* sines)
    {
        public int Positions => positions;

        /// <summary>Turns the first entries of a head to its position.</summary>
        public void Turn(Span<float> head, int position)
        {
            var half = entries / 2;
            var cos = new ReadOnlySpan<float>(cosines + (long)position * entries, half);
            var sin = new ReadOnlySpan<float>(sines + (long)position * entries + half, half);
            var i = 0;
            for (; i + Vector<float>.Count <= half; i += Vector<float>.Count)
            {
                var (a, b) = (new Vector<float>(head[i..]), new Vector<float>(head[(half + i)..]));
                var (c, s) = (new Vector<float>(cos[i..]), new Vector<float>(sin[i..]));
                (a * c - b * s).CopyTo(head[i..]);
                (b * c + a * s).CopyTo(head[(half + i)..]);
            }
            for (; i < half; i++)
                (head[i], head[half + i]) = (head[i] * cos[i] - head[half + i] * sin[i], head[half + i] * cos[i] + head[i] * sin[i]);
        }
    }
}
