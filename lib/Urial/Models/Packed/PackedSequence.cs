using System.Runtime.InteropServices;

namespace Urial;

/// <summary>
/// The keys and values of one text, in blocks of 64 positions. A block that is full is never written again, so that texts with the same
/// beginning share its blocks.
/// </summary>
/// <param name="blockLength">Floats that a block takes: keys and values of every layer and head.</param>
internal sealed class PackedSequence(int blockLength)
{
    /// <summary>Positions of a block.</summary>
    public const int BlockSize = PanelKernel.Width;

    private readonly List<float[]> _blocks = []; // pinned

    /// <summary>Positions held.</summary>
    public int Length { get; private set; }

    /// <summary>A sequence that goes on where the first positions of another end.</summary>
    /// <param name="other">It may go on for itself.</param>
    /// <param name="length">How many of its positions.</param>
    public static PackedSequence Begin(PackedSequence other, int length)
    {
        var begun = new PackedSequence(other.BlockLength) { Length = length };
        begun._blocks.AddRange(other._blocks.Take(length / BlockSize));
        if (length % BlockSize > 0)
        {
            var partial = GC.AllocateUninitializedArray<float>(other.BlockLength, pinned: true);
            other._blocks[length / BlockSize].CopyTo(partial, 0);
            begun._blocks.Add(partial);
        }
        return begun;
    }

    private int BlockLength => blockLength;

    /// <summary>Where a block stands in memory; it stays there.</summary>
    public unsafe float* Block(int index) => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_blocks[index], 0);

    /// <summary>Makes room for positions to come.</summary>
    public void Reserve(int more)
    {
        while (_blocks.Count * BlockSize < Length + more)
            _blocks.Add(GC.AllocateArray<float>(blockLength, pinned: true));
    }

    /// <summary>Counts positions as held, once every layer has written them.</summary>
    public void Advance(int positions) => Length += positions;
}
